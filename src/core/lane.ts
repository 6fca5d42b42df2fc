import { Alarm } from './agenda.ts';
import { Backlog } from './backlog.ts';
import type { Hold } from './hold.ts';

/** A named line with slots. Facts about itself only: what to do about them is the queue's. */
export class Lane {
  readonly name: string;
  concurrency: number;
  /** A lane that somebody configured is remembered while it is idle; any other is forgotten. Rule: `hygiene`. */
  configured = false;
  readonly backlog: Backlog = new Backlog();
  readonly holds: Set<Hold> = new Set<Hold>();
  /** Whether the lane was seen to wait when it was last looked at. */
  waiting = false;
  /** When the lane began to wait, or something last started or left in it, whichever is later. */
  movedAt = 0;
  /** When a report that the lane is blocked was last due in this wait, whether or not it was let through. */
  reportedAt: number | undefined = undefined;
  /** That report was held back: it is given as soon as there is room for it. */
  reportRefused: boolean = false;
  /** True while the lane's dispatch loop is on the stack: what happens meanwhile is left to that loop. */
  dispatching = false;
  /** Rings when the hold that has been silent longest may have stalled. */
  readonly stallAlarm: Alarm<Lane> = new Alarm<Lane>(this);
  /** Rings when the lane may have to be reported as blocked. */
  readonly blockedAlarm: Alarm<Lane> = new Alarm<Lane>(this);

  constructor(name: string, concurrency: number) {
    this.name = name;
    this.concurrency = concurrency;
  }

  /** Rule: `capacity`, `work-conserving`. */
  get mayStart(): boolean {
    return this.backlog.size > 0 && this.holds.size < this.concurrency;
  }

  /** Somebody stands behind the holds: the condition under which a stalled hold is in the way. */
  get waits(): boolean {
    return this.backlog.size > 0 && this.concurrency > 0 && this.holds.size >= this.concurrency;
  }

  get idle(): boolean {
    return this.backlog.size === 0 && this.holds.size === 0;
  }

  /** The oldest last sign of life among the holds; Infinity without any. */
  get longestSilentSince(): number {
    let since = Infinity;
    for (const hold of this.holds) since = Math.min(since, hold.lastSignAt);
    return since;
  }
}
