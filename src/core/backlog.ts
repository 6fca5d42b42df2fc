import { PRIORITIES, type Priority } from './options.ts';
import type { Task } from './task.ts';

/** First in, first out, by links in the tasks themselves. */
class Line {
  #first: Task | undefined = undefined;
  #last: Task | undefined = undefined;

  get first(): Task | undefined {
    return this.#first;
  }

  push(task: Task): void {
    task.before = this.#last;
    if (this.#last === undefined) this.#first = task;
    else this.#last.behind = task;
    this.#last = task;
  }

  remove(task: Task): void {
    if (task.before === undefined) this.#first = task.behind;
    else task.before.behind = task.behind;
    if (task.behind === undefined) this.#last = task.before;
    else task.behind.before = task.before;
    task.before = undefined;
    task.behind = undefined;
  }
}

/** What waits in a lane: one line per priority class, so that adding and taking cost the same at any length. Rule: `order`. */
export class Backlog {
  readonly #lines: Record<Priority, Line> = { foreground: new Line(), normal: new Line(), background: new Line() };
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(task: Task): void {
    this.#lines[task.options.priority].push(task);
    this.#size += 1;
  }

  /** When the task that has waited longest was enqueued; undefined without any. */
  get oldestSince(): number | undefined {
    let since: number | undefined;
    for (const priority of PRIORITIES) {
      const first = this.#lines[priority].first?.enqueuedAt;
      if (first !== undefined && !(first >= since!)) since = first;
    }
    return since;
  }

  /** Every task, in the order in which they would start. */
  *[Symbol.iterator](): Generator<Task> {
    for (const priority of PRIORITIES) {
      for (let task = this.#lines[priority].first; task !== undefined; task = task.behind) yield task;
    }
  }

  /** Takes the task that is next in order. */
  shift(): Task | undefined {
    for (const priority of PRIORITIES) {
      const task = this.#lines[priority].first;
      if (task === undefined) continue;
      this.remove(task);
      return task;
    }
    return undefined;
  }

  /** Takes out a task that is in this backlog. */
  remove(task: Task): void {
    this.#lines[task.options.priority].remove(task);
    this.#size -= 1;
  }
}
