import { Agenda, Alarm } from './agenda.ts';
import type { Clock } from './clock.ts';
import type { Hold } from './hold.ts';

/** How a wait for the active holds of one moment ended. */
export interface WaitResult {
  /** `"left"`: every captured hold has left. Else the wait was given up before. */
  readonly outcome: 'left' | 'timeout' | 'aborted';
  /** How many of the captured holds left by being taken back. */
  readonly takenBack: number;
  /** How many of the captured holds have not left. */
  readonly remaining: number;
}

class Waiter {
  readonly holds: Set<Hold>;
  readonly answer: (outcome: WaitResult['outcome']) => void;
  readonly alarm: Alarm<Waiter> = new Alarm<Waiter>(this);
  takenBack = 0;

  constructor(holds: Set<Hold>, answer: (outcome: WaitResult['outcome']) => void) {
    this.holds = holds;
    this.answer = answer;
  }
}

/** Those who wait for captured holds to leave, in whatever way they leave. Rule: `waiters`. */
export class Waiters {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiter>();
  readonly #timeouts: Agenda<Waiter>;

  /** `ring` is called when a wait may have timed out; it calls `expire`. */
  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#timeouts = new Agenda<Waiter>(clock, true, ring);
  }

  /** Waits until every one of `holds` has left. */
  wait(holds: Set<Hold>, timeoutMs: number, signal: AbortSignal | undefined): Promise<WaitResult> {
    return new Promise((resolve) => {
      const aborted = (): void => waiter.answer('aborted');
      const waiter = new Waiter(holds, (outcome) => {
        this.#waiting.delete(waiter);
        this.#timeouts.cancel(waiter.alarm);
        signal?.removeEventListener('abort', aborted);
        resolve({ outcome, takenBack: waiter.takenBack, remaining: holds.size });
      });
      if (holds.size === 0) return waiter.answer('left');
      if (signal?.aborted === true) return waiter.answer('aborted');
      if (timeoutMs === 0) return waiter.answer('timeout');
      this.#waiting.add(waiter);
      this.#timeouts.set(waiter.alarm, this.#clock.now() + timeoutMs);
      signal?.addEventListener('abort', aborted, { once: true });
    });
  }

  /** A hold has left its slot: those who waited for it count it, and the last one wakes them. */
  left(hold: Hold): void {
    for (const waiter of this.#waiting) {
      if (!waiter.holds.delete(hold)) continue;
      if (hold.takenBack !== undefined) waiter.takenBack += 1;
      if (waiter.holds.size === 0) waiter.answer('left');
    }
  }

  /** Answers those whose time is up. */
  expire(now: number): void {
    for (const waiter of this.#timeouts.takeAllDue(now)) waiter.answer('timeout');
    this.#timeouts.rearm();
  }
}
