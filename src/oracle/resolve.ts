import {
  deadlines,
  laneOf,
  nextDeadline,
  PRIORITIES,
  type Call,
  type Contract,
  type Event,
  type Hold,
  type SignalId,
  type State,
  type TaskId,
} from '../model/index.ts';
import type { CallCommand, Command, Deadline, Which } from './command.ts';
import type { Fresh } from './names.ts';

/** What a command comes to in one state: an event, or a stretch of time, which is as many events as have deadlines in it. */
export type Resolved = Event | { readonly type: 'advance' | 'oversleep'; readonly to: number };

/** What a command means now; undefined if it means nothing. */
export function resolve(contract: Contract, state: State, command: Command, fresh: Fresh): Resolved | undefined {
  switch (command.do) {
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
    case 'give up waiting': {
      const waiter = pick(
        state.waiters.filter(({ signal }) => signal),
        command.waiter,
      );
      return waiter && { type: 'give-up', waiter: waiter.id };
    }
    case 'call from': {
      const { site, lane } = command;
      if (contract.callsInside !== 'any' && state.planted.length > 0) return undefined;
      // Of two lanes that call back at one instant, nobody promises which comes first.
      if (state.planted.some((one) => one.lane !== lane)) return undefined;
      // Nor whether a caller is answered before or after those behind have started and thrown, and others overtake them.
      if (site === 'caller' && mayOvertake(contract) && hasOneThatThrows(state)) return undefined;
      const call = laneOf(state, lane) && resolveCall(contract, state, command.call, fresh);
      if (call?.type === 'abort' && contract.callsInside !== 'any' && throwsWith(state, call.signal)) return undefined;
      if (call?.type === 'abort' && isSharedBeyond(state, lane, call.signal)) return undefined;
      return call && { type: 'plant', site, lane, call };
    }
    case 'advance':
      return advance(contract, state, command);
    case 'oversleep': {
      const at = timeOf(contract, state, command.deadline);
      return at === Infinity ? undefined : { type: 'oversleep', to: at + command.byMs };
    }
    case 'set the wall clock':
      return { type: 'jump', byMs: command.byMs };
    default:
      return resolveCall(contract, state, command, fresh);
  }
}

function resolveCall(contract: Contract, state: State, command: CallCommand, fresh: Fresh): Call | undefined {
  if ('lane' in command && command.lane !== undefined && laneOf(state, command.lane) === undefined) return undefined;
  switch (command.do) {
    case 'enqueue': {
      const { lane, priority = contract.priorities[0] ?? PRIORITIES[1], source, timeoutMs, signal } = command;
      const { detach = false, throws = false } = command;
      const isToAbort = state.planted.some(({ call }) => call.type === 'abort' && call.signal === signal);
      // Nor whether that happens to a task of one lane before or after what happens in another.
      if (isToAbort && state.planted.some((one) => one.lane !== lane)) return undefined;
      // Nor, in general, which comes first where a body aborts its own signal and throws.
      if (isToAbort && throws && contract.callsInside !== 'any') return undefined;
      if (throws && mayOvertake(contract) && state.planted.some(({ site }) => site === 'caller')) return undefined;
      const noticeAfterMs = command.notice === true ? contract.noticeAfterMs : undefined;
      const [task, aborted] = [fresh.task(), signal === 'spent'];
      return {
        type: 'enqueue',
        task,
        lane,
        priority,
        source,
        detach,
        timeoutMs,
        signal,
        aborted,
        throws,
        noticeAfterMs,
      };
    }
    case 'clear':
      if (contract.clearedWaiters === 'unsaid' && state.waiters.length > 0) return undefined;
      return { type: 'clear', lane: command.lane };
    case 'reset':
    case 'pause':
    case 'resume':
      return { type: command.do, lane: command.lane };
    case 'abort':
      return { type: 'abort', signal: command.signal };
    case 'configure':
      return { type: 'configure', lane: command.lane, concurrency: command.concurrency };
    case 'wait':
    case 'wait for rest': {
      const { lane, timeoutMs } = command;
      const [signal, aborted] = [command.signal === true, command.signal === 'spent'];
      const until = command.do === 'wait' ? 'left' : 'idle';
      return { type: 'wait', waiter: fresh.waiter(), until, lane, timeoutMs, signal, aborted };
    }
    case 'close':
      return { type: 'close', waiter: fresh.waiter(), deadlineMs: command.deadlineMs };
  }
}

function advance(contract: Contract, state: State, command: Command & { do: 'advance' }): Resolved | undefined {
  if ('byMs' in command) return { type: 'advance', to: state.now + command.byMs };
  const at = timeOf(contract, state, command.deadline);
  if (at === Infinity) return undefined;
  const offset = { before: -1, at: 0, after: 1 }[command.to];
  return { type: 'advance', to: Math.max(state.now, at + offset) };
}

function timeOf(contract: Contract, state: State, deadline: Deadline): number {
  const times = deadlines(contract, state);
  if (deadline !== 'next') return times[deadline];
  const next = nextDeadline(times);
  return next === Infinity ? times.ceiling : next;
}

/** Tasks of other lanes have it too. */
function isSharedBeyond({ lanes }: State, lane: string, signal: SignalId): boolean {
  const others = lanes.filter(({ name }) => name !== lane);
  return others.some(
    ({ backlog, holds }) =>
      backlog.some((task) => task.signal === signal) || holds.some(({ task }) => task.signal === signal),
  );
}

/** What comes later may start earlier, and the order of all that happens at one instant is not promised. */
function mayOvertake({ priorities, callsInside }: Contract): boolean {
  return priorities.length > 1 && callsInside !== 'any';
}

function hasOneThatThrows({ lanes }: State): boolean {
  return lanes.some(({ backlog }) => backlog.some((task) => task.throws));
}

/** A task that has it throws. */
function throwsWith({ lanes }: State, signal: SignalId): boolean {
  return lanes.some(({ backlog }) => backlog.some((task) => task.throws && task.signal === signal));
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
