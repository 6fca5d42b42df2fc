import type { TakenBackError } from './errors.ts';
import type { Lane } from './lane.ts';
import type { Task } from './task.ts';

/**
 * Where a hold is in its life:
 *
 *     active ──settle──▶ settled
 *        └──take back──▶ detached ──settle, late──▶ over
 */
export type HoldState = 'active' | 'settled' | 'detached' | 'over';

/**
 * One task in one slot. Whatever must be known later ("is this settlement late?", "whose slot was it?") is written here
 * and looked up, never worked out from counters.
 */
export class Hold {
  /** Grows over the whole queue and is never given twice: a fencing token. */
  readonly number: number;
  readonly task: Task;
  readonly lane: Lane;
  readonly startedAt: number;
  state: HoldState = 'active';
  /** The last sign of life: the start, a report of the body, or a change of the progress source. Rule: `progress`. */
  lastSignAt: number;
  /** What the progress source said when it was last read. */
  sourceValue: number | undefined = undefined;
  /** Why the hold was taken back; the reason of the body's signal. */
  takenBack: TakenBackError | undefined = undefined;
  /** Made when the body first asks for it; most bodies never do. */
  signal: AbortSignal | undefined = undefined;
  /** Aborts the signal; there is none where the signal was first asked for after the slot was taken back. */
  controller: AbortController | undefined = undefined;

  constructor(number: number, task: Task, lane: Lane, startedAt: number) {
    this.number = number;
    this.task = task;
    this.lane = lane;
    this.startedAt = startedAt;
    this.lastSignAt = startedAt;
  }
}
