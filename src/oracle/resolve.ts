import {
  deadlines,
  laneOf,
  PRIORITIES,
  type Contract,
  type Event,
  type Hold,
  type State,
  type TaskId,
  type WaiterId,
} from '../model/index.ts';
import type { Command, Which } from './command.ts';

/** What a command comes to in one state: an event, or a stretch of time, which is as many events as have deadlines in it. */
export type Resolved = Event | { readonly type: 'advance'; readonly to: number };

/** What a command means now; undefined if it means nothing. `fresh` names what it makes. */
export function resolve(
  contract: Contract,
  state: State,
  command: Command,
  fresh: { readonly task: () => TaskId; readonly waiter: () => WaiterId },
): Resolved | undefined {
  switch (command.do) {
    case 'enqueue': {
      const { lane, priority = contract.priorities[0] ?? PRIORITIES[1], source, detach = false } = command;
      return laneOf(state, lane) && { type: 'enqueue', task: fresh.task(), lane, priority, source, detach };
    }
    case 'hang':
      return onHold(state, command, (task) => ({ type: 'hang', task }), isFree);
    case 'progress':
      return onHold(state, command, (task) => ({ type: 'progress', task }));
    case 'complete':
      return onHold(state, command, (task) => ({ type: 'settle', task, how: 'fulfilled' }), isFree);
    case 'fail':
      return onHold(state, command, (task) => ({ type: 'settle', task, how: 'rejected' }), isFree);
    case 'settle late': {
      const task = pick(state.detached, command.body);
      return task && { type: 'settle', task: task.id, how: command.how };
    }
    case 'reset':
      return command.lane === undefined || laneOf(state, command.lane)
        ? { type: 'reset', lane: command.lane }
        : undefined;
    case 'configure':
      return laneOf(state, command.lane) && { type: 'configure', lane: command.lane, concurrency: command.concurrency };
    case 'wait': {
      const { lane, timeoutMs, signal = false } = command;
      return { type: 'wait', waiter: fresh.waiter(), lane, timeoutMs, signal };
    }
    case 'give up waiting': {
      const waiter = pick(
        state.waiters.filter(({ signal }) => signal),
        command.waiter,
      );
      return waiter && { type: 'give-up', waiter: waiter.id };
    }
    case 'advance':
      return advance(contract, state, command);
  }
}

function advance(contract: Contract, state: State, command: Command & { do: 'advance' }): Resolved | undefined {
  if ('byMs' in command) return { type: 'advance', to: state.now + command.byMs };
  const times = deadlines(contract, state);
  const next = Math.min(times.stall, times.waiter, times.warning);
  const at = { next: next === Infinity ? times.ceiling : next, ceiling: times.ceiling, warning: times.warning }[
    command.deadline
  ];
  if (at === Infinity) return undefined;
  const offset = { before: -1, at: 0, after: 1 }[command.to];
  return { type: 'advance', to: Math.max(state.now, at + offset) };
}

function onHold(
  state: State,
  command: { readonly lane: string; readonly hold: Which },
  event: (task: TaskId) => Event,
  among: (hold: Hold) => boolean = () => true,
): Event | undefined {
  const hold = pick((laneOf(state, command.lane)?.holds ?? []).filter(among), command.hold);
  return hold && event(hold.id);
}

/** A hung body settles late or not at all. */
function isFree({ hung }: Hold): boolean {
  return !hung;
}

function pick<Item>(items: readonly Item[], which: Which): Item | undefined {
  return which === 'oldest' ? items[0] : items.at(-1);
}
