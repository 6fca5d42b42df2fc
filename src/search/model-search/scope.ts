import type { Command, Contract, Setup, State } from '../../oracle/index.ts';

/** How far a search of the model goes: what may happen, and how much of it at once. */
export interface Scope {
  readonly contract: Contract;
  readonly setup: Setup;
  /**
   * What may happen, in the order in which it is tried. Tasks are plain: what a task of its own could ask for, a time or a
   * signal, `mark` does not look at.
   */
  readonly letters: readonly Command[];
  /** How many tasks may be queued, held or detached at one time. There is no bound on how many come one after another. */
  readonly mostTasks: number;
}

/**
 * Everything lasts a whole number of minutes, and time passes by as many, so that the times at which things happen, seen
 * from now, are finitely many. It is a minute because that is what the model itself counts warnings in.
 */
const MINUTE_MS = 60_000;

const SETUP: Setup = {
  concurrency: 1,
  stallCeilingMs: 2 * MINUTE_MS,
  blockedAfterMs: MINUTE_MS,
  warnEveryMs: MINUTE_MS,
  maxWarningsPerMinute: 1,
  lateMs: 1_000,
  graceMs: MINUTE_MS,
  listeners: 'return',
};

/**
 * Two lanes, the first of which can be paused and given one slot or two, resets, waiters, a close, and a clock that may be
 * late. What is left out: priorities, times of tasks' own, sources, signals, calls from inside, and what differs from what
 * is here by its name alone (a body that fails, a second lane that is paused). That a body hangs is not a letter: it is a
 * body that nobody lets complete, and those are among the rest.
 */
export function fullScope(contract: Contract): Scope {
  const [first, second] = contract.lanes as [string, string];
  const letters = [...inLane(first), ...inLane(second), ...wide(first), ...anywhere(MINUTE_MS)];
  return { contract, setup: SETUP, letters, mostTasks: 4 };
}

/**
 * One lane, and half minutes: things happen between one deadline and the next, and are late by less than anything lasts. A
 * millisecond before or after a deadline would show no more, because the model only asks which of two times is earlier. What
 * is late by exactly `lateMs` is not met with: that is shorter than a step. There are two warnings a minute, so that one is
 * held back because it is too early for its kind, and not only because the minute is full.
 */
export function fineScope(contract: Contract): Scope {
  return { ...oneLane(contract, MINUTE_MS / 2, 3), setup: { ...SETUP, maxWarningsPerMinute: 2 } };
}

/** What a test can afford. */
export function smallScope(contract: Contract): Scope {
  return oneLane(contract, MINUTE_MS, 2);
}

function oneLane(contract: Contract, stepMs: number, mostTasks: number): Scope {
  const [lane] = contract.lanes as [string];
  const letters = [...inLane(lane), ...wide(lane), ...anywhere(stepMs)];
  return { contract: { ...contract, lanes: [lane] }, setup: SETUP, letters, mostTasks };
}

const inLane = (lane: string): Command[] => [
  { do: 'enqueue', lane },
  { do: 'progress', lane, hold: 'oldest' },
  { do: 'complete', lane, hold: 'oldest' },
  { do: 'wait', lane, timeoutMs: MINUTE_MS },
];

/** What only makes a difference where there may be two slots, what makes them two, and a pause. */
const wide = (lane: string): Command[] => [
  { do: 'progress', lane, hold: 'newest' },
  { do: 'complete', lane, hold: 'newest' },
  { do: 'configure', lane, concurrency: 1 },
  { do: 'configure', lane, concurrency: 2 },
  { do: 'pause', lane },
  { do: 'resume', lane },
];

const anywhere = (stepMs: number): Command[] => [
  { do: 'advance', to: 'at', deadline: 'next' },
  { do: 'advance', byMs: stepMs },
  { do: 'oversleep', deadline: 'next', byMs: stepMs },
  { do: 'settle late', body: 'oldest', how: 'fulfilled' },
  { do: 'reset' },
  { do: 'close', deadlineMs: MINUTE_MS },
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
