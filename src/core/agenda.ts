import type { Clock } from './clock.ts';

/** Something that is due at one time, or not at all. */
export class Alarm<Owner> {
  readonly owner: Owner;
  at: number = Infinity;
  /** Where the alarm stands in its agenda's heap; -1 when it is off. */
  position = -1;

  constructor(owner: Owner) {
    this.owner = owner;
  }
}

/**
 * Any number of alarms behind a single timer of the clock.
 *
 * A binary heap whose entries know their place, so that an alarm can be moved or taken out without a trace: a lane that
 * is forgotten leaves nothing behind (rule: `hygiene`). The clock's timer may be set for a moment that has lost its
 * alarm; it then rings for nothing and is set anew.
 */
export class Agenda<Owner> {
  readonly #clock: Clock;
  readonly #keepsProcessAlive: boolean;
  readonly #ring: () => void;
  readonly #heap: Alarm<Owner>[] = [];
  #timer: unknown;
  #timerAt = Infinity;

  /** `ring` is called when alarms may be due; it takes them with `takeAllDue` and then calls `rearm`. */
  constructor(clock: Clock, keepsProcessAlive: boolean, ring: () => void) {
    this.#clock = clock;
    this.#keepsProcessAlive = keepsProcessAlive;
    this.#ring = () => {
      this.#timer = undefined;
      this.#timerAt = Infinity;
      ring();
    };
  }

  /** Sets the alarm, or moves it. Infinity turns it off. */
  set(alarm: Alarm<Owner>, at: number): void {
    if (at === Infinity) return this.cancel(alarm);
    if (alarm.position === -1) {
      alarm.position = this.#heap.length;
      this.#heap.push(alarm);
    }
    alarm.at = at;
    this.#rise(alarm);
    this.#sink(alarm);
    this.rearm();
  }

  cancel(alarm: Alarm<Owner>): void {
    if (alarm.position === -1) return;
    this.#remove(alarm);
    this.rearm();
  }

  /** Turns off every alarm that is due by `now`, and returns whose they were, the earliest first. */
  takeAllDue(now: number): Owner[] {
    const owners: Owner[] = [];
    for (let first = this.#heap[0]; first !== undefined && first.at <= now; first = this.#heap[0]) {
      this.#remove(first);
      owners.push(first.owner);
    }
    return owners;
  }

  /** Makes the clock's timer fit the earliest alarm; without alarms there is no timer. */
  rearm(): void {
    const first = this.#heap[0];
    if (first === undefined) {
      this.#disarm();
    } else if (first.at < this.#timerAt) {
      this.#disarm();
      this.#timerAt = first.at;
      const delayMs = Math.max(0, first.at - this.#clock.now());
      this.#timer = this.#clock.setTimer(this.#ring, delayMs, this.#keepsProcessAlive);
    }
  }

  #disarm(): void {
    if (this.#timerAt === Infinity) return;
    this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
    this.#timerAt = Infinity;
  }

  #remove(alarm: Alarm<Owner>): void {
    const last = this.#heap.pop()!;
    if (last !== alarm) {
      this.#place(last, alarm.position);
      this.#rise(last);
      this.#sink(last);
    }
    alarm.position = -1;
    alarm.at = Infinity;
  }

  #place(alarm: Alarm<Owner>, position: number): void {
    this.#heap[position] = alarm;
    alarm.position = position;
  }

  #rise(alarm: Alarm<Owner>): void {
    let position = alarm.position;
    while (position > 0) {
      const above = (position - 1) >> 1;
      const parent = this.#heap[above]!;
      if (parent.at <= alarm.at) break;
      this.#place(parent, position);
      position = above;
    }
    this.#place(alarm, position);
  }

  #sink(alarm: Alarm<Owner>): void {
    let position = alarm.position;
    for (;;) {
      let below = 2 * position + 1;
      if (below >= this.#heap.length) break;
      if (below + 1 < this.#heap.length && this.#heap[below + 1]!.at < this.#heap[below]!.at) below += 1;
      const child = this.#heap[below]!;
      if (child.at >= alarm.at) break;
      this.#place(child, position);
      position = below;
    }
    this.#place(alarm, position);
  }
}
