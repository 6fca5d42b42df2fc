import { takeOut, type Draft, type DraftLane } from './draft.ts';
import { ABSENT, key, outcome } from './expectation.ts';
import type { RuleName } from './rules.ts';
import type { Hold, Task } from './state.ts';
import { noteLeft } from './waiting.ts';

/** A hold gives its slot up: whoever waited for it counts it. */
export function leave(draft: Draft, hold: Hold, takenBack: boolean): DraftLane {
  const lane = draft.lane(hold.lane);
  takeOut(lane.holds, hold);
  lane.movedAt = draft.now;
  noteLeft(draft, hold, takenBack);
  return lane;
}

/** The slot is another's by now: nothing happens but that the body is over. */
export function settleLate(draft: Draft, late: Hold, how: 'fulfilled' | 'rejected'): void {
  takeOut(draft.detached, late);
  draft.transitions += 1;
  draft.expectNoMoreStarts('late-inert', draft.lane(late.lane));
  if (late.task.detach) draft.answer('caller-outcome', late.task, outcome[how]);
}

/** The slot is taken back: the body's signal aborts, and the caller learns why unless he stays tied to the body. */
export function takeBack(draft: Draft, hold: Hold, reason: 'stalled' | 'timeout' | 'reset'): void {
  leave(draft, hold, true);
  draft.detached.push(hold);
  draft.somethingTakenBack = true;
  draft.tell('taken-back', hold.lane);
  const [heldMs, silentMs] = [draft.now - hold.startedAt, draft.now - hold.lastSignAt];
  const tellsAges = draft.terms.takenBackCaller === 'told-ages';
  const why = tellsAges ? outcome.takenBack(reason, hold.lane, heldMs, silentMs) : outcome.takenBackFor(reason);
  if (hold.task.detach) draft.expectOutcome('caller-outcome', key.caller(hold.id), ABSENT);
  else draft.answer('caller-outcome', hold.task, why);
  if (!hold.aborted) draft.expectOutcome('caller-outcome', key.signal(hold.id), why);
}

/** The body was told to stop, and its slot does not wait for it: its caller learns why. */
export function giveUp(draft: Draft, hold: Hold): void {
  leave(draft, hold, true);
  draft.detached.push(hold);
  draft.somethingTakenBack = true;
  draft.answer('abort', hold.task, outcome.dropped.aborted);
}

/** The task leaves its backlog without having run; without a reason nobody is told. */
export function drop(draft: Draft, task: Task, rule: RuleName, why: string | undefined): void {
  takeOut(draft.lane(task.lane).backlog, task);
  if (why !== undefined) draft.answer(rule, task, why);
  draft.tell('dropped', task.lane);
}

/** These holds keep their slots, and nobody is told otherwise. Whoever starts too many sits in the slot of one of them. */
export function expectKept(draft: Draft, holds: readonly Hold[], rule: RuleName): void {
  for (const { id, lane, aborted, disturbed } of holds) {
    const itsRule = disturbed ? 'clock' : rule;
    if (!aborted) draft.expect(itsRule, key.signal(id), ABSENT);
    draft.expect(itsRule, key.caller(id), ABSENT);
    draft.lane(lane).full ??= itsRule;
  }
}
