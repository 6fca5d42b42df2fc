import type { Command, Contract, Setup, State } from '../../oracle/index.ts';

/** How far a search of the model goes: what may happen, and how much of it at once. */
export interface Scope {
  readonly contract: Contract;
  readonly setup: Setup;
  /** What may happen, in the order in which it is tried. */
  readonly letters: readonly Command[];
  /** How many tasks may be queued, held or detached at one time. There is no bound on how many come one after another. */
  readonly mostTasks: number;
}

/**
 * The unit of time. Everything lasts a whole number of them and time passes by one at a time, so that the times at which
 * things happen, seen from now, are finitely many. It is half a minute, because a minute is what the model itself counts
 * warnings in.
 */
export const UNIT_MS = 60_000;

const SETUP: Setup = {
  concurrency: 1,
  stallCeilingMs: 2 * UNIT_MS,
  blockedAfterMs: UNIT_MS,
  warnEveryMs: UNIT_MS,
  maxWarningsPerMinute: 1,
  lateMs: 1_000,
  graceMs: UNIT_MS,
  listeners: 'return',
};

/**
 * All of it: two lanes, the first of which can be paused and given one slot or two, resets, waiters, a close, and a clock
 * that may be late. What is left out: priorities, times of tasks' own, sources, signals, calls from inside, and whatever
 * differs from what is here by its name alone (a body that fails, a second lane that is paused).
 */
export function fullScope(contract: Contract): Scope {
  const [first, second] = contract.lanes as [string, string];
  return {
    contract,
    setup: SETUP,
    letters: [...inLane(first), ...inLane(second), ...wide(first), ...anywhere],
    mostTasks: 4,
  };
}

/** What a test can afford: one lane, and a task less. */
export function smallScope(contract: Contract): Scope {
  const [lane] = contract.lanes as [string];
  const letters = [...inLane(lane), ...wide(lane), ...anywhere];
  return { contract: { ...contract, lanes: [lane] }, setup: SETUP, letters, mostTasks: 3 };
}

const inLane = (lane: string): Command[] => [
  { do: 'enqueue', lane },
  { do: 'progress', lane, hold: 'oldest' },
  { do: 'complete', lane, hold: 'oldest' },
  { do: 'wait', lane, timeoutMs: UNIT_MS },
];

/** What only makes a difference where there may be two slots, and what makes them two. */
const wide = (lane: string): Command[] => [
  { do: 'progress', lane, hold: 'newest' },
  { do: 'complete', lane, hold: 'newest' },
  { do: 'configure', lane, concurrency: 1 },
  { do: 'configure', lane, concurrency: 2 },
  { do: 'pause', lane },
  { do: 'resume', lane },
];

const anywhere: readonly Command[] = [
  { do: 'advance', to: 'at', deadline: 'next' },
  { do: 'advance', byMs: UNIT_MS },
  { do: 'oversleep', deadline: 'next', byMs: UNIT_MS },
  { do: 'settle late', body: 'oldest', how: 'fulfilled' },
  { do: 'reset' },
  { do: 'close', deadlineMs: UNIT_MS },
];

/** Whether this may be done now: what would lead out of the scope may not, nor what a caller has done already. */
export function isWithin({ mostTasks }: Scope, state: State, command: Command): boolean {
  switch (command.do) {
    case 'enqueue':
      return tasksAround(state) < mostTasks;
    case 'wait':
      return !state.waiters.some(({ kind, lane }) => kind === 'left' && lane === command.lane);
    case 'close':
      return !state.closed;
    default:
      return true;
  }
}

function tasksAround({ lanes, detached }: State): number {
  return lanes.reduce((sum, { backlog, holds }) => sum + backlog.length + holds.length, detached.length);
}
