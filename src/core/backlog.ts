import { Line } from './line.ts';
import { PRIORITIES } from './options.ts';
import type { Task } from './task.ts';

/** What waits in a lane: one line per priority class, so that adding and taking cost the same at any length. Rule: `order`. */
export class Backlog {
  /** By rank. */
  readonly #lines: readonly Line<Task>[] = PRIORITIES.map(() => new Line<Task>());
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(task: Task): void {
    this.#lines[task.options.rank]!.push(task);
    this.#size += 1;
  }

  /** When the task that has waited longest was enqueued; undefined without any. */
  get oldestSince(): number | undefined {
    let since: number | undefined;
    for (const line of this.#lines) {
      const first = line.first?.enqueuedAt;
      if (first !== undefined && !(first >= since!)) since = first;
    }
    return since;
  }

  /** Every task, in the order in which they would start. */
  all(): Task[] {
    return this.#lines.flatMap((line) => line.all());
  }

  /** Takes the task that is next in order. There must be one. */
  shift(): Task {
    const lines = this.#lines;
    let place = 0;
    while (lines[place]!.size === 0) place += 1;
    const task = lines[place]!.first!;
    this.remove(task);
    return task;
  }

  /** Takes out a task that is in this backlog. */
  remove(task: Task): void {
    this.#lines[task.options.rank]!.remove(task);
    this.#size -= 1;
  }
}
