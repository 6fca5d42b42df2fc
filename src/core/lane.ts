import { Alarm } from './agenda.ts';
import { Backlog } from './backlog.ts';
import type { Hold } from './hold.ts';
import { Line } from './line.ts';
import type { Wait } from './waiters.ts';

/** A switch that stops what hangs on it. */
export interface Switch {
  paused: boolean;
}

/** A named line with slots. Facts about itself only: what to do about them is the queue's. */
export class Lane implements Switch {
  readonly name: string;
  concurrency: number;
  /** A lane that somebody configured is remembered while it is idle; any other is forgotten. Rule: `hygiene`. */
  configured = false;
  paused = false;
  /** The switch of the whole queue. */
  readonly #main: Readonly<Switch>;
  readonly backlog: Backlog = new Backlog();
  readonly holds: Line<Hold> = new Line<Hold>();
  /** Those who wait for it to rest; undefined where nobody ever did. */
  restWaits: Set<Wait> | undefined = undefined;
  /** Whether the lane was seen to wait when it was last looked at. */
  waiting = false;
  /** Since when somebody has stood behind its holds; undefined while nobody did when it was last looked at. */
  watchedSince: number | undefined = undefined;
  /** When it last came on, or went off. */
  onSince: number = -Infinity;
  /** When the lane began or ceased to wait, or something last started or left in it, whichever is latest. */
  movedAt = 0;
  /** When a report that the lane is blocked was last due in this wait, whether or not it was let through. */
  reportedAt: number | undefined = undefined;
  /** When such a report was last let through. */
  toldAt: number = -Infinity;
  /** That report was held back: it is given as soon as there is room for it. */
  reportRefused: boolean = false;
  /** Somebody further up the stack will dispatch: what may start until then is left to him. */
  gated = false;
  /** Rings when the hold that has been silent longest may have stalled. */
  readonly stallAlarm: Alarm<Lane> = new Alarm<Lane>(this);
  /** Rings when the lane may have to be reported as blocked. */
  readonly blockedAlarm: Alarm<Lane> = new Alarm<Lane>(this);

  constructor(name: string, concurrency: number, main: Readonly<Switch>) {
    this.name = name;
    this.concurrency = concurrency;
    this.#main = main;
  }

  /** It was paused, or the whole queue was. Rule: `pause`. */
  get isPaused(): boolean {
    return this.paused || this.#main.paused;
  }

  /** Nothing starts and nothing is judged. Rule: `pause`. */
  get isOff(): boolean {
    return this.concurrency === 0 || this.isPaused;
  }

  /** Rule: `capacity`, `work-conserving`. */
  get mayStart(): boolean {
    return this.backlog.size > 0 && this.holds.size < this.concurrency && !this.isPaused;
  }

  /** Somebody stands behind the holds: the condition under which a stalled hold is in the way. */
  get waits(): boolean {
    return this.backlog.size > 0 && this.holds.size >= this.concurrency && !this.isOff;
  }

  get idle(): boolean {
    return this.backlog.size === 0 && this.holds.size === 0;
  }
}
