import { priorityQueue } from 'async';
import { defineContract, type Adapter, type ContractInput, type Priority } from '../oracle/index.ts';
import { answered, asyncControls, asyncPromises, asyncWorker } from './async-queue.ts';

const PRIORITY: Readonly<Record<Priority, number>> = { foreground: -1, normal: 0, background: 1 };

/**
 * async.priorityQueue: "The same as `async.queue` only tasks are assigned a priority and completed in ascending priority
 * order."
 */
export function asyncPriorityQueueAdapter(
  name: string,
  makeQueue: typeof priorityQueue,
  terms: Partial<ContractInput> = {},
): Adapter {
  return {
    name,
    contract: defineContract({ ...asyncPromises, priorities: ['normal', 'foreground', 'background'], ...terms }),
    make({ setup }) {
      const tasks = makeQueue(asyncWorker, setup.concurrency);
      return {
        ...asyncControls(tasks),
        enqueue: (_lane, body, { priority }) => answered((callback) => tasks.push(body, PRIORITY[priority], callback)),
      };
    },
  };
}

const adapter: Adapter = asyncPriorityQueueAdapter('async.priorityQueue', priorityQueue);
export default adapter;
