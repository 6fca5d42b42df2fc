import { promises, type Contract } from './contract.ts';
import { deadlines } from './deadlines.ts';
import { dispatch, inOrder, watch } from './dispatch.ts';
import { Draft, expectReturned } from './draft.ts';
import type { Call, Event } from './event.ts';
import { ABSENT, key, outcome, PRESENT, type Expectation } from './expectation.ts';
import { tick } from './judging.ts';
import { drop, giveUp, leave, settleLate, takeBack } from './leaving.ts';
import type { RuleName } from './rules.ts';
import { atRest, holdOf, isAboutAnother, isOff, type State, type Task } from './state.ts';
import { answerWaiter, beginToWait } from './waiting.ts';

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
  const draft = new Draft(contract, before, make);
  draft.expectations.push(NO_ERROR);
  happen(contract, draft, event);
  draft.finish();
  if (draft.bodyThrew && contract.thrownByBody === 'thrown-on') draft.expectations[0] = ERROR_OF_BODY;
  const state = draft.state();
  expectCounts(contract, draft, before, event);
  if (atRest(state)) expectRest(draft);
  return { state, expectations: draft.demands() };
}

const NO_ERROR: Expectation = { rule: 'no-stray-errors', key: key.error, value: ABSENT };
const ERROR_OF_BODY: Expectation = { rule: 'callback-safe', key: key.error, value: PRESENT };

function happen(contract: Contract, draft: Draft, event: Event): void {
  switch (event.type) {
    case 'hang':
      return draft.change(draft.hold(event.task), { hung: true });
    case 'progress':
      return draft.change(draft.hold(event.task), { lastSignAt: draft.now });
    case 'settle':
      return settle(draft, event);
    case 'give-up':
      return answerWaiter(
        draft,
        draft.waiters.find(({ id }) => id === event.waiter)!,
        'aborted',
      );
    case 'plant':
      draft.planted.push({ site: event.site, lane: event.lane, call: event.call });
      return;
    case 'unplant':
      draft.planted = draft.planted.filter((one) => !isAboutAnother(one));
      return;
    case 'tick':
      return tick(contract, draft, event.at);
    case 'look':
      return look(contract, draft);
    case 'jump':
      for (const { holds } of draft.lanes) for (const hold of holds.slice()) draft.change(hold, { disturbed: true });
      return;
    default:
      return expectReturned(draft, event, key.returned, make(draft, event));
  }
}

/** What need not be seen after each event: a timer that must ring keeps the process alive, and what was held back is counted. */
function look(contract: Contract, draft: Draft): void {
  const { judgement, waiter } = deadlines(contract, draft.state());
  draft.expect('hygiene', key.keptAlive, judgement < Infinity || waiter < Infinity ? 'yes' : 'no');
  const { reclaimsHeldBack } = draft.told;
  if (reclaimsHeldBack > 0) draft.expect('warnings-bounded', key.reclaimsHeldBack, reclaimsHeldBack);
}

/** What a call of the queue does, wherever it is made, and what it returns, if that is a number. */
function make(draft: Draft, call: Call): number | undefined {
  switch (call.type) {
    case 'enqueue':
      enqueue(draft, call);
      return undefined;
    case 'reset':
      return reset(draft, call.lane);
    case 'clear': {
      const tasks = draft.these(call.lane).flatMap(({ backlog }) => inOrder(backlog));
      return dropAll(draft, tasks, 'clear', draft.terms.clearedCaller === 'told' ? outcome.dropped.cleared : undefined);
    }
    case 'pause':
    case 'resume':
      turn(draft, call.lane, 'pause', () => {
        const target = call.lane === undefined ? draft : draft.lane(call.lane);
        const paused = call.type === 'pause';
        if (target.paused !== paused) draft.transitions += 1;
        target.paused = paused;
      });
      return undefined;
    case 'abort':
      abort(draft, call.signal);
      return undefined;
    case 'configure':
      turn(draft, call.lane, 'work-conserving', () => {
        const lane = draft.lane(call.lane);
        lane.dozes = draft.terms.raisedConcurrency === 'starts-later';
        lane.concurrency = call.concurrency;
        lane.configured = true;
        draft.transitions += 1;
      });
      return undefined;
    case 'wait': {
      const { waiter: id, until: kind, lane, timeoutMs = Infinity, signal, aborted } = call;
      const captured = kind === 'idle' ? [] : draft.these(lane).flatMap(({ holds }) => holds.map((hold) => hold.id));
      const waiter = { id, kind, lane, captured, takenBack: 0, until: draft.now + timeoutMs, signal };
      beginToWait(draft, waiter, aborted);
      return undefined;
    }
    case 'close':
      close(draft, call);
      return undefined;
  }
}

function enqueue(draft: Draft, call: Call & { type: 'enqueue' }): void {
  const lane = draft.lane(call.lane);
  const { priority, source, detach, timeoutMs = Infinity, signal, throws, noticeAfterMs = Infinity } = call;
  const noticeAt = draft.now + noticeAfterMs;
  const task: Task = {
    id: call.task,
    lane: call.lane,
    priority,
    source,
    detach,
    timeoutMs,
    signal,
    throws,
    noticeAt,
    enqueuedAt: draft.now,
  };
  if (draft.closed || call.aborted) {
    draft.transitions += 1;
    if (draft.closed) return draft.answer('close', task, outcome.refused);
    return draft.answer('abort', task, outcome.dropped.aborted);
  }
  lane.backlog.push(task);
  draft.tell('enqueued', lane.name);
  dispatch(draft, lane, 'work-conserving');
}

function settle(draft: Draft, { task: id, how }: Event & { type: 'settle' }): void {
  const hold = draft.hold(id);
  if (draft.detached.includes(hold)) return settleLate(draft, hold, how);
  const lane = leave(draft, hold, false);
  draft.answer(hold.spared ? 'sibling-safe' : 'exactly-once', hold.task, outcome[how]);
  draft.tell('settled', lane.name);
  dispatch(draft, lane, hold.spared ? 'sibling-safe' : 'work-conserving');
}

function reset(draft: Draft, only: string | undefined): number {
  const lanes = draft.these(only).filter(({ holds }) => holds.length > 0);
  const holds = lanes.flatMap((lane) => lane.holds);
  let takenBack = 0;
  const mine = draft.gate(lanes, () => {
    for (const { id } of holds) {
      // Whoever was told of the one before may have called the queue.
      const hold = holdOf(draft, id);
      if (hold === undefined) continue;
      takeBack(draft, hold, 'reset');
      takenBack += 1;
    }
  });
  for (const lane of mine) dispatch(draft, lane, 'reset');
  return takenBack;
}

/** Takes those of the tasks that are still queued out of their backlogs, and says how many those were. */
function dropAll(draft: Draft, tasks: readonly Task[], rule: RuleName, why: string | undefined): number {
  let dropped = 0;
  const lanes = draft.lanes.filter(({ name }) => tasks.some((task) => task.lane === name));
  const mine = draft.gate(lanes, () => {
    for (const task of tasks) {
      // Whoever was told of the one before may have called the queue.
      if (!draft.lane(task.lane).backlog.includes(task)) continue;
      drop(draft, task, rule, why);
      dropped += 1;
    }
  });
  for (const lane of mine) dispatch(draft, lane, 'work-conserving');
  return dropped;
}

/** Queued tasks that share the signal are dropped; bodies that do are told to stop, and keep their slots, or give them up. */
function abort(draft: Draft, signal: string): void {
  // It aborts once: whoever is told of that and would abort it again does nothing.
  if (draft.aborting.includes(signal)) return;
  draft.aborting.push(signal);
  const shared = draft.lanes.flatMap(({ backlog }) => backlog.filter((task) => task.signal === signal));
  dropAll(draft, shared, 'abort', outcome.dropped.aborted);
  const told = draft.lanes.map(({ holds }) => holds.filter(({ task, aborted }) => task.signal === signal && !aborted));
  for (const hold of told.flat()) {
    draft.transitions += 1;
    draft.expect('abort', key.signal(hold.id), outcome.dropped.aborted);
    if (draft.terms.abortWhileActive === 'keeps-slot') draft.expect('abort', key.caller(hold.id), ABSENT);
    draft.change(hold, { aborted: true });
  }
  if (draft.terms.abortWhileActive === 'keeps-slot') return;
  for (const { id } of told.flat()) {
    // Whoever was told of the one before may have called the queue.
    const hold = holdOf(draft, id);
    if (hold !== undefined) giveUp(draft, hold);
  }
  for (const lane of draft.lanes) dispatch(draft, lane, 'abort');
}

/** Lanes may go off or come on: what comes on starts what it may, and is judged from now. */
function turn(draft: Draft, only: string | undefined, because: RuleName, act: () => void): void {
  const lanes = draft.these(only);
  const wereOff = lanes.filter((lane) => isOff(draft, lane));
  act();
  for (const lane of wereOff) {
    if (isOff(draft, lane)) continue;
    lane.onSince = draft.now;
    // A resume starts all that may start, slots that were given before it among them.
    if (because === 'pause') lane.dozes = false;
  }
  for (const lane of lanes) if (!lane.dozes) dispatch(draft, lane, because);
}

function close(draft: Draft, { waiter: id, deadlineMs = Infinity }: Call & { type: 'close' }): void {
  if (!draft.closed) draft.transitions += 1;
  draft.closed = true;
  const until = draft.now + deadlineMs;
  beginToWait(draft, { id, kind: 'close', lane: undefined, captured: [], takenBack: 0, until, signal: false });
  for (const lane of draft.lanes) watch(draft, lane);
}

/** The counts tell the truth whenever they are read. */
function expectCounts(contract: Contract, draft: Draft, before: State, event: Event): void {
  const rule = ruleOfCounts(draft, before, event);
  const only = draft.reentered || !promises(contract, 'isolation') ? undefined : laneOfEvent(before, event);
  for (const { name, holds, backlog, blame } of draft.lanes) {
    if (only !== undefined && name !== only) {
      // Whoever touches another lane is asked about that first.
      draft.expectFirst('isolation', key.active(name), holds.length);
      draft.expectFirst('isolation', key.queued(name), backlog.length);
      continue;
    }
    draft.expect(blame ?? rule, key.active(name), holds.length);
    draft.expect(blame ?? rule, key.queued(name), backlog.length);
  }
  draft.expect(rule, key.detached, draft.detached.length);
}

/** Which rule a wrong count breaks: the one that the event is about. */
function ruleOfCounts({ setup, bodyThrew }: Draft, before: State, event: Event): RuleName {
  if (bodyThrew) return 'callback-safe';
  switch (event.type) {
    case 'reset':
    case 'clear':
    case 'abort':
    case 'close':
      return event.type;
    case 'pause':
    case 'resume':
      return 'pause';
    case 'jump':
      return 'clock';
    case 'settle': {
      const hold = holdOf(before, event.task);
      if (hold === undefined) return 'late-inert';
      if (hold.spared) return 'sibling-safe';
      break;
    }
    case 'enqueue':
      if (event.throws) return 'callback-safe';
      break;
    default:
  }
  return setup.listeners === 'return' ? 'conservation' : 'callback-safe';
}

/** The one lane that an event is about; undefined where it may be about all. */
function laneOfEvent(before: State, event: Event): string | undefined {
  if ('lane' in event) return event.lane;
  return 'task' in event ? holdOf(before, event.task)?.lane : undefined;
}

/** Nothing is queued, nothing is held, nobody waits: then nothing else may be left. */
function expectRest(draft: Draft): void {
  const remembered = draft.lanes.filter(({ configured, paused }) => configured || paused);
  draft.expect('conservation', key.total, outcome.total(0, 0));
  for (const { name } of draft.lanes) {
    const inLane = draft.detached.filter(({ lane }) => lane === name);
    draft.expect('conservation', key.detachedIn(name), inLane.length);
  }
  draft.expect('caller-outcome', key.lastHold, draft.lastHold);
  draft.expect('observable', key.transitions, draft.transitions);
  draft.expect('hygiene', key.timers, 0);
  draft.expect('hygiene', key.listeners, 0);
  draft.expect('hygiene', key.lanes, remembered.map(({ name }) => name).join(', '));
}
