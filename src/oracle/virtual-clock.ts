/** Time as the subject gets it: the same shape as the clock that queues with an injectable clock take. */
export interface SubjectClock {
  now(): number;
  setTimer(callback: () => void, delayMs: number, keepsProcessAlive?: boolean): unknown;
  clearTimer(handle: unknown): void;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Time that moves only when it is told to. Timers fire in order of their time, then in order of being set. */
export class VirtualClock implements SubjectClock {
  #now = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    if (Number.isNaN(delayMs)) throw new RangeError('delayMs: received NaN; pass a number of milliseconds.');
    const timer = { at: this.#now + Math.max(0, delayMs), callback };
    this.#timers.add(timer);
    return timer;
  }

  clearTimer(handle: unknown): void {
    this.#timers.delete(handle as Timer);
  }

  get armed(): number {
    return this.#timers.size;
  }

  /** When the next timer fires; Infinity if none is armed. */
  get nextAt(): number {
    return this.#first()?.at ?? Infinity;
  }

  /** Moves to a time that is not before now, and fires nothing. */
  moveTo(at: number): void {
    if (at < this.#now) throw new RangeError(`at: received ${at}; pass a time that is not before ${this.#now}.`);
    this.#now = at;
  }

  /** Fires the first timer that is due, alone; false if none is. */
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
