import type { Alarm } from './agenda.ts';
import type { TakenBackError } from './errors.ts';
import type { Lane } from './lane.ts';
import type { Linked } from './line.ts';
import type { Task } from './task.ts';
import type { HoldsWait } from './waiters.ts';

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
export class Hold implements Linked<Hold> {
  /** Grows over the whole queue and is never given twice: a fencing token. */
  readonly number: number;
  readonly task: Task;
  readonly startedAt: number;
  state: HoldState = 'active';
  before: Hold | undefined = undefined;
  behind: Hold | undefined = undefined;
  /** The last sign of life: the start, a report of the body, or a change of the progress source. Rule: `progress`. */
  lastSignAt: number;
  /** What the progress source said when it was last read. */
  sourceValue: number | undefined = undefined;
  /** The sign of life after which it was given grace, and until when: once per sign. Rule: `clock`. */
  grace: { readonly after: number; readonly until: number } | undefined = undefined;
  /** Why the hold was taken back. */
  takenBack: TakenBackError | undefined = undefined;
  /** Those who wait for it to leave. */
  waits: Set<HoldsWait> | undefined = undefined;
  /** Rings when its own time may be up; undefined where it may take all the time in the world. */
  timeoutAlarm: Alarm<Hold> | undefined = undefined;
  /** Made when the body first asks for its signal: most never do, and it costs more than all else that a task needs. */
  #controller: AbortController | undefined = undefined;
  /** Why a body that has not asked for its signal yet must stop. */
  #stop: { readonly reason: unknown } | undefined = undefined;

  constructor(number: number, task: Task, startedAt: number) {
    this.number = number;
    this.task = task;
    this.startedAt = startedAt;
    this.lastSignAt = startedAt;
  }

  get lane(): Lane {
    return this.task.lane;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#stop !== undefined) this.#controller.abort(this.#stop.reason);
    }
    return this.#controller.signal;
  }

  /** Aborts the body's signal, whether or not the body has asked for it yet. The first reason stays. */
  abort(reason: unknown): void {
    if (this.#controller === undefined) this.#stop ??= { reason };
    else this.#controller.abort(reason);
  }

  /** When it will have been silent for so long, or its grace has passed, whichever is later. */
  outOfTimeAt(limitMs: number): number {
    return Math.max(this.lastSignAt + limitMs, this.grace?.until ?? -Infinity);
  }
}
