import { Agenda, Alarm } from './agenda.ts';
import type { Clock } from './clock.ts';
import { Hold } from './hold.ts';
import { Lane } from './lane.ts';
import { readProgressSource, silentHolds, type OnFault } from './progress.ts';

export interface JudgeOptions {
  readonly stallCeilingMs: number;
  readonly lateMs: number;
  readonly graceMs: number;
}

/** Whom the clock has called up. */
export interface Due {
  readonly now: number;
  readonly holds: readonly Hold[];
  readonly lanes: readonly Lane[];
  /** The first of them was due so long ago that the loop must have been blocked, or the machine asleep. */
  readonly isLate: boolean;
}

/**
 * Says which holds have run out of time. It is asked in callbacks of the clock and nowhere else, and does nothing about
 * its answers. Rules: `no-permanent-saturation`, `timeout`, `clock`.
 */
export class Judge {
  readonly #options: JudgeOptions;
  readonly #isWatched: (lane: Lane) => boolean;
  readonly #onFault: OnFault;
  /** Of lanes with somebody behind their holds, and of holds with a time of their own: one timer, so one lateness. */
  readonly #agenda: Agenda<Lane | Hold>;

  /**
   * `isWatched` says whether somebody stands behind the holds of a lane. `ring` is called when somebody may have run out of
   * time; it calls `takeDue`, and in the end `rearm`.
   */
  constructor(
    clock: Clock,
    options: JudgeOptions,
    isWatched: (lane: Lane) => boolean,
    onFault: OnFault,
    ring: () => void,
  ) {
    this.#options = options;
    this.#isWatched = isWatched;
    this.#onFault = onFault;
    this.#agenda = new Agenda(clock, true, ring);
  }

  /** From now on, somebody stands behind the holds of the lane. */
  watch(lane: Lane): void {
    let at = Infinity;
    for (const hold of lane.holds.all()) at = Math.min(at, hold.outOfTimeAt(this.#options.stallCeilingMs));
    this.#agenda.set(lane.stallAlarm, at);
  }

  unwatch(lane: Lane): void {
    this.#agenda.cancel(lane.stallAlarm);
  }

  /** From now on, the hold's own time counts, if it has one. */
  time(hold: Hold): void {
    const { timeoutMs } = hold.task.options;
    if (timeoutMs === Infinity) return;
    hold.timeoutAlarm ??= new Alarm<Hold>(hold);
    this.#agenda.set(hold.timeoutAlarm, hold.outOfTimeAt(timeoutMs));
  }

  untime({ timeoutAlarm }: Hold): void {
    if (timeoutAlarm !== undefined) this.#agenda.cancel(timeoutAlarm);
  }

  /** Takes those who are due, and asks their sources of progress, which may call the queue. */
  takeDue(now: number): Due {
    const due = this.#agenda.takeAllDue(now);
    // Who comes first at one instant is not left to the heap.
    const holds = due.filter((one) => one instanceof Hold).toSorted((a, b) => a.number - b.number);
    const lanes = due.filter((one) => one instanceof Lane);
    for (const hold of holds) readProgressSource(hold, now, this.#onFault);
    for (const lane of lanes) {
      for (const hold of silentHolds(lane, now, this.#options.stallCeilingMs)) {
        readProgressSource(hold, now, this.#onFault);
      }
    }
    let since = now;
    for (const hold of holds) since = Math.min(since, this.#timedOutSince(hold));
    for (const lane of lanes) for (const hold of lane.holds.all()) since = Math.min(since, this.#stalledSince(hold));
    return { now, holds, lanes, isLate: now - since > this.#options.lateMs };
  }

  /** Those of the holds whose own time is up. The others are called up again. Rule: `timeout`. */
  outOfOwnTime({ now, isLate, holds }: Due): Hold[] {
    return holds.filter((hold) => {
      if (hold.state !== 'active' || hold.lane.isOff) return false;
      if (this.#timedOutSince(hold) <= now && !this.#giveGrace(hold, now, isLate)) return true;
      this.time(hold);
      return false;
    });
  }

  /** The holds of the lanes that have been silent for a ceiling, where somebody stands behind them now. */
  stalled({ now, isLate, lanes }: Due): Hold[] {
    const watched = lanes.filter((lane) => this.#isWatched(lane)).flatMap((lane) => lane.holds.all());
    return watched.filter((hold) => this.#stalledSince(hold) <= now && !this.#giveGrace(hold, now, isLate));
  }

  /** Makes the clock's timer fit, after all that was due has been dealt with. */
  rearm(lanes: readonly Lane[]): void {
    for (const lane of lanes) if (this.#isWatched(lane)) this.watch(lane);
    this.#agenda.rearm();
  }

  /** Since when the hold has been out of its own time and could be judged; Infinity if its lane is off. */
  #timedOutSince(hold: Hold): number {
    const { lane, task } = hold;
    return lane.isOff ? Infinity : Math.max(hold.outOfTimeAt(task.options.timeoutMs), lane.onSince);
  }

  /** Since when the hold has been silent for a ceiling in somebody's way; Infinity if nobody has stood behind it. */
  #stalledSince(hold: Hold): number {
    const { watchedSince = Infinity } = hold.lane;
    return Math.max(hold.outOfTimeAt(this.#options.stallCeilingMs), watchedSince);
  }

  /**
   * If the clock was late, the body may have had no chance to report: it is given one, once for each sign of life.
   * Rule: `clock`.
   */
  #giveGrace(hold: Hold, now: number, isLate: boolean): boolean {
    if (!isLate || hold.grace?.after === hold.lastSignAt) return false;
    hold.grace = { after: hold.lastSignAt, until: now + this.#options.graceMs };
    return true;
  }
}
