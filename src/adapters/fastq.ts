import fastq from 'fastq';
import {
  defineContract,
  POOL,
  type Adapter,
  type ContractInput,
  type OracleBody,
  type Subject,
} from '../oracle/index.ts';

/** Any version of fastq: what makes a queue. */
export type Fastq = typeof fastq;

/**
 * What fastq promises, with callbacks and with promises.
 *
 * - "`concurrency`, number of concurrent tasks that could be executed in parallel"; it "can be altered at runtime".
 * - `push()`: "Add a task at the end of the queue."
 * - `pause()`: "Pause the processing of tasks. Currently worked tasks are not stopped."
 * - `length()`: "the number of tasks waiting to be processed". `running()` is its complement.
 * - `error(handler)`: it is told "if the task has thrown an error", so that a task may: `callback-safe`.
 * - `abort()`: "Removes all tasks waiting to be processed, calls each task's callback with an abort error (rejects promises
 *   for promise-based queues), and resets `drain` to an empty function": whoever waits then is forgotten.
 */
export const fastqPromises: ContractInput = {
  promises: [...POOL, 'callback-safe', 'clear', 'pause'],
  liveConcurrency: [1, 2, 3],
  callsInside: { body: ['enqueue', 'pause'], caller: ['enqueue'] },
  clearedWaiters: 'unsaid',
};

/** fastq with callbacks. `terms`: where another version differs by its documentation. */
export function fastqAdapter(name: string, makeQueue: Fastq, terms: Partial<ContractInput> = {}): Adapter {
  return {
    name,
    contract: defineContract({ ...fastqPromises, ...terms }),
    make({ setup }) {
      const queue = makeQueue(worker, setup.concurrency);
      return {
        ...fastqControls(queue),
        enqueue: (_lane, body) =>
          new Promise((resolve, reject) => {
            queue.push(body, (error, value) => (error === null ? resolve(value) : reject(error)));
          }),
      };
    },
  };
}

function worker(body: OracleBody, done: fastq.done): void {
  body({}).then((value) => done(null, value), done);
}

/** What both kinds of queue have. Before 1.20 there was no `abort()`, and `kill()` told nobody. */
export function fastqControls(queue: fastq.queue): Omit<Subject, 'enqueue'> {
  return {
    counts: () => ({ queued: queue.length(), active: queue.running() }),
    configure: (_lane, concurrency) => void (queue.concurrency = concurrency),
    pause: () => queue.pause(),
    resume: () => queue.resume(),
    clear: () => (typeof queue.abort === 'function' ? queue.abort() : queue.kill()),
    ending: (error) => (error instanceof Error && error.message === 'abort' ? { kind: 'cleared' } : undefined),
  };
}

const adapter: Adapter = fastqAdapter('fastq', fastq);
export default adapter;
