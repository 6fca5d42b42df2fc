import { PRIORITIES, promises, type Contract } from './contract.ts';
import { Draft, takeOut, type DraftLane } from './draft.ts';
import type { Event } from './event.ts';
import { ABSENT, key, outcome, PRESENT, type Expectation } from './expectation.ts';
import type { RuleName } from './rules.ts';
import { atRest, ceilingOf, holdOf, waits, type Hold, type State, type Task } from './state.ts';

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
  draft.expectations.push(NO_ERROR);
  happen(contract, draft, event);
  noteWaiting(draft);
  const state = draft.state();
  expectCounts(draft, ruleOfCounts(before, event));
  if (atRest(state)) expectRest(draft);
  return { state, expectations: draft.expectations };
}

const NO_ERROR: Expectation = { rule: 'no-stray-errors', key: key.error, value: ABSENT };

function happen(contract: Contract, draft: Draft, event: Event): void {
  switch (event.type) {
    case 'enqueue':
      return enqueue(draft, event);
    case 'hang': {
      const hold = draft.hold(event.task);
      return draft.replace(hold, { ...hold, hung: true });
    }
    case 'progress': {
      const hold = draft.hold(event.task);
      return draft.replace(hold, { ...hold, lastSignAt: draft.now });
    }
    case 'settle':
      return settle(draft, event);
    case 'reset':
      return reset(draft, event.lane);
    case 'configure': {
      const lane = draft.lane(event.lane);
      lane.concurrency = event.concurrency;
      lane.configured = true;
      return dispatch(draft, lane, 'work-conserving');
    }
    case 'wait':
      return wait(draft, event);
    case 'give-up':
      return answer(draft, event.waiter, 'aborted');
    case 'tick':
      return tick(contract, draft, event.at);
  }
}

function enqueue(draft: Draft, { task: id, lane: name, priority, source, detach }: Event & { type: 'enqueue' }): void {
  const lane = draft.lane(name);
  lane.backlog.push({ id, lane: name, priority, source, detach });
  dispatch(draft, lane, 'work-conserving');
}

/** Starts the head of the backlog while there is a free slot; a start beyond that is forbidden. */
function dispatch(draft: Draft, lane: DraftLane, because: RuleName): void {
  for (let nth = 1; ; nth += 1) {
    const task = head(lane.backlog);
    if (task === undefined) return;
    if (lane.holds.length >= lane.concurrency) return draft.expect('capacity', key.start(lane.name, nth), ABSENT);
    const rule = lane.backlog.length > 1 ? 'order' : because;
    start(lane, task, draft.now);
    draft.expect(because, key.start(lane.name, nth), PRESENT);
    draft.expect(rule, key.start(lane.name, nth), task.id);
  }
}

function start(lane: DraftLane, task: Task, now: number): void {
  takeOut(lane.backlog, task);
  const { id, lane: name, priority, source, detach } = task;
  const [startedAt, lastSignAt] = [now, now];
  lane.holds.push({ id, lane: name, priority, source, detach, startedAt, lastSignAt, hung: false, spared: false });
  lane.movedAt = now;
}

/** First by priority class, then by arrival. */
function head(backlog: readonly Task[]): Task | undefined {
  for (const priority of PRIORITIES) for (const task of backlog) if (task.priority === priority) return task;
  return undefined;
}

function settle(draft: Draft, { task: id, how }: Event & { type: 'settle' }): void {
  const hold = draft.hold(id);
  if (draft.detached.includes(hold)) return settleLate(draft, hold, how);
  const lane = leave(draft, hold);
  dispatch(draft, lane, hold.spared ? 'sibling-safe' : 'work-conserving');
  draft.expect(hold.spared ? 'sibling-safe' : 'exactly-once', key.caller(id), outcome[how]);
  noteLeft(draft, hold, false);
}

/** The slot is another's by now: nothing happens but that the body is over. */
function settleLate(draft: Draft, late: Hold, how: 'fulfilled' | 'rejected'): void {
  takeOut(draft.detached, late);
  draft.expect('late-inert', key.start(late.lane, 1), ABSENT);
  if (late.detach) draft.expect('caller-outcome', key.caller(late.id), outcome[how]);
}

function reset(draft: Draft, only: string | undefined): void {
  const lanes = only === undefined ? draft.lanes : [draft.lane(only)];
  const holds = lanes.flatMap((lane) => lane.holds);
  for (const hold of holds) takeBack(draft, hold);
  for (const lane of lanes) dispatch(draft, lane, 'reset');
  for (const hold of holds) tellTakenBack(draft, hold, 'reset');
  draft.expect('reset', key.returned, holds.length);
}

/** At one instant: timeouts, then stalls, then dispatch; warnings come last, in `warnings.ts`. */
function tick(contract: Contract, draft: Draft, at: number): void {
  draft.now = at;
  for (const waiter of draft.waiters) if (waiter.until <= at) answer(draft, waiter.id, 'timeout');
  if (!promises(contract, 'no-permanent-saturation')) return;
  for (const lane of draft.lanes) if (lane.holds.length > 0) judge(draft, lane);
}

/** Takes back what is stalled in a lane that waits, and starts what may start then. Nothing else is touched. */
function judge(draft: Draft, lane: DraftLane): void {
  const stalled = lane.holds.filter((hold) => ceilingOf(draft, hold) <= draft.now);
  if (lane.waitingSince === undefined) return forbidTakingBack(draft, stalled, 'no-permanent-saturation');
  const healthy = lane.holds.filter((hold) => !stalled.includes(hold));
  if (stalled.length === 0) {
    // A ceiling has passed since the start: only a later sign of life keeps the hold.
    const livesBySigns = (hold: Hold): boolean => hold.startedAt + draft.setup.stallCeilingMs <= draft.now;
    for (const hold of healthy) {
      forbidTakingBack(draft, [hold], livesBySigns(hold) ? 'progress' : 'no-permanent-saturation');
    }
    return;
  }

  // A reclaim that depends on not believing a source is owed to `progress`.
  const rule = stalled.some(({ source }) => source === 'future') ? 'progress' : 'no-permanent-saturation';
  forbidTakingBack(draft, healthy, 'sibling-safe');
  for (const sibling of healthy) draft.replace(sibling, { ...sibling, spared: true });
  for (const hold of stalled) takeBack(draft, hold);
  dispatch(draft, lane, rule);
  draft.expect(rule, key.active(lane.name), lane.holds.length);
  for (const hold of stalled) {
    tellTakenBack(draft, hold, 'stalled');
    draft.reclaimed.push(lane.name);
  }
}

function forbidTakingBack(draft: Draft, holds: readonly Hold[], rule: RuleName): void {
  for (const { id } of holds) {
    draft.expect(rule, key.signal(id), ABSENT);
    draft.expect(rule, key.caller(id), ABSENT);
  }
}

function takeBack(draft: Draft, hold: Hold): void {
  leave(draft, hold);
  draft.detached.push(hold);
}

/** The body's signal aborts, the caller learns why unless he stays tied to the body, and waiters count it. */
function tellTakenBack(draft: Draft, hold: Hold, reason: 'stalled' | 'reset'): void {
  const why = outcome.takenBack(reason, hold.lane, draft.now - hold.startedAt, draft.now - hold.lastSignAt);
  draft.expect('caller-outcome', key.caller(hold.id), hold.detach ? ABSENT : why);
  draft.expect('caller-outcome', key.signal(hold.id), outcome.aborted);
  noteLeft(draft, hold, true);
}

function leave(draft: Draft, hold: Hold): DraftLane {
  const lane = draft.lane(hold.lane);
  takeOut(lane.holds, hold);
  lane.movedAt = draft.now;
  return lane;
}

function wait(draft: Draft, { waiter: id, lane, timeoutMs = Infinity, signal }: Event & { type: 'wait' }): void {
  const lanes = draft.lanes.filter(({ name }) => lane === undefined || name === lane);
  const captured = lanes.flatMap(({ holds }) => holds.map((hold) => hold.id));
  draft.waiters = [...draft.waiters, { id, captured, takenBack: 0, until: draft.now + timeoutMs, signal }];
  // Nothing to wait for is an answer even to someone who would not wait.
  if (captured.length === 0) answer(draft, id, 'left');
  else if (timeoutMs === 0) answer(draft, id, 'timeout');
}

/** A hold has left: those who captured it count it, and the last one answers them. */
function noteLeft(draft: Draft, hold: Hold, takenBack: boolean): void {
  for (const waiter of draft.waiters) {
    if (!waiter.captured.includes(hold.id)) continue;
    const captured = waiter.captured.filter((id) => id !== hold.id);
    const counted = { ...waiter, captured, takenBack: waiter.takenBack + (takenBack ? 1 : 0) };
    draft.waiters = draft.waiters.map((other) => (other === waiter ? counted : other));
    if (captured.length === 0) answer(draft, waiter.id, 'left');
  }
}

function answer(draft: Draft, id: string, how: 'left' | 'timeout' | 'aborted'): void {
  const { takenBack, captured } = draft.waiters.find((waiter) => waiter.id === id)!;
  draft.waiters = draft.waiters.filter((waiter) => waiter.id !== id);
  draft.expect('waiters', key.waiter(id), outcome.waiter(how, takenBack, captured.length));
}

/** Notes which lanes have begun or ceased to wait. */
function noteWaiting(draft: Draft): void {
  for (const lane of draft.lanes) {
    const now = waits(lane);
    if (now === (lane.waitingSince !== undefined)) continue;
    lane.waitingSince = now ? draft.now : undefined;
    lane.heldBackAt = undefined;
  }
}

/** Which rule a wrong count breaks: the one that the event is about. */
function ruleOfCounts(before: State, event: Event): RuleName {
  if (event.type === 'reset') return 'reset';
  if (event.type !== 'settle') return 'conservation';
  const hold = holdOf(before, event.task);
  if (hold === undefined) return 'late-inert';
  return hold.spared ? 'sibling-safe' : 'conservation';
}

/** The counts tell the truth whenever they are read. */
function expectCounts(draft: Draft, rule: RuleName): void {
  for (const { name, holds, backlog } of draft.lanes) {
    draft.expect(rule, key.active(name), holds.length);
    draft.expect(rule, key.queued(name), backlog.length);
  }
  draft.expect(rule, key.detached, draft.detached.length);
}

/** Nothing is queued, nothing is held, nobody waits: then nothing else may be left. */
function expectRest(draft: Draft): void {
  const { reclaimsHeldBack } = draft.told;
  if (reclaimsHeldBack > 0) draft.expect('warnings-bounded', key.reclaimsHeldBack, reclaimsHeldBack);
  const remembered = draft.lanes.filter(({ configured }) => configured);
  draft.expect('hygiene', key.timers, 0);
  draft.expect('hygiene', key.lanes, remembered.map(({ name }) => name).join(', '));
}
