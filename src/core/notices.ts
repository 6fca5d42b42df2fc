import { Agenda, Alarm } from './agenda.ts';
import type { Clock } from './clock.ts';
import type { OnFault } from './progress.ts';
import { shield } from './shield.ts';
import type { Task } from './task.ts';

/** Rings when a caller wants to know that he still waits. */
export class Notice extends Alarm<Task> {
  /** Who comes first at one instant is not left to the heap. */
  readonly number: number;

  constructor(task: Task, number: number) {
    super(task);
    this.number = number;
  }
}

/** Tells callers that their task still waits: those who asked for it, once each. */
export class Notices {
  readonly #agenda: Agenda<Task>;
  readonly #onFault: OnFault;
  #last = 0;

  /** `ring` is called when somebody may have to be told; it calls `tellDue`. */
  constructor(clock: Clock, onFault: OnFault, ring: () => void) {
    this.#agenda = new Agenda(clock, false, ring);
    this.#onFault = onFault;
  }

  /** The task waits. */
  begin(task: Task): void {
    if (task.options.onWait === undefined) return;
    task.notice = new Notice(task, (this.#last += 1));
    this.#agenda.set(task.notice, task.enqueuedAt + task.options.onWaitAfterMs);
  }

  /** The task no longer waits. */
  end(task: Task): void {
    if (task.notice !== undefined) this.#agenda.cancel(task.notice);
  }

  /** Each callback runs in the async context of its own enqueue, as the body will. */
  tellDue(now: number): void {
    const due = this.#agenda.takeAllDue(now);
    for (const task of due.toSorted((a, b) => a.notice!.number - b.notice!.number)) {
      const { lane, options, enqueuedAt } = task;
      // A callback before this one may have changed that.
      if (task.state !== 'queued') continue;
      const notice = {
        lane: lane.name,
        waitedMs: now - enqueuedAt,
        queued: lane.backlog.size,
        active: lane.holds.size,
      };
      task.runInAsyncScope(() => shield(options.onWait!, notice, (error) => this.#onFault(lane, 'onWait', error)));
    }
    this.#agenda.rearm();
  }
}
