import type { CallSite, Contract, Priority, Setup, Source } from './contract.ts';
import type { Call } from './event.ts';

export type TaskId = string;
export type WaiterId = string;
export type SignalId = string;

/** What was enqueued. It is in one place at a time: a backlog, a slot, or, after that was taken back, among the detached. */
export interface Task {
  readonly id: TaskId;
  readonly lane: string;
  readonly priority: Priority;
  readonly source: Source | undefined;
  /** Its caller stays tied to the body when the slot is taken back. */
  readonly detach: boolean;
  /** Infinity where it may take all the time in the world. */
  readonly timeoutMs: number;
  readonly signal: SignalId | undefined;
  /** Its body throws before it returns. */
  readonly throws: boolean;
  /** When its caller is told that it still waits; Infinity where he did not ask. */
  readonly noticeAt: number;
  readonly enqueuedAt: number;
}

/** A task in a slot, or one that was. */
export interface Hold {
  readonly id: TaskId;
  readonly lane: string;
  readonly task: Task;
  readonly startedAt: number;
  readonly lastSignAt: number;
  /** Its body will never settle of itself. */
  readonly hung: boolean;
  /** Others in its lane were reclaimed while it held its slot. */
  readonly spared: boolean;
  /** Its body was told to stop by the signal given with it. */
  readonly aborted: boolean;
  /** The clock did something odd while it held its slot: what is due to it is owed to the rule of that name. */
  readonly disturbed: boolean;
  /** The sign of life after which it was given grace, and until when. */
  readonly graceFor: number | undefined;
  readonly graceUntil: number;
}

export interface Lane {
  readonly name: string;
  readonly concurrency: number;
  readonly configured: boolean;
  readonly paused: boolean;
  /** In order of arrival. */
  readonly backlog: readonly Task[];
  /** In order of start. */
  readonly holds: readonly Hold[];
  /** Since when there has been a backlog and no free slot; undefined while that is not so. */
  readonly waitingSince: number | undefined;
  /** Since when somebody has stood behind its holds; undefined while nobody does. */
  readonly watchedSince: number | undefined;
  /** Since when it has not been off. */
  readonly onSince: number;
  /** When something last started or left. */
  readonly movedAt: number;
  /** When, in this wait, a report was last due and held back. */
  readonly heldBackAt: number | undefined;
  /** It has been given slots that it does not use before something else happens in it. */
  readonly dozes: boolean;
}

export interface Waiter {
  readonly id: WaiterId;
  /** For captured holds to leave, for rest, or for the closed queue to drain. */
  readonly kind: 'left' | 'idle' | 'close';
  /** Which lane must rest; undefined for all. */
  readonly lane: string | undefined;
  /** The captured holds that have not left. */
  readonly captured: readonly TaskId[];
  readonly takenBack: number;
  readonly until: number;
  /** It may give up. */
  readonly signal: boolean;
}

/** Somebody of the user's who will call the queue the next time he is called. */
export interface Planted {
  readonly site: CallSite;
  readonly lane: string;
  readonly call: Call;
}

/** It is about another lane than the one in which it is made, or about all. */
export function isAboutAnother({ lane, call }: Planted): boolean {
  if (call.type === 'close') return true;
  return 'lane' in call && call.lane !== undefined && call.lane !== lane;
}

/** What a person has been told: enough to know what he may be told next. */
export interface Told {
  /** When a lane last had a warning of a kind. */
  readonly last: Readonly<Record<string, number>>;
  /** When the warnings of the last minute were given. */
  readonly recent: readonly number[];
  /** How many reclaims have been held back, ever. */
  readonly reclaimsHeldBack: number;
  /** How many of them he has been told of, by the warnings that came after. */
  readonly reclaimsToldOf: number;
}

export interface State {
  readonly now: number;
  readonly setup: Setup;
  readonly paused: boolean;
  readonly closed: boolean;
  readonly lanes: readonly Lane[];
  /** Bodies that are still out although their slot was taken back. */
  readonly detached: readonly Hold[];
  readonly waiters: readonly Waiter[];
  readonly planted: readonly Planted[];
  readonly told: Told;
  /** The number of the last hold: how many there ever were. */
  readonly lastHold: number;
  /** How many transitions there ever were, each of which listeners are told of. */
  readonly transitions: number;
  /** The lanes of the holds that were reclaimed in the last step, one entry a hold: news that is still to be told. */
  readonly reclaimed: readonly string[];
  /** The lanes in which something of the user's threw in the last step, where the queue must have called it. */
  readonly threw: readonly string[];
  /** In the last step the queue was called from inside: what was true when a warning was given may not be true any more. */
  readonly reentered: boolean;
}

export function initialState(contract: Contract, setup: Setup): State {
  const lane = (name: string): Lane => ({
    name,
    concurrency: setup.concurrency,
    configured: false,
    paused: false,
    backlog: [],
    holds: [],
    waitingSince: undefined,
    watchedSince: undefined,
    onSince: 0,
    movedAt: 0,
    heldBackAt: undefined,
    dozes: false,
  });
  return {
    now: 0,
    setup,
    paused: false,
    closed: false,
    lanes: contract.lanes.map(lane),
    detached: [],
    waiters: [],
    planted: [],
    told: { last: {}, recent: [], reclaimsHeldBack: 0, reclaimsToldOf: 0 },
    lastHold: 0,
    transitions: 0,
    reclaimed: [],
    threw: [],
    reentered: false,
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

/** Nothing starts in it and nothing is judged: it or the whole queue is paused, or it has no slots. */
export function isOff(state: Pick<State, 'paused'>, { paused, concurrency }: Lane): boolean {
  return state.paused || paused || concurrency === 0;
}

/** There is a backlog and no free slot to give. */
export function waits(state: Pick<State, 'paused'>, lane: Lane): boolean {
  return lane.backlog.length > 0 && lane.holds.length >= lane.concurrency && !isOff(state, lane);
}

/** Somebody stands behind its holds: its own backlog, or whoever closes the queue. */
export function isWatched(state: Pick<State, 'paused' | 'waiters'>, lane: Lane): boolean {
  if (waits(state, lane)) return true;
  return lane.holds.length > 0 && !isOff(state, lane) && state.waiters.some(({ kind }) => kind === 'close');
}

/** When a hold will have been silent for so long, or its grace has passed, whichever is later. */
export function outOfTimeAt({ lastSignAt, graceUntil }: Hold, limitMs: number): number {
  return Math.max(lastSignAt + limitMs, graceUntil);
}

/** When a hold will have been silent for a ceiling. */
export function ceilingOf(state: Pick<State, 'setup'>, { lastSignAt }: Hold): number {
  return lastSignAt + state.setup.stallCeilingMs;
}

/** Nothing is queued and nothing is held. */
export function rests({ backlog, holds }: Lane): boolean {
  return backlog.length === 0 && holds.length === 0;
}

/** Nothing is queued, nothing is held, nobody waits. */
export function atRest({ lanes, waiters }: State): boolean {
  return waiters.length === 0 && lanes.every(rests);
}
