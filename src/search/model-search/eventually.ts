import type { Lane, State } from '../../oracle/index.ts';

/** Something that must come to be, of itself, within a time that can be said beforehand. */
export interface Due {
  readonly withinMs: number;
  /** Asked of a state that time alone has led to: no name is needed, because nothing is added there. */
  readonly isDone: (later: State) => boolean;
}

/** What is due in a state, if nobody does anything from now on and every body hangs. */
export type Eventually = (state: State) => readonly Due[];

export const EVENTUALLY: Readonly<Record<string, Eventually>> = {
  /**
   * A hold that somebody waits behind ends within a ceiling from its start or from now, or within its grace, if that is
   * longer. So each round of so long frees every slot of the lane once: the task at place p of the backlog, from 0, starts in
   * round ⌊p / slots⌋ + 1 at the latest. A lane that has more holds than slots is in the same case: all of them end in the
   * first round. Nothing but a start takes a task out of a backlog while only time passes (`no task is lost` sees to
   * that), so it has started when the backlog is as short as what stood behind it.
   */
  'every task in a lane that is on starts': (state) =>
    state.lanes
      .filter((lane) => !isOff(state, lane))
      .flatMap(({ name, backlog, concurrency }) =>
        backlog.map((_, place) => ({
          withinMs: roundsFor(place, concurrency) * roundMs(state),
          isDone: (later: State) => laneOf(later, name).backlog.length <= backlog.length - place - 1,
        })),
      ),

  /** The last task starts in its round, and ends in the next one, because whoever closes stands behind it. */
  'a close without paused backlog drains, or meets its deadline': (state) => {
    const close = state.waiters.find(({ kind }) => kind === 'close');
    if (close === undefined) return [];
    const isStuck = state.lanes.some((lane) => isOff(state, lane) && lane.backlog.length + lane.holds.length > 0);
    const rounds = Math.max(
      ...state.lanes.map(({ backlog, concurrency }) => roundsFor(backlog.length, concurrency) + 1),
    );
    const drainedMs = isStuck ? Infinity : rounds * roundMs(state);
    return [
      {
        withinMs: Math.min(drainedMs, close.until - state.now),
        isDone: (later) => !later.waiters.some(({ kind }) => kind === 'close'),
      },
    ];
  },

  'a waiter is answered in his time': (state) =>
    state.waiters.map(({ until }) => ({
      withinMs: until - state.now,
      isDone: (later: State) => later.waiters.filter((one) => one.until - later.now > 0).length < state.waiters.length,
    })),
};

function roundsFor(place: number, slots: number): number {
  return Math.floor(place / slots) + 1;
}

function roundMs({ setup: { stallCeilingMs, graceMs } }: State): number {
  return Math.max(stallCeilingMs, graceMs);
}

function isOff(state: State, { paused, concurrency }: Lane): boolean {
  return state.paused || paused || concurrency === 0;
}

function laneOf({ lanes }: State, name: string): Lane {
  return lanes.find((lane) => lane.name === name)!;
}
