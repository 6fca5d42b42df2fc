import { AsyncResource } from 'node:async_hooks';
import type { TaskContext } from './context.ts';
import type { Hold } from './hold.ts';
import type { Lane } from './lane.ts';
import type { Linked } from './line.ts';
import type { Notice } from './notices.ts';
import type { TaskOptions } from './options.ts';

/** What the user wants done in a slot of a lane. */
export type Body<Result> = (context: TaskContext) => Result | PromiseLike<Result>;

/**
 * One call of `enqueue`. It links itself into the backlog, so that it can leave from any place in it at no cost; and it is
 * the async context of that call, so that its body runs in it whoever starts it.
 */
export class Task extends AsyncResource implements Linked<Task> {
  readonly body: Body<unknown>;
  readonly lane: Lane;
  readonly options: TaskOptions;
  readonly enqueuedAt: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
  before: Task | undefined = undefined;
  behind: Task | undefined = undefined;
  state: 'queued' | 'started' | 'dropped' = 'queued';
  /**
   * Set only where a signal may ask for it. A task that has waited long is old to the garbage collector, which keeps
   * whatever young the old point to: if each task pointed to its hold, half of the time of a long backlog would go there.
   */
  hold: Hold | undefined = undefined;
  /** Rings when its caller wants to know that it still waits. */
  notice: Notice | undefined = undefined;

  constructor(
    body: Body<unknown>,
    lane: Lane,
    options: TaskOptions,
    enqueuedAt: number,
    resolve: (value: unknown) => void,
    reject: (reason: unknown) => void,
  ) {
    super('LaneQueueTask');
    this.body = body;
    this.lane = lane;
    this.options = options;
    this.enqueuedAt = enqueuedAt;
    this.resolve = resolve;
    this.reject = reject;
  }
}
