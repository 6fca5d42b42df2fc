import { PRIORITIES } from './contract.ts';
import { takeOut, type Draft, type DraftLane } from './draft.ts';
import { key, outcome, PRESENT } from './expectation.ts';
import { leave, settleLate } from './leaving.ts';
import type { RuleName } from './rules.ts';
import { isOff, isWatched, rests, waits, type Hold, type Task } from './state.ts';
import { answerThoseWhoWaitForRest } from './waiting.ts';

/** Starts the head of the backlog while there is a free slot, and nothing beyond that. */
export function dispatch(draft: Draft, lane: DraftLane, because: RuleName): void {
  if (lane.gated) return;
  lane.dozes = false;
  if (lane.backlog.length > 0) startWhatMay(draft, lane, because);
  settleDown(draft, lane);
}

function startWhatMay(draft: Draft, lane: DraftLane, because: RuleName): void {
  // Where listeners or bodies throw, every start owes it to their having stopped nothing.
  const somethingThrows = draft.setup.listeners !== 'return' || draft.bodyThrew;
  let rule = because === 'work-conserving' && somethingThrows ? 'callback-safe' : because;
  // Whoever is called from here does not start anything: this does.
  lane.gated = true;
  for (let task = head(lane.backlog); task !== undefined; task = head(lane.backlog)) {
    const full = whyFull(draft, lane);
    if (full !== undefined) {
      draft.expectNoMoreStarts(full, lane);
      break;
    }
    lane.starts += 1;
    draft.expect(rule, key.start(lane.name, lane.starts), PRESENT);
    draft.expect(lane.backlog.length > 1 ? 'order' : rule, key.start(lane.name, lane.starts), task.id);
    start(draft, lane, task);
    // Whoever comes next owes his start to this one's having harmed nobody.
    if (task.throws) rule = 'callback-safe';
  }
  lane.gated = false;
}

/** The rule that forbids one more start; undefined if none does. */
function whyFull(draft: Draft, lane: DraftLane): RuleName | undefined {
  if (isOff(draft, lane)) return 'pause';
  return lane.holds.length >= lane.concurrency ? (lane.full ?? 'capacity') : undefined;
}

function start(draft: Draft, lane: DraftLane, task: Task): void {
  takeOut(lane.backlog, task);
  const hold: Hold = {
    id: task.id,
    lane: lane.name,
    task,
    startedAt: draft.now,
    lastSignAt: draft.now,
    hung: false,
    spared: false,
    aborted: false,
    disturbed: false,
    graceFor: undefined,
    graceUntil: 0,
  };
  draft.lastHold += 1;
  lane.holds.push(hold);
  lane.movedAt = draft.now;
  if (task.source === 'throws') draft.threw.push(lane.name);
  draft.tell('started', lane.name);
  draft.reach('body', lane.name);
  if (task.throws) failAtOnce(draft, lane, task);
}

/** Its body throws before it returns; by then it may have had its own slot taken back. */
function failAtOnce(draft: Draft, lane: DraftLane, task: Task): void {
  draft.bodyThrew = true;
  const hold = draft.hold(task.id);
  if (draft.detached.includes(hold)) return settleLate(draft, hold, 'rejected');
  leave(draft, hold, false);
  if (draft.terms.thrownByBody === 'told') draft.answer('callback-safe', task, outcome.rejected);
  draft.tell('settled', lane.name);
}

/** First by priority class, then by arrival. */
function head(backlog: readonly Task[]): Task | undefined {
  for (const priority of PRIORITIES) for (const task of backlog) if (task.priority === priority) return task;
  return undefined;
}

/** The whole backlog, in the order in which it would start. */
export function inOrder(backlog: readonly Task[]): Task[] {
  return PRIORITIES.flatMap((priority) => backlog.filter((task) => task.priority === priority));
}

/** After every change of a lane: does it wait, does somebody stand behind its holds, is it at rest? */
export function settleDown(draft: Draft, lane: DraftLane): void {
  if (lane.gated) return;
  watch(draft, lane);
  const isWaiting = waits(draft, lane);
  if (isWaiting !== (lane.waitingSince !== undefined)) {
    lane.waitingSince = isWaiting ? draft.now : undefined;
    lane.heldBackAt = undefined;
    draft.tell(isWaiting ? 'waiting' : 'flowing', lane.name);
  }
  if (rests(lane)) answerThoseWhoWaitForRest(draft, lane);
}

/** Has somebody come to stand behind its holds, or gone? */
export function watch(draft: Draft, lane: DraftLane): void {
  if (lane.gated) return;
  const watched = isWatched(draft, lane);
  if (watched !== (lane.watchedSince !== undefined)) lane.watchedSince = watched ? draft.now : undefined;
}
