/**
 * Where the queue gets its time. Nothing else in it reads a clock or sets a timer, so a test that hands in a clock of
 * its own rules time completely. Rule: `clock`.
 */
export interface Clock {
  /** The present, in milliseconds of a monotonic clock. Only differences matter. */
  now(): number;
  /**
   * Calls back once, about `delayMs` from now, in a turn of its own (never inside this call, not even for 0).
   * It may call back early: whoever sets a timer looks at `now()` again when it fires.
   * A timer that does not keep the process alive must let an otherwise finished process exit.
   */
  setTimer(callback: () => void, delayMs: number, keepsProcessAlive: boolean): unknown;
  /** Takes a timer back. A handle whose timer has fired is ignored. */
  clearTimer(handle: unknown): void;
}

/** The longest delay that Node's timers take; a longer one would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The clock of the running process: `performance.now()` and `setTimeout`. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(callback, delayMs, keepsProcessAlive) {
    const timer = setTimeout(callback, Math.min(Math.ceil(delayMs), LONGEST_DELAY_MS));
    if (!keepsProcessAlive) timer.unref();
    return timer;
  },
  clearTimer(handle) {
    clearTimeout(handle as NodeJS.Timeout);
  },
};
