import PQueue from 'p-queue';
import { defineContract, POOL, type Adapter, type Priority } from '../oracle/index.ts';

/** Any version of p-queue: the class. */
export type PQueueClass = typeof PQueue;

const PRIORITY: Readonly<Record<Priority, number>> = { foreground: 1, normal: 0, background: -1 };

/**
 * p-queue: one line of tasks with priorities, timeouts, signals and a pause.
 *
 * - `concurrency`: "Concurrency limit. Minimum: 1"; it "can be changed" while in use.
 * - `priority`: "Operations with greater priority will be scheduled first."
 * - `timeout`: "Per-operation timeout in milliseconds. Operations will throw a TimeoutError if they don't complete within
 *   the specified time." It runs on while the queue is paused.
 * - `signal`: "AbortSignal for cancellation of the operation. When aborted, it will be removed from the queue and the
 *   queue.add() call will reject with an error. If the operation is already running, the signal will need to be handled by
 *   the operation itself."
 * - `clear()`: "Clear the queue." The promises of what was in it are left unsettled before version 10.
 * - `onIdle()`: "the queue becomes empty, and all promises have completed; queue.size === 0 && queue.pending === 0".
 */
export function pQueueAdapter(name: string, Queue: PQueueClass): Adapter {
  return {
    name,
    time: 'globals',
    contract: defineContract({
      promises: [...POOL, 'callback-safe', 'waiters', 'abort', 'clear', 'pause', 'timeout', 'late-inert'],
      priorities: ['normal', 'foreground', 'background'],
      liveConcurrency: [1, 2, 3],
      timeoutsMs: [4_000],
      callsInside: {
        body: ['enqueue', 'abort', 'pause', 'resume'],
        enqueued: ['enqueue'],
        started: ['enqueue'],
      },
      clearedCaller: 'left',
      abortWhileActive: 'frees-slot',
      pausedTimeouts: 'run',
    }),
    make({ setup, listen }) {
      const queue = new Queue({ concurrency: setup.concurrency });
      queue.on('add', () => listen('enqueued', 'main'));
      queue.on('active', () => listen('started', 'main'));
      return {
        enqueue: (_lane, body, { priority, timeoutMs, signal }) =>
          queue.add(() => body(signal === undefined ? {} : { signal }), {
            priority: PRIORITY[priority],
            ...(timeoutMs !== undefined && { timeout: timeoutMs, throwOnTimeout: true }),
            ...(signal !== undefined && { signal }),
          }),
        counts: () => ({ queued: queue.size, active: queue.pending }),
        configure: (_lane, concurrency) => void (queue.concurrency = concurrency),
        clear: () => queue.clear(),
        pause: () => queue.pause(),
        resume: () => void queue.start(),
        whenIdle: async () => {
          await queue.onIdle();
          return { outcome: 'idle' };
        },
        ending: (error) => (isTimeout(error) ? { kind: 'taken-back', reason: 'timeout' } : undefined),
      };
    },
  };
}

/** By its name: each version has a class of its own. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

const adapter: Adapter = pQueueAdapter('p-queue', PQueue);
export default adapter;
