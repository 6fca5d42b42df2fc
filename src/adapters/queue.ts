import type { EventEmitter } from 'node:events';
import Queue from 'queue';
import { defineContract, POOL, type Adapter, type ContractInput } from '../oracle/index.ts';

interface Job {
  (next: () => void): void;
  readonly timeout: number | null;
  /** Told that its time is up. */
  readonly timedOut: () => void;
}

/** What the adapter needs of a queue, which was an EventEmitter before version 7. */
interface Jobs extends Partial<Pick<EventTarget, 'addEventListener'>>, Partial<Pick<EventEmitter, 'on'>> {
  readonly length: number;
  readonly pending: number;
  concurrency: number;
  autostart?: boolean;
  push(job: Job): unknown;
  splice(from: number, count: number): unknown;
  start(): unknown;
  stop(): void;
}

/** Any version of queue: the class. */
export type QueueClass = new (options: { concurrency: number; timeout: number; autostart: boolean }) => Jobs;

const EVERYBODYS_TIMEOUT_MS = 8_000;
const TIMED_OUT = new Error('the time of the job is up');

/**
 * queue: one line of jobs, which has the methods of an array.
 *
 * - `concurrency`: "Max number of jobs the queue should process concurrently". Nothing is said of when more start if it is
 *   raised: they do with the next job that comes or ends.
 * - `autostart`: "Ensures the queue is always running if jobs are available"; so it is switched off for a pause.
 * - `stop()`: "Stops the queue. can be resumed with `q.start()`."
 * - `timeout`: "Milliseconds to wait for a job to execute its callback"; jobs "can also override the queue's timeout on a
 *   per-job basis", and "opt-out of the timeout altogether". It runs on while the queue is stopped.
 * - `length`: "Jobs pending + jobs to process". `end`: "After all jobs have been processed".
 * - `splice()` takes jobs out that have not begun, as it does of an array, and tells nobody.
 * - A job that passes an error on ends the whole queue: here it tells its own caller, and the queue that it is over.
 */
export function queueAdapter(name: string, JobQueue: QueueClass, terms: Partial<ContractInput> = {}): Adapter {
  const contract = defineContract({
    promises: [...POOL, 'clear', 'pause', 'waiters', 'timeout', 'late-inert'],
    liveConcurrency: [1, 2, 3],
    timeoutsMs: [4_000],
    callsInside: { body: ['enqueue', 'pause'], caller: ['enqueue'] },
    clearedCaller: 'left',
    clearedWaiters: 'unsaid',
    pausedTimeouts: 'run',
    raisedConcurrency: 'starts-later',
    ...terms,
  });
  const timeout = contract.promises.includes('timeout') ? EVERYBODYS_TIMEOUT_MS : 0;
  return {
    name,
    time: 'globals',
    contract,
    make({ setup: { concurrency } }) {
      const queue = new JobQueue({ concurrency, timeout, autostart: true });
      // Before version 4.1 every push was to be followed by a start.
      const startsItself = queue.autostart === true;
      queue.autostart = true;
      const waiting: (() => void)[] = [];
      listen(queue, 'timeout', (job) => job.timedOut());
      listen(queue, 'end', () => waiting.splice(0).forEach((answer) => answer()));
      return {
        enqueue: (_lane, body, { timeoutMs = null }) =>
          new Promise((resolve, reject) => {
            const run = (next: () => void): void => {
              const tell = (caller: (how: unknown) => void) => (how: unknown) => {
                caller(how);
                next();
              };
              body({}).then(tell(resolve), tell(reject));
            };
            queue.push(Object.assign(run, { timeout: timeoutMs, timedOut: () => reject(TIMED_OUT) }));
            if (!startsItself && queue.autostart) queue.start();
          }),
        counts: () => ({ queued: queue.length - queue.pending, active: queue.pending }),
        configure: (_lane, slots) => void (queue.concurrency = slots),
        clear: () => void queue.splice(0, queue.length),
        pause: () => {
          queue.autostart = false;
          queue.stop();
        },
        resume: () => {
          if (queue.autostart) return;
          queue.autostart = true;
          queue.start();
        },
        whenIdle: async () => {
          if (queue.length > 0) await new Promise<void>((resolve) => waiting.push(resolve));
          return { outcome: 'idle' };
        },
        ending: (error) => (error === TIMED_OUT ? { kind: 'taken-back', reason: 'timeout' } : undefined),
      };
    },
  };
}

/** Calls back whenever this happens, with the job that it happens to; before version 7 that was to go on by itself. */
function listen(queue: Jobs, event: 'timeout' | 'end', callback: (job: Job) => void): void {
  queue.addEventListener?.(event, (told) => callback((told as Event & { detail: { job: Job } }).detail.job));
  queue.on?.(event, (next: (() => void) | undefined, job: Job) => {
    callback(job);
    next?.();
  });
}

const adapter: Adapter = queueAdapter('queue', Queue as unknown as QueueClass);
export default adapter;
