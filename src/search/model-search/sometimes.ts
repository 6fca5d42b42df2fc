import { ceilingOf, type Hold, type Lane, type State } from '../../oracle/index.ts';
import type { Move } from './moves.ts';

/** What a search must come upon at least once: otherwise what it says about it is said about nothing. */
export type Sometimes = (move: Move) => boolean;

export const SOMETIMES: Readonly<Record<string, Sometimes>> = {
  'a full lane has a stalled hold': ({ after }) =>
    after.lanes.some(
      (lane) => lane.holds.length >= lane.concurrency && lane.holds.some((hold) => isStalled(after, hold)),
    ),
  'a stalled hold that nobody waits behind is left alone': ({ before, event, after }) =>
    event.type === 'tick' && after.lanes.some(({ holds }) => holds.some((hold) => isStalled(before, hold))),
  'a hold is reclaimed': (move) => reclaimed(move).length > 0,
  'two holds are reclaimed in one batch': (move) => reclaimed(move).length > 1,
  'a hold is reclaimed and its healthy sibling is not': (move) =>
    reclaimed(move).some(({ lane }) => remaining(move, lane).length > 0),
  'a sign of life saves a hold from a reclaim': ({ before, event, after }) =>
    event.type === 'tick' &&
    before.lanes.some(({ holds, waitingSince }, nth) =>
      holds.some(
        (hold) =>
          waitingSince !== undefined &&
          hold.startedAt + before.setup.stallCeilingMs <= after.now &&
          after.lanes[nth]!.holds.includes(hold),
      ),
    ),

  'a body settles late': (move) => isLate(move),
  'a body settles late while its lane is full again': (move) => isLate(move) && move.after.lanes.some(isFull),

  'a waiter gets what he waits for': (move) => answers(move, 'left, 0 taken back'),
  'a waiter is told that a hold was taken back': (move) => answers(move, 'left, 1 taken back'),
  'a waiter times out': (move) => answers(move, 'timeout'),
  'a waiter is answered while a later task holds the slot': (move) =>
    answers(move, 'left') && move.after.lanes.some(isFull),

  'a lane that is paused has a backlog': ({ after }) =>
    after.lanes.some(({ paused, backlog }) => paused && backlog.length > 0),
  'a hold stalls in a lane that is paused, before a backlog': ({ after }) =>
    after.lanes.some(
      ({ paused, backlog, holds }) => paused && backlog.length > 0 && holds.some((hold) => isStalled(after, hold)),
    ),
  'a resume starts something': ({ before, event, after }) => event.type === 'resume' && hasStarted(before, after),
  'a lane that resumes is found to be stalled': ({ event, after }) =>
    event.type === 'resume' &&
    after.lanes.some(
      ({ watchedSince, holds }) => watchedSince === after.now && holds.some((hold) => isStalled(after, hold)),
    ),
  'a lane has more holds than slots': ({ after }) =>
    after.lanes.some(({ holds, concurrency }) => holds.length > concurrency),
  'a raised concurrency starts something': ({ before, event, after }) =>
    event.type === 'configure' && hasStarted(before, after),
  'a reset starts the backlog': ({ before, event, after }) => event.type === 'reset' && hasStarted(before, after),

  'a hold is given grace': ({ before, after }) => graced(after) > graced(before),
  'a hold reports while it has grace': ({ before, event }) =>
    event.type === 'progress' &&
    before.lanes.some(({ holds }) => holds.some(({ id, graceUntil }) => id === event.task && graceUntil > before.now)),
  'grace was given in vain': (move) => reclaimed(move).some(({ graceFor, lastSignAt }) => graceFor === lastSignAt),

  'a close drains': (move) => answers(move, 'drained'),
  'a close meets its deadline': (move) => answers(move, 'deadline'),
  'a close is what a hold is reclaimed for': (move) =>
    reclaimed(move).some(({ lane }) => laneOf(move.before, lane).backlog.length === 0),
  'a task is refused': ({ before, event }) => event.type === 'enqueue' && before.closed,

  'a blocked lane is reported': (move) => isTold(move, 'warning blocked'),
  'a reclaim is reported': (move) => isTold(move, 'warning reclaimed'),
  'the report of a reclaim is held back': ({ before, after }) =>
    after.told.reclaimsHeldBack > before.told.reclaimsHeldBack,

  'all is at rest again': ({ before, after }) => !isAtRest(before) && isAtRest(after),
};

/** What takes a second lane, or a third task. */
export const SOMETIMES_WITH_ROOM: Readonly<Record<string, Sometimes>> = {
  'a sibling that was spared completes, and the next one starts': ({ before, event, after }) =>
    event.type === 'settle' &&
    before.lanes.some(
      ({ holds, backlog }, nth) =>
        holds.some(({ id, spared }) => id === event.task && spared) &&
        after.lanes[nth]!.backlog.length < backlog.length,
    ),
  'holds of two lanes are reclaimed at one instant': (move) =>
    new Set(reclaimed(move).map(({ lane }) => lane)).size > 1,
  'one lane stands still and the other goes on': ({ before, event, after }) =>
    event.type === 'settle' &&
    hasStarted(before, after) &&
    after.lanes.some((lane) => isFull(lane) && lane.holds.every((hold) => isStalled(after, hold))),
  'the report of a blocked lane is held back': ({ after }) =>
    after.lanes.some(({ heldBackAt }) => heldBackAt !== undefined),
  // Of two that are due at one instant one gets the place: which, is left open, and each is a move of its own.
  'the last place in the minute goes to one of two lanes': (move) =>
    isTold(move, 'warning blocked') && move.after.lanes.some(({ heldBackAt }) => heldBackAt === move.after.now),
};

function laneOf({ lanes }: State, name: string): Lane {
  return lanes.find((lane) => lane.name === name)!;
}

function isFull({ holds, concurrency }: Lane): boolean {
  return holds.length >= concurrency;
}

function isStalled(state: State, hold: Hold): boolean {
  return ceilingOf(state, hold) <= state.now;
}

function reclaimed({ before, event, after }: Move): readonly Hold[] {
  if (event.type !== 'tick' || after.reclaimed.length === 0) return [];
  return before.lanes.flatMap(({ holds }) => holds.filter(({ id }) => after.detached.some((one) => one.id === id)));
}

/** The holds of a lane that have kept their slots. */
function remaining({ before, after }: Move, lane: string): readonly Hold[] {
  const were = laneOf(before, lane).holds;
  return laneOf(after, lane).holds.filter(({ id }) => were.some((one) => one.id === id));
}

function isLate({ before, event }: Move): boolean {
  return event.type === 'settle' && before.detached.some(({ id }) => id === event.task);
}

function answers({ expectations }: Move, beginning: string): boolean {
  return expectations.some(({ key, value }) => /^(waiter|closer) /.test(key) && String(value).startsWith(beginning));
}

function isTold({ before, after }: Move, beginning: string): boolean {
  return Object.entries(after.told.last).some(
    ([stamp, at]) => stamp.startsWith(beginning) && before.told.last[stamp] !== at,
  );
}

/** A task that was queued before has a slot now. */
function hasStarted(before: State, after: State): boolean {
  return before.lanes.some(({ backlog }, nth) =>
    backlog.some(({ id }) => after.lanes[nth]!.holds.some((hold) => hold.id === id)),
  );
}

function graced({ lanes }: State): number {
  return lanes.reduce(
    (sum, { holds }) => sum + holds.filter(({ graceFor, lastSignAt }) => graceFor === lastSignAt).length,
    0,
  );
}

function isAtRest({ lanes, waiters }: State): boolean {
  return waiters.length === 0 && lanes.every(({ backlog, holds }) => backlog.length + holds.length === 0);
}
