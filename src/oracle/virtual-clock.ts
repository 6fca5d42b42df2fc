/** Time as the subject gets it: the same shape as the clock that queues with an injectable clock take. */
export interface SubjectClock {
  now(): number;
  setTimer(callback: () => void, delayMs: number, keepsProcessAlive?: boolean): unknown;
  clearTimer(handle: unknown): void;
}

/** Time as the driver moves it. */
export interface DriverClock extends SubjectClock {
  /** Sets the time of day, and nothing else. */
  setWall(byMs: number): void;
  /** How many timers are armed. */
  readonly armed: number;
  /** A process that has nothing else to do would wait for one of the timers. */
  readonly keepsProcessAlive: boolean;
  /** When the next timer fires; Infinity if none is armed. */
  readonly nextAt: number;
  /** Moves to a time that is not before now, and fires nothing. */
  moveTo(at: number): void;
  /** Fires the first timer that is due, alone; false if none is. */
  fireOne(): boolean;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
  readonly keepsProcessAlive: boolean;
}

/** 2020-01-01, for no reason. */
export const WALL_START_MS = 1_577_836_800_000;

/** Time that moves only when it is told to. Timers fire in order of their time, then in order of being set. */
export class VirtualClock implements DriverClock {
  #now = 0;
  /** How far the wall clock has been set away from where it would be. */
  #wallOffsetMs = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  /** The time of day, in milliseconds since 1970: it runs with the clock, and can be set. No promise depends on it. */
  wallNow(): number {
    return WALL_START_MS + this.#now + this.#wallOffsetMs;
  }

  setWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  setTimer(callback: () => void, delayMs: number, keepsProcessAlive = true): Timer {
    if (Number.isNaN(delayMs)) throw new RangeError('delayMs: received NaN; pass a number of milliseconds.');
    const timer = { at: this.#now + Math.max(0, delayMs), callback, keepsProcessAlive };
    this.#timers.add(timer);
    return timer;
  }

  clearTimer(handle: unknown): void {
    this.#timers.delete(handle as Timer);
  }

  get armed(): number {
    return this.#timers.size;
  }

  get keepsProcessAlive(): boolean {
    for (const timer of this.#timers) if (timer.keepsProcessAlive) return true;
    return false;
  }

  get nextAt(): number {
    return this.#first()?.at ?? Infinity;
  }

  moveTo(at: number): void {
    if (at < this.#now) throw new RangeError(`at: received ${at}; pass a time that is not before ${this.#now}.`);
    this.#now = at;
  }

  fireOne(): boolean {
    const timer = this.#first();
    if (timer === undefined || timer.at > this.#now) return false;
    this.#timers.delete(timer);
    timer.callback();
    return true;
  }

  #first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (first === undefined || timer.at < first.at) first = timer;
    return first;
  }
}
