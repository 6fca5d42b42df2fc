import {
  ABSENT,
  ceilingOf,
  deadlines,
  key,
  PRESENT,
  type Contract,
  type Event,
  type Hold,
  type Lane,
  type State,
} from '../../oracle/index.ts';
import type { Move } from './moves.ts';

/** What must be true of every move, and of the state that it leads to. */
export type Always = (move: Move, contract: Contract) => boolean;

/**
 * They say again, in other words, what `src/model` says: what is written there is not used here, so that it is checked. Two
 * things are, when a hold's ceiling is and which deadline comes next; if those were wrong, something would be overdue or
 * would never come.
 */
export const ALWAYS: Readonly<Record<string, Always>> = {
  'nothing starts in a full lane': ({ before, after }) =>
    after.lanes.every((lane, nth) => {
      const isNew = (hold: Hold): boolean => !has(before.lanes[nth]!.holds, hold.id);
      return lane.holds.length <= lane.concurrency || !lane.holds.some(isNew);
    }),

  'no backlog stands beside a free slot': ({ after }) =>
    after.lanes.every(
      (lane) => lane.backlog.length === 0 || lane.holds.length >= lane.concurrency || isOff(after, lane),
    ),

  'tasks start in order of arrival': ({ before, event, after }) =>
    after.lanes.every(({ holds, backlog }, nth) => {
      const was = before.lanes[nth]!;
      const queued = was.backlog.map(({ id }) => id);
      if (event.type === 'enqueue' && event.lane === was.name) queued.push(event.task);
      const started = holds.filter(({ id }) => !has(was.holds, id));
      return [...started, ...backlog].every(({ id }, place) => id === queued[place]);
    }),

  'nothing starts in a lane that is off, and nothing is judged there': ({ before, event, after }) =>
    after.lanes.every((lane, nth) => {
      if (!isOff(after, lane)) return true;
      const { holds } = before.lanes[nth]!;
      return event.type === 'tick' ? isSame(holds, lane.holds) : lane.holds.every(({ id }) => has(holds, id));
    }),

  'it is known when something last started in a lane or left it': ({ before, after }) =>
    after.lanes.every(({ holds, movedAt }, nth) => {
      const was = before.lanes[nth]!;
      const isStill = holds.length === was.holds.length && holds.every(({ id }) => has(was.holds, id));
      return movedAt === (isStill ? was.movedAt : after.now);
    }),

  'no task is in two places': ({ after }) =>
    placesIn(after).size ===
    after.lanes.reduce((sum, { backlog, holds }) => sum + backlog.length + holds.length, after.detached.length),

  // For every single move, so that the sum is right after any number of them: what was enqueued is queued, active, settled,
  // refused, or taken back.
  'no task is lost, and none comes back': ({ before, event, after }) => {
    const [was, is] = [placesIn(before), placesIn(after)];
    for (const [id, place] of was) {
      const mayEnd = event.type === 'settle' && event.task === id;
      if (!isPassage(place, is.get(id), mayEnd)) return false;
    }
    for (const id of is.keys()) if (!was.has(id) && !isEnqueued(event, id)) return false;
    return event.type !== 'enqueue' || is.has(event.task) !== before.closed;
  },

  'a caller is answered when his task has lost its place in the queue, and only then': (move) => {
    const [was, is] = [placesIn(move.before), placesIn(move.after)];
    const isRight = (id: string, from: Place): boolean => {
      const hasLost = from !== 'detached' && (is.get(id) ?? 'detached') === 'detached';
      return hasLost === isDemanded(move, key.caller(id));
    };
    for (const [id, place] of was) if (!isRight(id, place)) return false;
    return move.event.type !== 'enqueue' || isRight(move.event.task, 'queued');
  },

  'only what is stalled is reclaimed, and only where somebody stands behind it': ({ before, event, after }) =>
    event.type !== 'tick' ||
    before.lanes.every((was, nth) => {
      const taken = was.holds.filter(({ id }) => !has(after.lanes[nth]!.holds, id));
      if (taken.length === 0) return true;
      return isWatched(before, was) && taken.every((hold) => ceilingOf(before, hold) <= after.now);
    }),

  'all that are stalled are reclaimed together, but for those who are given grace': ({ before, event, after }) =>
    event.type !== 'tick' ||
    before.lanes.every((was, nth) => {
      const { holds } = after.lanes[nth]!;
      const isStalled = (hold: Hold): boolean => Math.max(ceilingOf(before, hold), hold.graceUntil) <= after.now;
      const isAnyTaken = was.holds.some(({ id }) => !has(holds, id));
      return !isAnyTaken || holds.every((hold) => !isStalled(hold));
    }),

  'a report is a sign of life': ({ event, after }) =>
    event.type !== 'progress' || heldIn(after, event.task)?.lastSignAt === after.now,

  'a late settlement changes nothing but the number of those who are detached': ({ before, event, after }) =>
    event.type !== 'settle' ||
    !has(before.detached, event.task) ||
    (after.detached.length === before.detached.length - 1 &&
      after.lanes.every((lane, nth) => isUnchanged(before.lanes[nth]!, lane)) &&
      isSame(before.waiters, after.waiters)),

  'what happens in a lane changes nothing in another': ({ before, event, after }) => {
    const only = laneOfEvent(before, event);
    return (
      only === undefined || before.lanes.every((was, nth) => was.name === only || isUnchanged(was, after.lanes[nth]!))
    );
  },

  'a reset takes back every hold': ({ before, event, after }) =>
    event.type !== 'reset' || before.lanes.every((was) => was.holds.every(({ id }) => has(after.detached, id))),

  'what a waiter waits for is active': ({ after: { waiters, lanes } }) =>
    waiters.every(
      ({ kind, captured }) =>
        kind !== 'left' || (captured.length > 0 && captured.every((id) => lanes.some(({ holds }) => has(holds, id)))),
    ),

  'a waiter goes when what he waits for has left, or when his time is up': ({ before, after }) =>
    before.waiters.every(({ id, kind, captured, until }) => {
      if (has(after.waiters, id) || until <= after.now) return true;
      return kind === 'left' ? !captured.some((held) => isHeld(after, held)) : after.lanes.every(rests);
    }),

  'at rest nobody waits': ({ after }) => !after.lanes.every(rests) || after.waiters.length === 0,

  'it is known which lanes wait, and behind which holds somebody stands': ({ after }) =>
    after.lanes.every(
      (lane) =>
        isWaiting(after, lane) === (lane.waitingSince !== undefined) &&
        isWatched(after, lane) === (lane.watchedSince !== undefined),
    ),

  'a report that was held back belongs to the wait that goes on': ({ after }) =>
    after.lanes.every(
      ({ heldBackAt, waitingSince = Infinity }) => heldBackAt === undefined || heldBackAt >= waitingSince,
    ),

  // Somebody may just have begun to stand behind a hold that is stalled already: it is judged at this very time.
  'nothing is overdue': ({ after }, contract) => {
    const { waiter, warning } = deadlines(contract, after);
    const isJudgedInTime = after.lanes.every(
      (lane) =>
        !isWatched(after, lane) ||
        lane.watchedSince === after.now ||
        lane.holds.every((hold) => Math.max(ceilingOf(after, hold), hold.graceUntil) >= after.now),
    );
    return isJudgedInTime && waiter > after.now && warning > after.now;
  },

  // So time never stands still.
  'when time has come to a moment, nothing is left to be done then': ({ event, after }, contract) => {
    if (event.type !== 'tick') return true;
    const { judgement, waiter, warning } = deadlines(contract, after);
    return Math.min(judgement, waiter, warning) > after.now;
  },

  'only the clock moves time': ({ before, event, after }) =>
    event.type === 'tick' ? after.now === event.at && event.at >= before.now : after.now === before.now,

  // Late is said of a judgement: one that comes late for one gives grace to all that it finds stalled.
  'grace is given where a judgement is late, once for each sign of life': ({ before, after }) => {
    const given = after.lanes.flatMap(({ holds }) =>
      holds.filter(({ id, graceUntil }) => graceUntil !== (heldIn(before, id)?.graceUntil ?? 0)),
    );
    if (given.length === 0) return true;
    const latestInTime = after.now - after.setup.lateMs;
    const isLate = before.lanes.some(
      ({ holds, watchedSince = Infinity }) =>
        watchedSince < latestInTime && holds.some((hold) => ceilingOf(before, hold) < latestInTime),
    );
    return (
      isLate && given.every(({ id, graceFor, lastSignAt }) => graceFor === lastSignAt && !hadGrace(heldIn(before, id)))
    );
  },

  'warnings keep within their bounds': ({ before, after: { now, setup, told } }) =>
    told.recent.filter((at) => at + MINUTE_MS > now).length <= setup.maxWarningsPerMinute &&
    Object.entries(told.last).every(([stamp, at]) => {
      const last = before.told.last[stamp];
      return last === undefined || last === at || at - last >= setup.warnEveryMs;
    }),

  'no two demands of one step contradict each other': ({ expectations }) => {
    const said = new Map<string, string | number>();
    for (const { key: name, value } of expectations) {
      const other = said.get(name);
      if (other !== undefined && other !== value && !isRefinement(other, value)) return false;
      if (other === undefined || other === PRESENT) said.set(name, value);
    }
    return true;
  },

  'every reading of the counts is demanded, and as it is': ({ after, expectations }) => {
    const demanded = (name: string): string | number | undefined => expectations.find((one) => one.key === name)?.value;
    return (
      demanded(key.detached) === after.detached.length &&
      after.lanes.every(
        ({ name, holds, backlog }) =>
          demanded(key.active(name)) === holds.length && demanded(key.queued(name)) === backlog.length,
      )
    );
  },

  'what is closed stays closed': ({ before, event, after }) =>
    after.closed === (before.closed || event.type === 'close'),
};

const MINUTE_MS = 60_000;

type Place = 'queued' | 'held' | 'detached';

/** Several properties ask for them, of a state that is left by many moves. */
const places = new WeakMap<State, ReadonlyMap<string, Place>>();

function placesIn(state: State): ReadonlyMap<string, Place> {
  let known = places.get(state);
  if (known === undefined) places.set(state, (known = findPlaces(state)));
  return known;
}

function findPlaces({ lanes, detached }: State): Map<string, Place> {
  const found = new Map<string, Place>();
  for (const { backlog, holds } of lanes) {
    for (const { id } of backlog) found.set(id, 'queued');
    for (const { id } of holds) found.set(id, 'held');
  }
  for (const { id } of detached) found.set(id, 'detached');
  return found;
}

/** Whether a task may have gone from here to there; to nowhere, if it may have ended. */
function isPassage(from: Place, to: Place | undefined, mayEnd: boolean): boolean {
  if (mayEnd) return to === undefined && from !== 'queued';
  if (to === undefined || to === from) return to === from;
  return (from === 'queued' && to === 'held') || (from === 'held' && to === 'detached');
}

function isEnqueued(event: Event, id: string): boolean {
  return event.type === 'enqueue' && event.task === id;
}

function isDemanded({ expectations }: Move, name: string): boolean {
  return expectations.some((one) => one.key === name && one.value !== ABSENT);
}

/** That something must be there, and what it must be, are said in two. */
function isRefinement(one: string | number, other: string | number): boolean {
  return (one === PRESENT && other !== ABSENT) || (other === PRESENT && one !== ABSENT);
}

/** The one lane that an event is about; undefined where it is about all, or about none. */
function laneOfEvent(state: State, event: Event): string | undefined {
  if (event.type === 'settle' || event.type === 'progress') return heldIn(state, event.task)?.lane;
  return 'lane' in event ? event.lane : undefined;
}

function isOff(state: State, { paused, concurrency }: Lane): boolean {
  return state.paused || paused || concurrency === 0;
}

function isWaiting(state: State, lane: Lane): boolean {
  return lane.backlog.length > 0 && !isOff(state, lane) && lane.holds.length >= lane.concurrency;
}

/** Its own backlog stands behind its holds, or whoever closes the queue. */
function isWatched(state: State, lane: Lane): boolean {
  if (isOff(state, lane) || lane.holds.length === 0) return false;
  return isWaiting(state, lane) || state.waiters.some(({ kind }) => kind === 'close');
}

function rests({ backlog, holds }: Lane): boolean {
  return backlog.length === 0 && holds.length === 0;
}

function isUnchanged(was: Lane, is: Lane): boolean {
  return (
    isSame(was.holds, is.holds) &&
    isSame(was.backlog, is.backlog) &&
    was.concurrency === is.concurrency &&
    was.paused === is.paused &&
    was.waitingSince === is.waitingSince &&
    was.watchedSince === is.watchedSince &&
    was.movedAt === is.movedAt
  );
}

function isSame(some: readonly object[], others: readonly object[]): boolean {
  return some.length === others.length && some.every((one, place) => one === others[place]);
}

function heldIn({ lanes }: State, id: string): Hold | undefined {
  for (const { holds } of lanes) for (const hold of holds) if (hold.id === id) return hold;
  return undefined;
}

function hadGrace(hold: Hold | undefined): boolean {
  return hold !== undefined && hold.graceFor === hold.lastSignAt;
}

function isHeld(state: State, id: string): boolean {
  return heldIn(state, id) !== undefined;
}

function has(items: readonly { readonly id: string }[], id: string): boolean {
  for (const item of items) if (item.id === id) return true;
  return false;
}
