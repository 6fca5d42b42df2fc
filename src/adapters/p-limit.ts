import pLimit from 'p-limit';
import { defineContract, POOL, type Adapter } from '../oracle/index.ts';

/** Any version of p-limit: what makes a limit. */
export type MakeLimit = typeof pLimit;

/**
 * p-limit: one line of tasks, first come, first served.
 *
 * - "Run multiple promise-returning & async functions with limited concurrency"; "Minimum: 1": `capacity`.
 * - `activeCount`, `pendingCount`: "The number of promises that are currently running"; "that are waiting to run".
 * - `clearQueue()`: "Discard pending promises that are waiting to run"; by default their promises never settle.
 * - `concurrency`: "Get or set the concurrency limit"; what is freed by it is used at once.
 */
export function pLimitAdapter(name: string, makeLimit: MakeLimit): Adapter {
  return {
    name,
    contract: defineContract({
      promises: [...POOL, 'callback-safe', 'clear'],
      liveConcurrency: [1, 2, 3],
      clearedCaller: 'left',
    }),
    make({ setup }) {
      const limit = makeLimit(setup.concurrency);
      return {
        enqueue: (_lane, body) => limit(() => body({})),
        counts: () => ({ queued: limit.pendingCount, active: limit.activeCount }),
        configure: (_lane, concurrency) => void (limit.concurrency = concurrency),
        clear: () => limit.clearQueue(),
      };
    },
  };
}

const adapter: Adapter = pLimitAdapter('p-limit', pLimit);
export default adapter;
