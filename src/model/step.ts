import { PRIORITIES, promises, type Contract } from './contract.ts';
import { Draft } from './draft.ts';
import type { Event } from './event.ts';
import { ABSENT, key, outcome, PRESENT, type Expectation } from './expectation.ts';
import type { RuleName } from './rules.ts';
import { atRest, countDetached, waits, type Lane, type State, type Task, type TaskId } from './state.ts';

/** A state, and what must have been seen on the way to it, in order of blame. */
export interface Step {
  readonly state: State;
  readonly expectations: readonly Expectation[];
}

/**
 * What a queue under this contract does with an event. This is the specification; warnings, where more than one answer
 * is right, have their own in `warnings.ts`.
 */
export function step(contract: Contract, before: State, event: Event): Step {
  const draft = new Draft(before);
  draft.expect('no-stray-errors', key.error(1), ABSENT);
  happen(contract, draft, event);
  noteWaiting(draft);
  const { state } = draft;
  expectCounts(draft, state, ruleOfCounts(before, event));
  expectRest(draft, state);
  return { state, expectations: draft.expectations };
}

function happen(contract: Contract, draft: Draft, event: Event): void {
  switch (event.type) {
    case 'enqueue':
      return enqueue(draft, event);
    case 'hang':
      return draft.changeTask(event.task, { hung: true });
    case 'progress':
      return progress(draft, draft.task(event.task));
    case 'settle':
      return settle(draft, draft.task(event.task), event.how);
    case 'reset':
      return reset(draft, event.lane);
    case 'configure':
      draft.changeLane(event.lane, { concurrency: event.concurrency, configured: true });
      return dispatch(draft, event.lane, 'work-conserving');
    case 'wait':
      return wait(draft, event);
    case 'give-up':
      return answer(draft, event.waiter, 'aborted');
    case 'tick':
      return tick(contract, draft, event.at);
  }
}

function enqueue(draft: Draft, { task: id, lane, priority, source, detach }: Event & { type: 'enqueue' }): void {
  const place = 'queued';
  draft.addTask({ id, lane, priority, source, detach, place, startedAt: 0, lastSignAt: 0, hung: false, spared: false });
  draft.changeLane(lane, { backlog: [...draft.lane(lane).backlog, id] });
  dispatch(draft, lane, 'work-conserving');
}

/** Starts the head of the backlog while there is a free slot; a start beyond that is forbidden. */
function dispatch(draft: Draft, name: string, because: RuleName): void {
  for (let nth = 1; ; nth += 1) {
    const lane = draft.lane(name);
    const id = head(draft, lane);
    if (id === undefined) return;
    if (lane.holds.length >= lane.concurrency) return draft.expect('capacity', key.start(name, nth), ABSENT);
    const hadChoice = lane.backlog.length > 1;
    start(draft, lane, id);
    draft.expect(because, key.start(name, nth), PRESENT);
    draft.expect(hadChoice ? 'order' : because, key.start(name, nth), id);
  }
}

function start(draft: Draft, lane: Lane, id: TaskId): void {
  draft.changeTask(id, { place: 'held', startedAt: draft.now, lastSignAt: draft.now });
  draft.changeLane(lane.name, {
    backlog: lane.backlog.filter((other) => other !== id),
    holds: [...lane.holds, id],
    movedAt: draft.now,
  });
}

/** First by priority class, then by arrival. */
function head(draft: Draft, lane: Lane): TaskId | undefined {
  for (const priority of PRIORITIES) {
    const first = lane.backlog.find((id) => draft.task(id).priority === priority);
    if (first !== undefined) return first;
  }
  return undefined;
}

/** A sign of life, now. One from a body whose slot was taken back says nothing about any slot. */
function progress(draft: Draft, task: Task): void {
  if (task.place === 'held') draft.changeTask(task.id, { lastSignAt: draft.now });
}

function settle(draft: Draft, task: Task, how: 'fulfilled' | 'rejected'): void {
  if (task.place === 'detached') return settleLate(draft, task, how);
  leave(draft, task);
  draft.removeTask(task.id);
  dispatch(draft, task.lane, task.spared ? 'sibling-safe' : 'work-conserving');
  draft.expect(task.spared ? 'sibling-safe' : 'exactly-once', key.caller(task.id), outcome[how]);
  noteLeft(draft, task.id, false);
}

/** The slot is another's by now: nothing happens but that the body is over. */
function settleLate(draft: Draft, task: Task, how: 'fulfilled' | 'rejected'): void {
  draft.removeTask(task.id);
  draft.expect('late-inert', key.start(task.lane, 1), ABSENT);
  if (task.detach) draft.expect('caller-outcome', key.caller(task.id), outcome[how]);
}

function reset(draft: Draft, only: string | undefined): void {
  const lanes = only === undefined ? Object.keys(draft.lanes) : [only];
  const holds = lanes.flatMap((lane) => draft.lane(lane).holds);
  for (const id of holds) takeBack(draft, id);
  for (const lane of lanes) dispatch(draft, lane, 'reset');
  for (const id of holds) tellTakenBack(draft, id, 'reset');
  draft.expect('reset', key.returned, holds.length);
}

/** At one instant: timeouts, then stalls, then dispatch; warnings come last, in `warnings.ts`. */
function tick(contract: Contract, draft: Draft, at: number): void {
  draft.now = at;
  for (const waiter of draft.waiters.values()) if (waiter.until <= at) answer(draft, waiter.id, 'timeout');
  if (!promises(contract, 'no-permanent-saturation')) return;
  for (const lane of Object.values(draft.lanes)) judge(draft, lane);
}

/** Takes back what is stalled in a lane that waits, and starts what may start then. Nothing else is touched. */
function judge(draft: Draft, { name, holds, waitingSince }: Lane): void {
  const hasStalled = (id: TaskId): boolean => draft.task(id).lastSignAt + draft.setup.stallCeilingMs <= draft.now;
  const stalled = holds.filter(hasStalled);
  const healthy = holds.filter((id) => !hasStalled(id));
  if (waitingSince === undefined) return forbidTakingBack(draft, stalled, 'no-permanent-saturation');
  if (stalled.length === 0) return forbidTakingBack(draft, healthy.filter(pastFirstCeiling(draft)), 'progress');

  // A reclaim that depends on not believing a source is owed to `progress`.
  const isLie = stalled.some((id) => draft.task(id).source === 'future');
  const rule = isLie ? 'progress' : 'no-permanent-saturation';
  forbidTakingBack(draft, healthy, 'sibling-safe');
  for (const id of healthy) draft.changeTask(id, { spared: true });
  for (const id of stalled) takeBack(draft, id);
  dispatch(draft, name, rule);
  draft.expect(rule, key.lane(name), laneText(draft.lane(name)));
  for (const id of stalled) tellTakenBack(draft, id, 'stalled');
  for (const _ of stalled) draft.reclaimed.push(name);
}

/** A ceiling has passed since the start: only a later sign of life keeps the hold. */
function pastFirstCeiling(draft: Draft): (id: TaskId) => boolean {
  return (id) => draft.task(id).startedAt + draft.setup.stallCeilingMs <= draft.now;
}

function forbidTakingBack(draft: Draft, holds: readonly TaskId[], rule: RuleName): void {
  for (const id of holds) {
    draft.expect(rule, key.signal(id), ABSENT);
    draft.expect(rule, key.caller(id), ABSENT);
  }
}

function takeBack(draft: Draft, id: TaskId): void {
  leave(draft, draft.task(id));
  draft.changeTask(id, { place: 'detached' });
}

/** The body's signal aborts, the caller learns why unless he stays tied to the body, and waiters count it. */
function tellTakenBack(draft: Draft, id: TaskId, reason: 'stalled' | 'reset'): void {
  const { lane, startedAt, lastSignAt, detach } = draft.task(id);
  const why = outcome.takenBack(reason, lane, draft.now - startedAt, draft.now - lastSignAt);
  draft.expect('caller-outcome', key.caller(id), detach ? ABSENT : why);
  draft.expect('caller-outcome', key.signal(id), outcome.aborted);
  noteLeft(draft, id, true);
}

function leave(draft: Draft, { id, lane }: Task): void {
  const holds = draft.lane(lane).holds.filter((other) => other !== id);
  draft.changeLane(lane, { holds, movedAt: draft.now });
}

function wait(draft: Draft, { waiter: id, lane, timeoutMs = Infinity }: Event & { type: 'wait' }): void {
  const captured = lane === undefined ? Object.values(draft.lanes).flatMap((one) => one.holds) : draft.lane(lane).holds;
  draft.setWaiter({ id, captured, takenBack: 0, until: draft.now + timeoutMs });
  // Nothing to wait for is an answer even to someone who would not wait.
  if (captured.length === 0) answer(draft, id, 'left');
  else if (timeoutMs === 0) answer(draft, id, 'timeout');
}

/** A hold has left: those who captured it count it, and the last one answers them. */
function noteLeft(draft: Draft, id: TaskId, takenBack: boolean): void {
  for (const waiter of draft.waiters.values()) {
    if (!waiter.captured.includes(id)) continue;
    const captured = waiter.captured.filter((other) => other !== id);
    draft.setWaiter({ ...waiter, captured, takenBack: waiter.takenBack + (takenBack ? 1 : 0) });
    if (captured.length === 0) answer(draft, waiter.id, 'left');
  }
}

function answer(draft: Draft, id: string, how: 'left' | 'timeout' | 'aborted'): void {
  const { takenBack, captured } = draft.waiters.get(id)!;
  draft.removeWaiter(id);
  draft.expect('waiters', key.waiter(id), outcome.waiter(how, takenBack, captured.length));
}

/** Notes which lanes have begun or ceased to wait. */
function noteWaiting(draft: Draft): void {
  for (const lane of Object.values(draft.lanes)) {
    if (waits(lane) === (lane.waitingSince !== undefined)) continue;
    draft.changeLane(lane.name, { waitingSince: waits(lane) ? draft.now : undefined, heldBackAt: undefined });
  }
}

/** Which rule a wrong count breaks: the one that the event is about. */
function ruleOfCounts(before: State, event: Event): RuleName {
  if (event.type === 'reset') return 'reset';
  if (event.type !== 'settle') return 'conservation';
  const task = before.tasks.get(event.task)!;
  if (task.place === 'detached') return 'late-inert';
  return task.spared ? 'sibling-safe' : 'conservation';
}

/** The counts tell the truth whenever they are read. */
function expectCounts(draft: Draft, state: State, rule: RuleName): void {
  for (const lane of Object.values(state.lanes)) draft.expect(rule, key.lane(lane.name), laneText(lane));
  draft.expect(rule, key.detached, countDetached(state));
}

function laneText({ holds, backlog }: Lane): string {
  return outcome.lane(holds.length, backlog.length);
}

function expectRest(draft: Draft, state: State): void {
  if (!atRest(state)) return;
  const remembered = Object.values(state.lanes).filter((lane) => lane.configured);
  draft.expect('hygiene', key.timers, 0);
  draft.expect('hygiene', key.lanes, remembered.map((lane) => lane.name).join(', '));
}
