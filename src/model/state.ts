import type { Contract, Priority, Setup, Source } from './contract.ts';

export type TaskId = string;
export type WaiterId = string;

/** What was enqueued. It is in one place at a time: a backlog, a slot, or, after that was taken back, among the detached. */
export interface Task {
  readonly id: TaskId;
  readonly lane: string;
  readonly priority: Priority;
  readonly source: Source | undefined;
  /** Its caller stays tied to the body when the slot is taken back. */
  readonly detach: boolean;
}

/** A task in a slot, or one that was. */
export interface Hold extends Task {
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
  readonly backlog: readonly Task[];
  /** In order of start. */
  readonly holds: readonly Hold[];
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
  /** It may give up. */
  readonly signal: boolean;
}

/** What a person has been told: enough to know what he may be told next. */
export interface Told {
  /** When a lane last had a warning of a kind. */
  readonly last: Readonly<Record<string, number>>;
  /** When the warnings of the last minute were given. */
  readonly recent: readonly number[];
  /** How many reclaims have been held back, ever. */
  readonly reclaimsHeldBack: number;
}

export interface State {
  readonly now: number;
  readonly setup: Setup;
  readonly lanes: readonly Lane[];
  /** Bodies that are still out although their slot was taken back. */
  readonly detached: readonly Hold[];
  readonly waiters: readonly Waiter[];
  readonly told: Told;
  /** The lanes of the holds that were reclaimed in the last step, one entry a hold: news that is still to be told. */
  readonly reclaimed: readonly string[];
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
    lanes: contract.lanes.map(lane),
    detached: [],
    waiters: [],
    told: { last: {}, recent: [], reclaimsHeldBack: 0 },
    reclaimed: [],
  };
}

/** The lane of this name; undefined if the contract has none. */
export function laneOf(state: Pick<State, 'lanes'>, name: string): Lane | undefined {
  for (const lane of state.lanes) if (lane.name === name) return lane;
  return undefined;
}

/** The hold of a task; undefined if it has none any more, or not yet. */
export function holdOf(state: Pick<State, 'lanes'>, id: TaskId): Hold | undefined {
  for (const { holds } of state.lanes) for (const hold of holds) if (hold.id === id) return hold;
  return undefined;
}

/** There is a backlog and no free slot to give. A lane without slots does not wait: it is switched off. */
export function waits({ backlog, holds, concurrency }: Lane): boolean {
  return backlog.length > 0 && concurrency > 0 && holds.length >= concurrency;
}

/** When a hold will have been silent for a ceiling. */
export function ceilingOf(state: Pick<State, 'setup'>, hold: Hold): number {
  return hold.lastSignAt + state.setup.stallCeilingMs;
}

/** Nothing is queued, nothing is held, nobody waits. */
export function atRest({ lanes, waiters }: State): boolean {
  return waiters.length === 0 && lanes.every(({ backlog, holds }) => backlog.length === 0 && holds.length === 0);
}
