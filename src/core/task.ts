import type { Priority } from './options.ts';
import type { TaskContext } from './context.ts';

/** What the user wants done in a slot of a lane. */
export type Body<Result> = (context: TaskContext) => Result | PromiseLike<Result>;

/**
 * One call of `enqueue`. It links itself into the backlog, so that it can leave from any place in it at no cost.
 */
export class Task {
  readonly body: Body<unknown>;
  readonly priority: Priority;
  readonly progressSource: (() => number) | undefined;
  readonly rejectsWhenTakenBack: boolean;
  readonly enqueuedAt: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
  before: Task | undefined = undefined;
  behind: Task | undefined = undefined;

  constructor(
    body: Body<unknown>,
    priority: Priority,
    progressSource: (() => number) | undefined,
    rejectsWhenTakenBack: boolean,
    enqueuedAt: number,
    resolve: (value: unknown) => void,
    reject: (reason: unknown) => void,
  ) {
    this.body = body;
    this.priority = priority;
    this.progressSource = progressSource;
    this.rejectsWhenTakenBack = rejectsWhenTakenBack;
    this.enqueuedAt = enqueuedAt;
    this.resolve = resolve;
    this.reject = reject;
  }
}
