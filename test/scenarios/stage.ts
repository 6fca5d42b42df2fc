import { nextTurn } from '../../src/oracle/barrier.ts';
import { VirtualClock } from '../../src/oracle/virtual-clock.ts';

export const MINUTE_MS = 60_000;

/** Time that passes only when a story says so. */
export class StageClock extends VirtualClock {
  /** Timer by timer, and whatever each of them sets off has happened before the next one fires. */
  async pass(ms: number): Promise<void> {
    const end = this.now() + ms;
    await nextTurn();
    while (this.nextAt <= end) {
      this.moveTo(this.nextAt);
      this.fireOne();
      await nextTurn();
    }
    this.moveTo(end);
  }
}

/** As much of what a body is given as every queue has. */
interface Controls {
  readonly signal?: AbortSignal;
  readonly progress?: () => void;
}

/** One task and its caller, seen from outside. Its body hangs until the story ends it. */
export class Turn {
  /** When the body started; undefined while the task waits. */
  startedAt: number | undefined;
  /** What the caller got, be it a result or an error; undefined while he waits. */
  answer: unknown;
  #controls: Controls = {};
  #end: (result: string) => void = () => {};

  constructor(clock: VirtualClock, enqueue: (body: (controls: Controls) => Promise<string>) => Promise<unknown>) {
    const result = new Promise<string>((resolve) => {
      this.#end = resolve;
    });
    const caller = enqueue((controls) => {
      this.startedAt = clock.now();
      this.#controls = controls;
      return result;
    });
    const hear = (answer: unknown): void => {
      this.answer = answer;
    };
    caller.then(hear, hear);
  }

  get signal(): AbortSignal | undefined {
    return this.#controls.signal;
  }

  /** The body shows a sign of life. */
  report(): void {
    this.#controls.progress?.();
  }

  /** The body comes to its end, and everything that follows from it at once has happened. */
  async finish(): Promise<void> {
    this.#end('done');
    await nextTurn();
  }
}
