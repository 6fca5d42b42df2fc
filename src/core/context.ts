import type { Clock } from './clock.ts';
import type { Hold } from './hold.ts';

/** What a body is given. Every property may be taken out by destructuring. */
export class TaskContext {
  readonly #hold: Hold;
  readonly #clock: Clock;

  constructor(hold: Hold, clock: Clock) {
    this.#hold = hold;
    this.#clock = clock;
  }

  /** The lane the body runs in. */
  get lane(): string {
    return this.#hold.lane.name;
  }

  /**
   * The number of the hold. It only grows over the whole queue, so a resource that remembers the highest number it has
   * seen can refuse a body whose slot was taken back and given to another: a fencing token.
   */
  get hold(): number {
    return this.#hold.number;
  }

  /**
   * Aborts when the slot is taken back, with a `TakenBackError` as its reason, or when the signal given to `enqueue` does,
   * with that signal's reason. Rules: `caller-outcome`, `abort`.
   */
  get signal(): AbortSignal {
    return this.#hold.signal;
  }

  /** Reports a sign of life, now: ceiling and timeout are counted from here again. Rule: `progress`. */
  get progress(): () => void {
    return () => {
      this.#hold.lastSignAt = this.#clock.now();
    };
  }
}
