import { ceilingOf, type Hold, type Lane, type State } from '../../oracle/index.ts';

const MINUTE_MS = 60_000;

/**
 * Two states with the same mark have the same future, but for names, dates and labels: whatever can happen in one can
 * happen in the other and leads to states with the same mark again. What is left out or made coarser, and why that is sound:
 *
 * - **Names** of tasks and waiters: nothing is decided by them. Holds and backlogs come in order, and what a waiter has
 *   captured is said by its places in the lanes.
 * - **Now**: the model only ever compares times with one another. Each is said as seen from now.
 * - **Age beyond the ceiling**: a hold that has been silent for a ceiling is stalled, however long ago that was. It is
 *   judged when it got stalled or when somebody began to stand behind it, whichever is later; and since no state has a
 *   judgement behind it that was due before now (`nothing is overdue`, one of the properties), that is now in both.
 *   A warning that could be given, grace that has passed and a lane that has stood still for long enough are alike.
 * - **`startedAt`**: it is told to people, and says which rule a hold that is kept is owed to.
 * - **`watchedSince`, `onSince`**: they only matter while they are later than the time at which a hold is out of time, and
 *   then they are now, as above.
 * - **`movedAt`, `waitingSince`**: the later one is when a lane that waits becomes blocked. In a lane that does not wait,
 *   `movedAt` is over before it could matter, because a wait begins later.
 * - **`graceFor`**: it is only asked whether that is the last sign of life. An earlier one never becomes the last again.
 * - **`heldBackAt`**: whether there is one says whether the lane waits for room in the minute, whenever that began.
 * - **`spared`, `disturbed`, `configured`, a waiter's `takenBack`, `reclaimsHeldBack`, `reclaimsToldOf`, `lastHold`,
 *   `transitions`, `enqueuedAt`**: labels and counts that are told to people. Nothing is decided by them.
 * - **`reclaimed`, `threw`, `reentered`**: news of the last step. The next begins without.
 * - **Who is detached**: all that a detached body can do is end, and then it is one less.
 */
export function mark(state: State): string {
  const { now, told } = state;
  const recent = told.recent.map((at) => at + MINUTE_MS - now).filter((left) => left > 0);
  const lanes = state.lanes.map((lane) => markOfLane(state, lane));
  return [state.paused, state.closed, state.detached.length, recent, ...lanes, ...waitersOf(state)].join(';');
}

function markOfLane(state: State, lane: Lane): string {
  const { now, setup, told } = state;
  const { concurrency, paused, backlog, holds, waitingSince, watchedSince, movedAt, heldBackAt } = lane;
  const left = (since: number | undefined, stretchMs: number): number =>
    since === undefined ? 0 : Math.max(0, since + stretchMs - now);
  return [
    concurrency,
    paused,
    waitingSince === undefined ? '' : left(Math.max(waitingSince, movedAt), setup.blockedAfterMs),
    heldBackAt !== undefined,
    watchedSince !== undefined,
    left(told.last[`warning blocked in ${lane.name}`], setup.warnEveryMs),
    left(told.last[`warning reclaimed in ${lane.name}`], setup.warnEveryMs),
    backlog.length,
    holds.map((hold) => markOfHold(state, hold)).join(''),
  ].join();
}

function markOfHold(state: State, hold: Hold): string {
  const untilStalled = Math.max(0, ceilingOf(state, hold) - state.now);
  const grace = Math.max(0, hold.graceUntil - state.now);
  return `(${untilStalled} ${grace} ${hold.graceFor === hold.lastSignAt} ${hold.hung})`;
}

/** In which order they came makes no difference: who is answered at one instant is answered without regard to others. */
function waitersOf({ now, lanes, waiters }: State): string[] {
  const places = lanes.flatMap(({ holds }) => holds.map(({ id }) => id));
  return waiters
    .map(({ kind, lane, captured, until }) => {
      return `${kind} ${lane} ${captured.map((id) => places.indexOf(id)).join()} ${until - now}`;
    })
    .toSorted();
}
