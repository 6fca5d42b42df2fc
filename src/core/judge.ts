import { Agenda, type Alarm } from './agenda.ts';
import type { Clock } from './clock.ts';
import { Hold } from './hold.ts';
import { Lane } from './lane.ts';
import { readProgressSource, silentHolds, type OnFault } from './progress.ts';

export interface JudgeOptions {
  readonly stallCeilingMs: number;
  readonly lateMs: number;
  readonly graceMs: number;
}

/** Whom the clock has called up, and whether it did so late. */
export interface Due {
  readonly now: number;
  readonly isLate: boolean;
  readonly holds: readonly Hold[];
  readonly lanes: readonly Lane[];
}

/**
 * Says which holds have run out of time. It is asked in callbacks of the clock and nowhere else, and does nothing about
 * its answers. Rules: `no-permanent-saturation`, `timeout`, `clock`.
 */
export class Judge {
  readonly #clock: Clock;
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
    this.#clock = clock;
    this.#options = options;
    this.#isWatched = isWatched;
    this.#onFault = onFault;
    this.#agenda = new Agenda(clock, true, ring);
  }

  /** From now on, somebody stands behind the holds of the lane. */
  watch(lane: Lane): void {
    let at = Infinity;
    for (const hold of lane.holds) at = Math.min(at, hold.outOfTimeAt(this.#options.stallCeilingMs));
    this.#set(lane.stallAlarm, at);
  }

  unwatch(lane: Lane): void {
    this.#agenda.cancel(lane.stallAlarm);
  }

  /** From now on, the hold's own time counts, if it has one. */
  time(hold: Hold): void {
    const { timeoutAlarm, task } = hold;
    if (timeoutAlarm !== undefined) this.#set(timeoutAlarm, hold.outOfTimeAt(task.options.timeoutMs));
  }

  untime({ timeoutAlarm }: Hold): void {
    if (timeoutAlarm !== undefined) this.#agenda.cancel(timeoutAlarm);
  }

  takeDue(now: number): Due {
    const isLate = now - this.#agenda.nextAt > this.#options.lateMs;
    const due = this.#agenda.takeAllDue(now);
    return {
      now,
      isLate,
      holds: due.filter((one) => one instanceof Hold),
      lanes: due.filter((one) => one instanceof Lane),
    };
  }

  /** Those of the holds whose own time is up. The others are called up again. Rule: `timeout`. */
  outOfOwnTime({ now, isLate, holds }: Due): Hold[] {
    const judged = holds.filter((hold) => hold.state === 'active' && !hold.lane.isOff);
    for (const hold of judged) readProgressSource(hold, now, this.#onFault);
    return judged.filter((hold) => {
      // A source may have called the queue.
      if (hold.state !== 'active') return false;
      if (this.#isOutOfTime(hold, hold.task.options.timeoutMs, now, isLate)) return true;
      this.time(hold);
      return false;
    });
  }

  /** The holds of the lanes that have been silent for a ceiling, where somebody stands behind them now. */
  stalled({ now, isLate, lanes }: Due): Hold[] {
    const { stallCeilingMs } = this.#options;
    const silent = (lane: Lane): Hold[] => (this.#isWatched(lane) ? silentHolds(lane, now, stallCeilingMs) : []);
    for (const lane of lanes) for (const hold of silent(lane)) readProgressSource(hold, now, this.#onFault);
    return lanes.flatMap(silent).filter((hold) => this.#isOutOfTime(hold, stallCeilingMs, now, isLate));
  }

  /** Makes the clock's timer fit, after all that was due has been dealt with. */
  rearm(lanes: readonly Lane[]): void {
    for (const lane of lanes) if (this.#isWatched(lane)) this.watch(lane);
    this.#agenda.rearm();
  }

  /**
   * If the clock was late, the body may have had no chance to report: it is given one, once for each sign of life.
   * Rule: `clock`.
   */
  #isOutOfTime(hold: Hold, limitMs: number, now: number, isLate: boolean): boolean {
    if (now < hold.outOfTimeAt(limitMs)) return false;
    if (!isLate || hold.graceFor === hold.lastSignAt) return true;
    hold.graceFor = hold.lastSignAt;
    hold.graceUntil = now + this.#options.graceMs;
    return false;
  }

  /** What has been due for long already is due now: only what is rung for later than this is rung for late. */
  #set(alarm: Alarm<Lane | Hold>, at: number): void {
    this.#agenda.set(alarm, Math.max(at, this.#clock.now()));
  }
}
