import { promises, type Contract } from './contract.ts';
import { dispatch, settleDown } from './dispatch.ts';
import type { Draft, DraftLane } from './draft.ts';
import { key, outcome } from './expectation.ts';
import { expectKept, takeBack } from './leaving.ts';
import type { RuleName } from './rules.ts';
import { ceilingOf, holdOf, isOff, isWatched, outOfTimeAt, type Hold, type Lane, type State } from './state.ts';
import { answerWaiter } from './waiting.ts';

/** At one instant: waits that end, timeouts, stalls, dispatch, notices; warnings come last, in `warnings.ts`. */
export function tick(contract: Contract, draft: Draft, at: number): void {
  draft.now = at;
  for (const waiter of draft.waiters) if (waiter.until <= at) answerWaiter(draft, waiter, 'timeout');
  for (const lane of draft.lanes) settleDown(draft, lane);
  for (let isFirst = true, isOver = false; !isOver; isFirst = false) {
    // Where a slot goes to somebody new, or somebody calls the queue, others may begin to wait behind holds that are out of
    // time already: those are judged at the same instant, in a turn of their own. Where that takes one back, what people were
    // told in between was true then and may not be now.
    const { calls } = draft;
    const isAnyTakenBack = judge(contract, draft);
    if (!isFirst && isAnyTakenBack) draft.reentered = true;
    for (const lane of draft.lanes) giveNotice(draft, lane);
    draft.letCallersHear();
    isOver = !isAnyTakenBack && draft.calls === calls;
  }
}

/** Judges all that are out of time, and starts what may start then. False if nothing was taken back. */
function judge(contract: Contract, draft: Draft): boolean {
  const isLate = promises(contract, 'clock') && draft.now - earliestDue(contract, draft) > draft.setup.lateMs;
  const because = new Map<DraftLane, RuleName>();
  const held = draft.lanes.filter(({ holds }) => holds.length > 0);
  draft.gate(held, () => {
    if (promises(contract, 'timeout')) for (const lane of held) judgeTimeouts(contract, draft, lane, isLate, because);
    if (promises(contract, 'no-permanent-saturation')) {
      for (const lane of held) judgeStalls(draft, lane, isLate, because);
    }
  });
  for (const lane of held) {
    if (!lane.dozes || because.has(lane)) dispatch(draft, lane, because.get(lane) ?? 'work-conserving');
  }
  for (const [lane, rule] of because) lane.blame = rule;
  return because.size > 0;
}

/** When the first of those that are out of time now was due to be judged. */
function earliestDue(contract: Contract, draft: Draft): number {
  let earliest = Infinity;
  for (const lane of draft.lanes) {
    for (const hold of lane.holds) {
      for (const at of judgedAt(contract, draft, lane, hold)) if (at <= draft.now) earliest = Math.min(earliest, at);
    }
  }
  return earliest;
}

/** When a hold will be judged, for its own time and for the ceiling, as things are. */
export function judgedAt(
  contract: Contract,
  state: Pick<State, 'paused' | 'setup'>,
  lane: Lane,
  hold: Hold,
): [number, number] {
  const runsOn = contract.pausedTimeouts === 'run';
  const isTimed = promises(contract, 'timeout') && (runsOn || !isOff(state, lane));
  const own = isTimed ? Math.max(outOfTimeAt(hold, hold.task.timeoutMs), runsOn ? 0 : lane.onSince) : Infinity;
  const isWatchedNow = promises(contract, 'no-permanent-saturation') && lane.watchedSince !== undefined;
  const ceiling = isWatchedNow ? Math.max(outOfTimeAt(hold, state.setup.stallCeilingMs), lane.watchedSince) : Infinity;
  return [own, ceiling];
}

function judgeTimeouts(
  contract: Contract,
  draft: Draft,
  lane: DraftLane,
  isLate: boolean,
  because: Map<DraftLane, RuleName>,
): void {
  const timed = lane.holds.filter(({ startedAt, task }) => startedAt + task.timeoutMs <= draft.now);
  if (isOff(draft, lane) && draft.terms.pausedTimeouts === 'wait') return expectKept(draft, timed, 'pause');
  const isOut = (hold: Hold): boolean => outOfTimeAt(hold, hold.task.timeoutMs) <= draft.now;
  const out = timed.filter(isOut);
  // Where nothing else takes a slot back in the course of time, this rule keeps all the others too.
  const others = promises(contract, 'no-permanent-saturation') ? timed : lane.holds;
  expectKept(
    draft,
    others.filter((hold) => !isOut(hold)),
    'timeout',
  );
  for (const { id } of out) {
    // Whoever was told of the one before may have called the queue.
    const hold = holdOf(draft, id);
    if (hold === undefined) continue;
    if (isLate && hold.graceFor !== hold.lastSignAt) {
      giveGrace(draft, hold);
    } else {
      because.set(lane, 'timeout');
      takeBack(draft, hold, 'timeout');
    }
  }
}

/** Takes back what is stalled in a lane where that is in somebody's way. Nothing else is touched. */
function judgeStalls(draft: Draft, lane: DraftLane, isLate: boolean, because: Map<DraftLane, RuleName>): void {
  const silent = lane.holds.filter((hold) => ceilingOf(draft, hold) <= draft.now);
  // Those behind whom somebody has only just begun to stand are judged in the next turn.
  if (lane.watchedSince === undefined || !isWatched(draft, lane)) {
    const inTheWay = isOff(draft, lane) && lane.backlog.length > 0;
    return expectKept(draft, silent, inTheWay ? 'pause' : 'no-permanent-saturation');
  }
  const stalled = silent.filter((hold) => {
    const isOut = outOfTimeAt(hold, draft.setup.stallCeilingMs) <= draft.now;
    if (!isOut) expectKept(draft, [hold], 'clock');
    return isOut;
  });
  const healthy = lane.holds.filter((hold) => !silent.includes(hold));
  if (stalled.length === 0) {
    // Where a ceiling has passed since the start only a later sign of life keeps the hold, and a source may have been misread.
    const livesBySigns = ({ startedAt, task }: Hold): boolean =>
      task.source !== undefined || startedAt + draft.setup.stallCeilingMs <= draft.now;
    for (const hold of healthy) expectKept(draft, [hold], livesBySigns(hold) ? 'progress' : 'no-permanent-saturation');
    return;
  }
  const rule = ruleOfReclaim(lane, stalled);
  expectKept(draft, healthy, 'sibling-safe');
  const graced = stalled.filter((hold) => isLate && hold.graceFor !== hold.lastSignAt);
  for (const hold of graced) giveGrace(draft, hold);
  if (graced.length === stalled.length) return;
  because.set(lane, rule);
  for (const sibling of healthy) draft.change(sibling, { spared: true });
  for (const { id } of stalled.filter((hold) => !graced.includes(hold))) {
    // Whoever was told of the one before may have called the queue.
    const hold = holdOf(draft, id);
    if (hold === undefined) continue;
    takeBack(draft, hold, 'stalled');
    draft.reclaimed.push(lane.name);
  }
}

/** What the reclaim depends on: a clock that is not believed, a source that is not, a close, or the plain rule. */
function ruleOfReclaim({ backlog }: DraftLane, stalled: readonly Hold[]): RuleName {
  if (stalled.some(({ disturbed }) => disturbed)) return 'clock';
  if (stalled.some(({ task }) => task.source === 'future')) return 'progress';
  return backlog.length === 0 ? 'close' : 'no-permanent-saturation';
}

/** The clock was late: the body may have had no chance to report. It gets one, once for each sign of life. */
function giveGrace(draft: Draft, hold: Hold): void {
  expectKept(draft, [hold], 'clock');
  draft.change(hold, { graceFor: hold.lastSignAt, graceUntil: draft.now + draft.setup.graceMs, disturbed: true });
}

/** Those who asked for it are told that they still wait, in the order in which they came. */
function giveNotice(draft: Draft, lane: DraftLane): void {
  for (const task of lane.backlog.slice()) {
    if (task.noticeAt > draft.now) continue;
    const place = lane.backlog.indexOf(task);
    if (place === -1) continue;
    lane.backlog[place] = { ...task, noticeAt: Infinity };
    lane.notices += 1;
    draft.expect('never-silent', key.notice(lane.name, lane.notices), task.id);
    const says = outcome.notice(draft.now - task.enqueuedAt, lane.backlog.length, lane.holds.length);
    draft.expect('never-silent', key.noticeSays(task.id), says);
    if (task.throws || draft.setup.listeners !== 'return') draft.threw.push(lane.name);
    draft.reach('notice', lane.name);
  }
}
