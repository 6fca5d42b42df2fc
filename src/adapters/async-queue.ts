import { queue, type QueueObject } from 'async';
import {
  defineContract,
  POOL,
  type Adapter,
  type ContractInput,
  type OracleBody,
  type Subject,
} from '../oracle/index.ts';

/** Any version of async: what makes a queue. */
export type MakeAsyncQueue = typeof queue;

/**
 * What async.queue and async.priorityQueue promise.
 *
 * - "Tasks added to the `queue` are processed in parallel (up to the `concurrency` limit). If all `worker`s are in progress,
 *   the task is queued until one becomes available."
 * - `concurrency`: it "can be changed after a `queue` is created to alter the concurrency on-the-fly". Nothing is said of
 *   when more start: they do with the next task that comes or ends.
 * - `pause()`: "pauses the processing of tasks until `resume()` is called".
 * - `length()`: "the number of items waiting to be processed"; `running()`: "currently being processed".
 * - `remove()`: "remove items from the queue that match a test function". It tells nobody.
 * - `drain()`: "called when the last item from the `queue` has returned from the `worker`": not when it was removed.
 */
export const asyncPromises: ContractInput = {
  promises: [...POOL, 'callback-safe', 'clear', 'pause', 'waiters'],
  liveConcurrency: [1, 2, 3],
  callsInside: { body: ['enqueue', 'pause'], caller: ['enqueue'] },
  clearedCaller: 'left',
  clearedWaiters: 'unsaid',
  raisedConcurrency: 'starts-later',
  thrownByBody: 'thrown-on',
};

/** async.queue. `terms`: where another version differs by its documentation. */
export function asyncQueueAdapter(
  name: string,
  makeQueue: MakeAsyncQueue,
  terms: Partial<ContractInput> = {},
): Adapter {
  return {
    name,
    contract: defineContract({ ...asyncPromises, ...terms }),
    make({ setup }) {
      const tasks = makeQueue(asyncWorker, setup.concurrency);
      return {
        ...asyncControls(tasks),
        enqueue: (_lane, body) => answered((callback) => tasks.push(body, callback)),
      };
    },
  };
}

type Callback = (error?: Error | null, value?: unknown) => void;

/** Both kinds of queue call it, with one task at a time. */
export function asyncWorker(body: OracleBody, callback: Callback): void {
  body({}).then((value) => callback(null, value), callback);
}

/** What a callback will be told. */
export function answered(push: (callback: Callback) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    push((error, value) => (error ? reject(error) : resolve(value)));
  });
}

/** What both kinds of queue have. */
export function asyncControls(tasks: Omit<QueueObject<OracleBody>, 'push' | 'unshift'>): Omit<Subject, 'enqueue'> {
  return {
    counts: () => ({ queued: tasks.length(), active: tasks.running() }),
    configure: (_lane, concurrency) => void (tasks.concurrency = concurrency),
    pause: () => tasks.pause(),
    resume: () => tasks.resume(),
    clear: () => tasks.remove(() => true),
    whenIdle: async () => {
      if (!tasks.idle()) await tasks.drain();
      return { outcome: 'idle' };
    },
  };
}

const adapter: Adapter = asyncQueueAdapter('async.queue', queue);
export default adapter;
