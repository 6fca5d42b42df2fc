import type { Contract, Priority, Setup, Source } from './contract.ts';

export type { Setup };

export type TaskId = string;
export type WaiterId = string;

/** A task that is not over: it waits, holds a slot, or is a body still out after its slot was taken back. */
export interface Task {
  readonly id: TaskId;
  readonly lane: string;
  readonly priority: Priority;
  readonly source: Source | undefined;
  /** Its caller stays tied to the body when the slot is taken back. */
  readonly detach: boolean;
  readonly place: 'queued' | 'held' | 'detached';
  readonly startedAt: number;
  readonly lastSignAt: number;
  /** Its body will never settle of itself. */
  readonly hung: boolean;
  /** Others in its lane were reclaimed while it held its slot. */
  readonly spared: boolean;
}

export interface Lane {
  readonly name: string;
  readonly concurrency: number;
  readonly configured: boolean;
  /** In order of arrival. */
  readonly backlog: readonly TaskId[];
  /** In order of start. */
  readonly holds: readonly TaskId[];
  /** Since when there has been a backlog and no free slot; undefined while that is not so. */
  readonly waitingSince: number | undefined;
  /** When something last started or left. */
  readonly movedAt: number;
  /** When, in this wait, a report was last due and held back. */
  readonly heldBackAt: number | undefined;
}

export interface Waiter {
  readonly id: WaiterId;
  /** The captured holds that have not left. */
  readonly captured: readonly TaskId[];
  readonly takenBack: number;
  readonly until: number;
}

/** What a person has been told: enough to know what he may be told next. */
export interface Told {
  /** When a lane last had a warning of a kind. */
  readonly last: Readonly<Record<string, number>>;
  /** When the warnings of the last minute were given. */
  readonly recent: readonly number[];
  /** Lanes of the holds reclaimed in the last step: one entry a hold. */
  readonly reclaimed: readonly string[];
  /** How many reclaims have been held back, ever. */
  readonly reclaimsHeldBack: number;
}

export interface State {
  readonly now: number;
  readonly setup: Setup;
  readonly lanes: Readonly<Record<string, Lane>>;
  readonly tasks: ReadonlyMap<TaskId, Task>;
  readonly waiters: ReadonlyMap<WaiterId, Waiter>;
  readonly told: Told;
}

export function initialState(contract: Contract, setup: Setup): State {
  const lane = (name: string): Lane => ({
    name,
    concurrency: setup.concurrency,
    configured: false,
    backlog: [],
    holds: [],
    waitingSince: undefined,
    movedAt: 0,
    heldBackAt: undefined,
  });
  return {
    now: 0,
    setup,
    lanes: Object.fromEntries(contract.lanes.map((name) => [name, lane(name)])),
    tasks: new Map(),
    waiters: new Map(),
    told: { last: {}, recent: [], reclaimed: [], reclaimsHeldBack: 0 },
  };
}

/** There is a backlog and no free slot to give. A lane without slots does not wait: it is switched off. */
export function waits(lane: Lane): boolean {
  return lane.backlog.length > 0 && lane.concurrency > 0 && lane.holds.length >= lane.concurrency;
}

/** When a hold will have been silent for a ceiling. */
export function ceilingOf(state: State, id: TaskId): number {
  return state.tasks.get(id)!.lastSignAt + state.setup.stallCeilingMs;
}

export function isStalled(state: State, id: TaskId): boolean {
  return ceilingOf(state, id) <= state.now;
}

export function detachedTasks(state: State): Task[] {
  return [...state.tasks.values()].filter((task) => task.place === 'detached');
}

export function countDetached(state: State): number {
  let count = 0;
  for (const task of state.tasks.values()) if (task.place === 'detached') count += 1;
  return count;
}

/** Nothing is queued, nothing is held, nobody waits. */
export function atRest(state: State): boolean {
  if (state.waiters.size > 0) return false;
  return Object.values(state.lanes).every((lane) => lane.backlog.length === 0 && lane.holds.length === 0);
}
