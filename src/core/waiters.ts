import { Agenda, Alarm } from './agenda.ts';
import type { Clock } from './clock.ts';
import type { Hold } from './hold.ts';
import { SharedSignals } from './shared-signals.ts';

/** How a wait for the active holds of one moment ended. */
export interface WaitResult {
  /** `"left"`: every captured hold has left. Else the wait was given up before. */
  readonly outcome: 'left' | 'timeout' | 'aborted';
  /** How many of the captured holds left by being taken back. */
  readonly takenBack: number;
  /** How many of the captured holds have not left. */
  readonly remaining: number;
}

/** How a wait for rest ended. */
export interface IdleResult {
  /** `"idle"`: nothing was queued and nothing was held. Else the wait was given up before. */
  readonly outcome: 'idle' | 'timeout' | 'aborted';
}

/** How long, and by which signal, a wait may be given up. */
export interface Patience {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

export type End = 'met' | 'timeout' | 'aborted';

/** Somebody who waits. */
export class Wait {
  readonly alarm: Alarm<Wait> = new Alarm<Wait>(this);
  readonly signal: AbortSignal | undefined;
  readonly answer: (end: End) => void;

  constructor(signal: AbortSignal | undefined, answer: (end: End) => void) {
    this.signal = signal;
    this.answer = answer;
  }
}

/** A wait for captured holds. Each of them knows who waits for it. */
export class HoldsWait extends Wait {
  readonly holds: Set<Hold>;
  takenBack = 0;

  constructor(holds: Set<Hold>, signal: AbortSignal | undefined, answer: (end: End) => void) {
    super(signal, answer);
    this.holds = holds;
  }
}

/** Those who wait for captured holds to leave, in whatever way they leave, or for rest. Rule: `waiters`. */
export class Waiters {
  readonly #clock: Clock;
  readonly #timeouts: Agenda<Wait>;
  readonly #signals = new SharedSignals<Wait>((waits) => {
    for (const wait of waits) wait.answer('aborted');
  });

  /** `ring` is called when a wait may have timed out; it calls `expire`. */
  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#timeouts = new Agenda<Wait>(clock, true, ring);
  }

  /** Waits until every one of `holds` has left. */
  waitToLeave(holds: Set<Hold>, patience: Patience): Promise<WaitResult> {
    return new Promise((resolve) => {
      const answer = (end: End): void => {
        for (const hold of holds) hold.waits!.delete(wait);
        this.#forget(wait);
        resolve({ outcome: end === 'met' ? 'left' : end, takenBack: wait.takenBack, remaining: holds.size });
      };
      const wait = new HoldsWait(holds, patience.signal, answer);
      for (const hold of holds) (hold.waits ??= new Set()).add(wait);
      this.#begin(wait, patience, holds.size === 0);
    });
  }

  /** Waits, beside others, for `rests` of them all. What is answered, `report` says when it is. */
  waitForRest<Result>(
    others: Set<Wait>,
    restsNow: boolean,
    patience: Patience,
    report: (end: End) => Result,
  ): Promise<Result> {
    return new Promise((resolve) => {
      const wait: Wait = new Wait(patience.signal, (end) => {
        others.delete(wait);
        this.#forget(wait);
        resolve(report(end));
      });
      others.add(wait);
      this.#begin(wait, patience, restsNow);
    });
  }

  /** A hold has left its slot: those who waited for it count it, and the last one wakes them. */
  left(hold: Hold): void {
    if (hold.waits === undefined) return;
    const { waits } = hold;
    hold.waits = undefined;
    for (const wait of waits) {
      wait.holds.delete(hold);
      if (hold.takenBack !== undefined) wait.takenBack += 1;
      if (wait.holds.size === 0) wait.answer('met');
    }
  }

  /** What these have waited for rests. */
  rests(waits: Set<Wait>): void {
    for (const wait of waits) wait.answer('met');
  }

  /** Answers those whose time is up. */
  expire(now: number): void {
    for (const wait of this.#timeouts.takeAllDue(now)) wait.answer('timeout');
    this.#timeouts.rearm();
  }

  /** The answer may be known at once. Nothing to wait for is one even to someone who would not wait. */
  #begin(wait: Wait, { timeoutMs, signal }: Patience, isMet: boolean): void {
    const known = isMet ? 'met' : signal?.aborted === true ? 'aborted' : timeoutMs === 0 ? 'timeout' : undefined;
    if (known !== undefined) return wait.answer(known);
    this.#timeouts.set(wait.alarm, this.#clock.now() + timeoutMs);
    if (signal !== undefined) this.#signals.join(signal, wait);
  }

  #forget(wait: Wait): void {
    this.#timeouts.cancel(wait.alarm);
    this.#signals.leave(wait.signal, wait);
  }
}
