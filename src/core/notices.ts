import { Agenda, Alarm } from './agenda.ts';
import type { Clock } from './clock.ts';
import type { OnFault } from './progress.ts';
import { shield } from './shield.ts';
import type { Task } from './task.ts';

/** Tells callers that their task still waits: those who asked for it, once each. */
export class Notices {
  readonly #agenda: Agenda<Task>;
  readonly #onFault: OnFault;

  /** `ring` is called when somebody may have to be told; it calls `tellDue`. */
  constructor(clock: Clock, onFault: OnFault, ring: () => void) {
    this.#agenda = new Agenda(clock, false, ring);
    this.#onFault = onFault;
  }

  /** The task waits. */
  begin(task: Task): void {
    if (task.options.onWait === undefined) return;
    task.notice = new Alarm<Task>(task);
    this.#agenda.set(task.notice, task.enqueuedAt + task.options.onWaitAfterMs);
  }

  /** The task no longer waits. */
  end(task: Task): void {
    if (task.notice !== undefined) this.#agenda.cancel(task.notice);
  }

  /** Each callback runs in the async context of its own enqueue, as the body will. */
  tellDue(now: number): void {
    for (const task of this.#agenda.takeAllDue(now)) {
      const { lane, options, enqueuedAt } = task;
      // A callback before this one may have changed that.
      if (task.place !== 'queued') continue;
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
