import { laneOf, type Contract, type State } from '../model/index.ts';
import type { Command } from './command.ts';
import { resolve } from './resolve.ts';

/** What a queue must be like now, as far as the commands that were carried out say. */
export interface QueueModel {
  /** Whether a command would do anything now: to complete what does not run, say, means nothing. */
  means(command: Command): boolean;
  /**
   * The tasks of a lane, by the names under which counterexamples speak of them: a, b, …, as they were enqueued. Those that
   * wait, in order of arrival, and those that hold a slot, in order of start. Default: the contract's first lane.
   *
   * @throws RangeError if the contract names no such lane.
   */
  tasks(lane?: string): { readonly queued: readonly string[]; readonly active: readonly string[] };
}

/** The model in words that its states are not needed for. */
export function queueModel(contract: Contract, state: () => State): QueueModel {
  return {
    means: (command) => resolve(contract, state(), command, UNNAMED) !== undefined,
    tasks(lane = contract.lanes[0]!) {
      const found = laneOf(state(), lane);
      if (found === undefined) {
        throw new RangeError(`lane: received ${JSON.stringify(lane)}; pass one of ${contract.lanes.join(', ')}.`);
      }
      return { queued: found.backlog.map(({ id }) => id), active: found.holds.map(({ id }) => id) };
    },
  };
}

/** Nobody asks what it is called. */
const UNNAMED = { task: (): string => '', waiter: (): string => '' };
