import type { CallSite, Setup, Terms } from './contract.ts';
import type { Call } from './event.ts';
import { ABSENT, key, type Expectation } from './expectation.ts';
import type { RuleName } from './rules.ts';
import type { Hold, Lane, Planted, State, Task, TaskId, Told, Waiter } from './state.ts';

/** A lane of a draft, which may be changed. The tasks and holds in it may not: they are replaced. */
export interface DraftLane extends Lane {
  concurrency: number;
  configured: boolean;
  paused: boolean;
  readonly backlog: Task[];
  readonly holds: Hold[];
  waitingSince: number | undefined;
  watchedSince: number | undefined;
  onSince: number;
  movedAt: number;
  heldBackAt: number | undefined;
  dozes: boolean;
  /** How many callers were told in this step that they still wait. */
  notices: number;
  /** Somebody will dispatch it later in this step: until then nothing starts. */
  gated: boolean;
  /** How many tasks it has started in this step. */
  starts: number;
  /** How many calls about it were made from inside and have returned something. */
  callsInside: number;
  /** The rule to which its not starting more than it has slots for is owed in this step, where it is not the usual one. */
  full: RuleName | undefined;
  /** The rule that its counts are owed to in this step, where it is not the usual one. */
  blame: RuleName | undefined;
}

/**
 * A step being worked out: a copy of the state before that the transitions change, in the order in which things happen.
 * The state before is left as it was.
 */
export class Draft {
  readonly terms: Terms;
  now: number;
  readonly setup: Setup;
  paused: boolean;
  closed: boolean;
  readonly lanes: readonly DraftLane[];
  readonly detached: Hold[];
  waiters: readonly Waiter[];
  planted: Planted[];
  readonly told: Told;
  lastHold: number;
  transitions: number;
  readonly reclaimed: string[] = [];
  readonly threw: string[] = [];
  reentered = false;
  /** How many calls were made from inside. */
  calls = 0;
  expectations: Expectation[] = [];
  /** The signals that have aborted in this step. */
  readonly aborting: string[] = [];
  /** What was expected to be kept may have been taken back after all. */
  somethingTakenBack = false;
  /** What is asked before everything else, the last first. */
  readonly #graver: Expectation[] = [];
  readonly #outcomes: Expectation[] = [];
  /** Why no more may start in a lane than did, said at the end, when it is known how many did. */
  readonly #noMoreStarts: { readonly lane: DraftLane; readonly rule: RuleName }[] = [];
  /** The lanes whose callers were answered in this step, in order: they hear of it when everything else is over. */
  readonly #answered: string[] = [];
  /** Events that listeners have not been told yet; undefined while none is being told. */
  #untold: { readonly site: CallSite; readonly lane: string }[] | undefined = undefined;
  readonly #make: (call: Call) => number | undefined;

  /** `make` does to this draft what a call does, and says what the call returns. */
  constructor(terms: Terms, before: State, make: (draft: Draft, call: Call) => number | undefined) {
    this.terms = terms;
    this.now = before.now;
    this.setup = before.setup;
    this.paused = before.paused;
    this.closed = before.closed;
    this.lanes = before.lanes.map(copyOfLane);
    this.detached = before.detached.slice();
    this.waiters = before.waiters;
    this.planted = before.planted.slice();
    this.told = before.told;
    this.lastHold = before.lastHold;
    this.transitions = before.transitions;
    this.#make = (call) => make(this, call);
  }

  state(): State {
    const { now, setup, paused, closed, lanes, detached, waiters, planted, told } = this;
    const { lastHold, transitions, reclaimed, threw, reentered } = this;
    return {
      now,
      setup,
      paused,
      closed,
      lanes,
      detached,
      waiters,
      planted,
      told,
      lastHold,
      transitions,
      reclaimed,
      threw,
      reentered,
    };
  }

  /** This must be seen, and it is this rule that demands it. */
  expect(rule: RuleName, name: string, value: Expectation['value']): void {
    this.expectations.push({ rule, key: name, value });
  }

  /** The same, and it is the graver question: it is asked before all that were demanded until now. */
  expectFirst(rule: RuleName, name: string, value: Expectation['value']): void {
    this.#graver.push({ rule, key: name, value });
  }

  /** Nothing may start in the lane beyond what is expected to. */
  expectNoMoreStarts(rule: RuleName, lane: DraftLane): void {
    this.#noMoreStarts.push({ lane, rule });
  }

  /** This comes of it for somebody; who starts is a graver question and comes first. */
  expectOutcome(rule: RuleName, name: string, value: string): void {
    this.#outcomes.push({ rule, key: name, value });
  }

  /** A caller is answered so. He may call the queue then, but only when it has done all that it does at once. */
  answer(rule: RuleName, task: Task, value: string): void {
    this.expectOutcome(rule, key.caller(task.id), value);
    this.#answered.push(task.lane);
  }

  /** A listener is told of a transition. What happens while he is told, he is told later. */
  tell(site: CallSite, lane: string): void {
    this.transitions += 1;
    if (this.setup.listeners !== 'return') this.threw.push(lane);
    if (this.planted.length === 0) return;
    if (this.#untold !== undefined) {
      this.#untold.push({ site, lane });
      return;
    }
    this.#untold = [{ site, lane }];
    for (let next = this.#untold.shift(); next !== undefined; next = this.#untold.shift())
      this.reach(next.site, next.lane);
    this.#untold = undefined;
  }

  /** Somebody of the user's is called: if he is to call the queue back, he does. */
  reach(site: CallSite, lane: string): void {
    const place = this.planted.findIndex((one) => one.site === site && one.lane === lane);
    if (place === -1) return;
    const [{ call }] = this.planted.splice(place, 1) as [Planted];
    this.reentered = true;
    this.calls += 1;
    const value = this.#make(call);
    if (value === undefined) return;
    const itsLane = this.lane(lane);
    itsLane.callsInside += 1;
    expectReturned(this, call, key.returnedInside(lane, itsLane.callsInside), value);
  }

  /** What was done at once is done: those who were answered hear of it. */
  letCallersHear(): void {
    for (let lane = this.#answered.shift(); lane !== undefined; lane = this.#answered.shift())
      this.reach('caller', lane);
  }

  /** All that the step demands, in order of blame. */
  demands(): readonly Expectation[] {
    return this.#graver.length === 0 ? this.expectations : [...this.#graver.toReversed(), ...this.expectations];
  }

  /** The step is over. */
  finish(): void {
    this.letCallersHear();
    // Whoever starts one too many is not asked which: that is the graver question.
    for (const { lane, rule } of this.#noMoreStarts)
      this.expectFirst(rule, key.start(lane.name, lane.starts + 1), ABSENT);
    for (const { name, blame, holds } of this.lanes) {
      if (blame !== undefined) this.expect(blame, key.active(name), holds.length);
    }
    for (const outcome of this.#outcomes) this.expectations.push(outcome);
    if (!this.somethingTakenBack && this.calls === 0) return;
    // What was kept at first may have been ended in the end, for another reason or by a call from inside.
    const present = new Set(this.expectations.filter(({ value }) => value !== ABSENT).map((one) => one.key));
    this.expectations = this.expectations.filter((one) => one.value !== ABSENT || !present.has(one.key));
  }

  /** Keeps lanes from starting anything while something is done to them. Those that were not kept already are returned. */
  gate(lanes: readonly DraftLane[], act: () => void): readonly DraftLane[] {
    const mine = lanes.filter((lane) => !lane.gated);
    for (const lane of mine) lane.gated = true;
    act();
    for (const lane of mine) lane.gated = false;
    return mine;
  }

  /** The lane of this name, which the contract has. */
  lane(name: string): DraftLane {
    for (const lane of this.lanes) if (lane.name === name) return lane;
    throw new RangeError(`name: received ${JSON.stringify(name)}; pass a lane of the contract.`);
  }

  /** One lane, or, for undefined, all. */
  these(name: string | undefined): readonly DraftLane[] {
    return name === undefined ? this.lanes : [this.lane(name)];
  }

  /** The hold of a task, in its slot or detached. */
  hold(id: TaskId): Hold {
    for (const { holds } of this.lanes) for (const hold of holds) if (hold.id === id) return hold;
    for (const hold of this.detached) if (hold.id === id) return hold;
    throw new RangeError(`id: received ${JSON.stringify(id)}; pass a task whose body is out.`);
  }

  /** Puts a hold in the place of its former self, wherever that is. */
  change(before: Hold, changes: Partial<Hold>): void {
    const place = [this.lane(before.lane).holds, this.detached].find((holds) => holds.includes(before))!;
    place[place.indexOf(before)] = { ...before, ...changes };
  }
}

/** What a call returns is demanded by the rule of its own name. */
export function expectReturned(draft: Draft, call: Call, name: string, value: number | undefined): void {
  if (value !== undefined) draft.expect(call.type === 'clear' ? 'clear' : 'reset', name, value);
}

/** Takes an item out of a list that has it. */
export function takeOut<Item>(items: Item[], item: Item): void {
  items.splice(items.indexOf(item), 1);
}

/** Field by field: a spread costs ten times as much, and every step begins with this. */
function copyOfLane(lane: Lane): DraftLane {
  return {
    name: lane.name,
    concurrency: lane.concurrency,
    configured: lane.configured,
    paused: lane.paused,
    backlog: lane.backlog.slice(),
    holds: lane.holds.slice(),
    waitingSince: lane.waitingSince,
    watchedSince: lane.watchedSince,
    onSince: lane.onSince,
    movedAt: lane.movedAt,
    heldBackAt: lane.heldBackAt,
    dozes: lane.dozes,
    notices: 0,
    gated: false,
    starts: 0,
    callsInside: 0,
    full: undefined,
    blame: undefined,
  };
}
