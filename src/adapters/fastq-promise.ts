import fastq from 'fastq';
import { defineContract, type Adapter, type ContractInput, type OracleBody } from '../oracle/index.ts';
import { fastqControls, fastqPromises, type Fastq } from './fastq.ts';

/**
 * fastq with promises: what it promises with callbacks, and
 *
 * - `push()`: "The returned Promise will be fulfilled (rejected) when the task is completed successfully (unsuccessfully)",
 *   and it "could be ignored as it will not lead to a 'unhandledRejection'".
 * - `drained()`: its promise "will be resolved when all tasks in the queue have been processed by a worker".
 * - "No need for a try-catch block, fastq handles errors automatically": `callback-safe`.
 */
export function fastqPromiseAdapter(name: string, { promise }: Fastq, terms: Partial<ContractInput> = {}): Adapter {
  return {
    name,
    contract: defineContract({ ...fastqPromises, promises: [...fastqPromises.promises, 'waiters'], ...terms }),
    make({ setup }) {
      const queue = promise((body: OracleBody) => body({}), setup.concurrency);
      return {
        ...fastqControls(queue),
        enqueue: (_lane, body) => queue.push(body),
        whenIdle: async () => {
          await queue.drained();
          return { outcome: 'idle' };
        },
      };
    },
  };
}

const adapter: Adapter = fastqPromiseAdapter('fastq.promise', fastq);
export default adapter;
