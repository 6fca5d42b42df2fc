import { AsyncResource } from 'node:async_hooks';
import { systemClock, type Clock } from './clock.ts';
import { TaskContext } from './context.ts';
import { ClearedError, ClosedError, TakenBackError, type TakenBackReason } from './errors.ts';
import { EventStream, type QueueEvent } from './events.ts';
import { Hold } from './hold.ts';
import { Judge } from './judge.ts';
import { Lane, type Switch } from './lane.ts';
import { logBy } from './logger.ts';
import { Notices } from './notices.ts';
import {
  aLogger,
  anObject,
  bad,
  callback,
  clockPort,
  count,
  duration,
  durationOrZero,
  laneName,
  patience,
  taskOptions,
  type CloseOptions,
  type EnqueueOptions,
  type LaneOptions,
  type LaneQueueOptions,
  type WaitOptions,
} from './options.ts';
import { readProgressSource, type OnFault } from './progress.ts';
import { SharedSignals } from './shared-signals.ts';
import { shield } from './shield.ts';
import { snapshotOf, statsOf, type Counts, type LaneSnapshot, type QueueStats } from './snapshot.ts';
import { Task, type Body } from './task.ts';
import { Waiters, type End, type IdleResult, type Wait, type WaitResult } from './waiters.ts';
import { Warnings, type LaneEvent, type Warning } from './warnings.ts';

/** How a close ended, and what was left then. */
export interface CloseResult {
  /** `"drained"`: nothing was queued and nothing was held. `"deadline"`: the deadline came first. */
  readonly outcome: 'drained' | 'deadline';
  readonly queued: number;
  readonly active: number;
  /** Bodies that were still out although their slot was taken back. They delay nothing. */
  readonly detached: number;
}

/**
 * Named lanes of slots. A task that stalls while others wait behind it loses its slot; nothing else does.
 *
 * The promises, by name, are in `docs/rules.md`.
 */
export class LaneQueue {
  readonly #clock: Clock;
  readonly #defaultConcurrency: number;
  readonly #stallCeilingMs: number;
  /** The queue's own async context: of its timers, its listeners, its loggers. Rule: `context`. */
  readonly #scope = new AsyncResource('LaneQueue');
  readonly #lanes = new Map<string, Lane>();
  readonly #switch: Switch = { paused: false };
  readonly #events: EventStream;
  readonly #judge: Judge;
  readonly #notices: Notices;
  readonly #waiters: Waiters;
  readonly #warnings: Warnings;
  readonly #signals = new SharedSignals<Task>((tasks, reason) => this.#abort(tasks, reason));
  /** How many bodies each lane has out although it took their slots back; a lane may be forgotten before they end. */
  readonly #detached = new Map<string, number>();
  /** Those who wait for the whole queue to rest. */
  readonly #restWaits = new Set<Wait>();
  #lastHold = 0;
  #queuedTotal = 0;
  #activeTotal = 0;
  #detachedTotal = 0;
  /** Lanes that wait, or have still to say that they wait no more. */
  #waitingLanes = 0;
  #isClosed = false;
  /** How many wait for the closed queue to drain: they stand behind every hold. */
  #closers = 0;

  /** @throws RangeError or TypeError that names the option, if one is not what it should be. */
  constructor(options: LaneQueueOptions = {}) {
    anObject('options', options);
    const stallCeilingMs = duration('options.stallCeilingMs', options.stallCeilingMs, 600_000);
    const lateMs = duration('options.lateMs', options.lateMs, 1_000);
    const graceMs = duration('options.graceMs', options.graceMs, 5_000);
    const warnEveryMs = duration('options.warnEveryMs', options.warnEveryMs, 30_000);
    const blockedAfterMs = durationOrZero('options.blockedAfterMs', options.blockedAfterMs, warnEveryMs);
    const maxWarningsPerMinute = count('options.maxWarningsPerMinute', options.maxWarningsPerMinute, 60, 1);
    const onWarning = callback('options.onWarning', options.onWarning);
    const logger = aLogger('options.logger', options.logger);
    const onEvent = callback('options.onEvent', options.onEvent);
    this.#defaultConcurrency = count('options.concurrency', options.concurrency, 1, 0);
    this.#stallCeilingMs = stallCeilingMs;
    this.#clock = clockPort('options.clock', options.clock) ?? systemClock;
    const clock = inScope(this.#clock, this.#scope);
    const ring = (): void => this.#tick();
    // An asynchronous listener may fail long after the event.
    const onListenerFault = (error: unknown, { lane = '*' }: QueueEvent): void =>
      this.#warnings.fault(lane, 'onEvent', error, this.#clock.now());
    this.#events = new EventStream(this, onEvent, onListenerFault, this.#scope);
    this.#judge = new Judge(clock, { stallCeilingMs, lateMs, graceMs }, this.#isWatched, this.#fault, ring);
    this.#notices = new Notices(clock, this.#fault, ring);
    this.#waiters = new Waiters(clock, ring);
    this.#warnings = new Warnings(
      clock,
      { blockedAfterMs, warnEveryMs, stallCeilingMs, maxWarningsPerMinute },
      this.#teller(onWarning, logger ?? (onWarning === undefined ? console : undefined)),
      this.#fault,
      ring,
    );
  }

  /**
   * Puts a task into a lane. Its body starts at once if the lane has a free slot, else in its turn.
   *
   * @returns a promise that settles as the body does. It rejects with a `TakenBackError` if the slot is taken back first,
   * with the signal's reason or a `ClearedError` if the task is dropped from the backlog, with a `ClosedError` if the queue
   * was closed before.
   * @throws RangeError or TypeError that names the argument, if one is not what it should be; nothing is then enqueued.
   */
  enqueue<Result>(lane: string, body: Body<Result>, options?: EnqueueOptions): Promise<Result> {
    laneName('lane', lane);
    if (typeof body !== 'function') throw bad('body', body, 'a function that does the work');
    const checked = taskOptions(options);
    if (this.#isClosed) return this.#refuse(lane, 'closed', new ClosedError(lane));
    if (checked.signal?.aborted === true) return this.#refuse(lane, 'aborted', checked.signal.reason);
    return new Promise<unknown>((resolve, reject) => {
      // The task is the async context of its caller. From there on all is in the queue's own. Rule: `context`.
      const task = new Task(body, this.#laneOf(lane), checked, this.#clock.now(), resolve, reject);
      this.#scope.runInAsyncScope(this.#admit, undefined, task);
    }) as Promise<Result>;
  }

  /** Sets the slots of a lane. Lowering them touches nothing that runs; raising them starts what waits, at once. */
  configureLane(lane: string, options: LaneOptions): void {
    laneName('lane', lane);
    const concurrency = count('options.concurrency', anObject('options', options).concurrency, undefined, 0);
    const record = this.#laneOf(lane);
    this.#turn([record], () => {
      record.configured = true;
      record.concurrency = concurrency;
      this.#events.tell({ type: 'configured', at: this.#clock.now(), lane, concurrency });
    });
  }

  /**
   * Lets nothing start and judges nothing: in a lane, or in the whole queue. What runs goes on. The two are switches of
   * their own: a lane runs when neither is off. Rule: `pause`.
   */
  pause(lane?: string): void {
    this.#flip(lane, true);
  }

  /** Undoes `pause` with the same argument: what may start does, at once, and holds are judged again. */
  resume(lane?: string): void {
    this.#flip(lane, false);
  }

  /**
   * Takes every slot of a lane back, or of all lanes, and starts what waits. Callers reject with a `TakenBackError`.
   *
   * @returns how many slots were taken back. Rule: `reset`.
   */
  reset(lane?: string): number {
    // The others are not concerned: that they rest is no news.
    const lanes = this.#theseLanes('lane', lane).filter(({ holds }) => holds.size > 0);
    let takenBack = 0;
    this.#gate(lanes, () => {
      const now = this.#clock.now();
      for (const hold of holdsOf(lanes)) readProgressSource(hold, now, this.#fault);
      takenBack = this.#takeBack(holdsOf(lanes), 'reset', now);
    });
    return takenBack;
  }

  /**
   * Drops the backlog of a lane, or of all lanes. Callers reject with a `ClearedError`; what runs goes on.
   *
   * @returns how many tasks were dropped. Rule: `clear`.
   */
  clear(lane?: string): number {
    const lanes = this.#theseLanes('lane', lane);
    const tasks = lanes.flatMap((record) => record.backlog.all());
    return this.#drop(tasks, 'cleared', ({ lane: { name } }) => new ClearedError(name));
  }

  /**
   * Waits for the holds that are active now to leave, however they leave. What starts later does not delay it.
   * Rule: `waiters`.
   */
  waitForActive(options: WaitOptions = {}): Promise<WaitResult> {
    const lanes = this.#theseLanes('options.lane', anObject('options', options).lane);
    return this.#waiters.waitToLeave(new Set(holdsOf(lanes)), patience(options));
  }

  /** Waits until nothing is queued and nothing is held, in a lane or in the whole queue. Rule: `waiters`. */
  whenIdle(options: WaitOptions = {}): Promise<IdleResult> {
    const { lane } = anObject('options', options);
    const lanes = this.#theseLanes('options.lane', lane);
    const isIdle = lanes.every((record) => record.idle);
    const others = lane === undefined || isIdle ? this.#restWaits : (lanes[0]!.restWaits ??= new Set());
    return this.#waiters.waitForRest(others, isIdle, patience(options), idleResult);
  }

  /**
   * Lets no more tasks in, and waits until what is in has run. While it waits, it stands behind every hold: what stalls is
   * taken back. What is paused stays. Rule: `close`.
   */
  close(options: CloseOptions = {}): Promise<CloseResult> {
    const timeoutMs = duration('options.deadlineMs', anObject('options', options).deadlineMs, Infinity);
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#events.tell({ type: 'closed', at: this.#clock.now(), lane: undefined });
    }
    this.#closers += 1;
    this.#settleDownAll();
    const rests = this.#queuedTotal + this.#activeTotal === 0;
    return this.#waiters.waitForRest(this.#restWaits, rests, { timeoutMs, signal: undefined }, (end) => {
      this.#closers -= 1;
      if (this.#closers === 0) this.#settleDownAll();
      const [queued, active, detached] = [this.#queuedTotal, this.#activeTotal, this.#detachedTotal];
      return { outcome: end === 'met' ? 'drained' : 'deadline', queued, active, detached };
    });
  }

  /** The lanes that have a record: those in use, and those that were configured or paused. */
  lanes(): string[] {
    return [...this.#lanes.keys()];
  }

  /** How much is in a lane, or in the whole queue. It costs the same however much that is. */
  counts(lane?: string): Counts {
    if (lane === undefined) {
      return { queued: this.#queuedTotal, active: this.#activeTotal, detached: this.#detachedTotal };
    }
    const record = this.#lanes.get(laneName('lane', lane));
    const detached = this.#detached.get(lane) ?? 0;
    return { queued: record?.backlog.size ?? 0, active: record?.holds.size ?? 0, detached };
  }

  /** What is in a lane, or in each lane that has a record, and why it does not move. */
  snapshot(lane: string): LaneSnapshot;
  snapshot(): LaneSnapshot[];
  snapshot(lane?: string): LaneSnapshot | LaneSnapshot[] {
    if (lane === undefined) return [...this.#lanes.values()].map((record) => this.#snapshot(record));
    laneName('lane', lane);
    return this.#snapshot(this.#lanes.get(lane) ?? new Lane(lane, this.#defaultConcurrency, this.#switch));
  }

  /** What is in the whole queue: a sum over its lanes, made when it is asked for. */
  stats(): QueueStats {
    return statsOf(this.snapshot(), {
      detached: this.#detachedTotal,
      paused: this.#switch.paused,
      closed: this.#isClosed,
      warningsHeldBack: this.#warnings.heldBackEver,
    });
  }

  #refuse(lane: string, reason: 'aborted' | 'closed', error: unknown): Promise<never> {
    this.#events.tell({ type: 'refused', at: this.#clock.now(), lane, reason });
    return Promise.reject(error);
  }

  readonly #admit = (task: Task): void => {
    const { lane, options, enqueuedAt } = task;
    lane.backlog.push(task);
    this.#queuedTotal += 1;
    if (options.signal !== undefined) this.#signals.join(options.signal, task);
    if (this.#events.isHeard) {
      this.#events.tellInScope({ type: 'enqueued', at: enqueuedAt, lane: lane.name, priority: options.priority });
    }
    this.#dispatch(lane, enqueuedAt);
    if (task.state === 'queued') this.#notices.begin(task);
  };

  #laneOf(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (lane === undefined) {
      lane = new Lane(name, this.#defaultConcurrency, this.#switch);
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  /** The records of a lane, or of all; none for a lane that has none. */
  #theseLanes(argument: string, lane: string | undefined): readonly Lane[] {
    if (lane === undefined) return [...this.#lanes.values()];
    const record = this.#lanes.get(laneName(argument, lane));
    return record === undefined ? [] : [record];
  }

  #snapshot(lane: Lane): LaneSnapshot {
    return snapshotOf(lane, this.#detached.get(lane.name) ?? 0, this.#stallCeilingMs, this.#clock.now());
  }

  /** Keeps lanes from starting anything while something is done to them; then starts what may start. */
  #gate(lanes: readonly Lane[], act: () => void): void {
    const mine = lanes.filter((lane) => !lane.gated);
    for (const lane of mine) lane.gated = true;
    act();
    for (const lane of mine) lane.gated = false;
    const now = this.#clock.now();
    this.#scope.runInAsyncScope(() => {
      for (const lane of mine) this.#dispatch(lane, now);
    });
  }

  /** Does something that may turn lanes on or off. Those that are off are not judged, those that come on are again. */
  #turn(lanes: readonly Lane[], act: () => void): void {
    const wereOff = new Set(lanes.filter((lane) => lane.isOff));
    this.#gate(lanes, () => {
      act();
      for (const lane of lanes) {
        if (lane.isOff === wereOff.has(lane)) continue;
        lane.onSince = this.#clock.now();
        for (const hold of lane.holds.all()) {
          if (lane.isOff) this.#judge.untime(hold);
          else this.#judge.time(hold);
        }
      }
    });
  }

  #flip(lane: string | undefined, paused: boolean): void {
    const target: Switch = lane === undefined ? this.#switch : this.#laneOf(laneName('lane', lane));
    this.#turn(this.#theseLanes('lane', lane), () => {
      if (target.paused === paused) return;
      target.paused = paused;
      this.#events.tell({ type: paused ? 'paused' : 'resumed', at: this.#clock.now(), lane });
    });
  }

  /**
   * Starts what may start; in the queue's own async context. Where a lane is gated, whoever gated it takes over what this
   * would have done, so that a body that enqueues or resets while it starts cannot start two tasks into one slot.
   */
  #dispatch(lane: Lane, now: number): void {
    if (lane.gated) return;
    lane.gated = true;
    for (let at: number | undefined = now; lane.mayStart; at = undefined) {
      this.#start(lane.backlog.shift(), at ?? this.#clock.now());
    }
    lane.gated = false;
    this.#settleDown(lane);
  }

  #start(task: Task, now: number): void {
    const { lane } = task;
    const hold = new Hold((this.#lastHold += 1), task, now);
    task.state = 'started';
    if (task.options.signal !== undefined) task.hold = hold;
    lane.holds.push(hold);
    lane.movedAt = now;
    this.#queuedTotal -= 1;
    this.#activeTotal += 1;
    this.#notices.end(task);
    this.#judge.time(hold);
    if (this.#events.isHeard) {
      const queuedMs = now - task.enqueuedAt;
      this.#events.tellInScope({ type: 'started', at: now, lane: lane.name, hold: hold.number, queuedMs });
    }
    readProgressSource(hold, now, this.#fault);
    // A listener or a source that resets the lane here has taken the slot back before its body began. The body runs all the
    // same, with an aborted signal: a caller who chose to stay with it waits for how it ends.
    this.#run(hold);
  }

  #run(hold: Hold): void {
    const { task } = hold;
    try {
      const result = task.runInAsyncScope(task.body, undefined, new TaskContext(hold, this.#clock));
      honest(result).then(
        (value) => this.#settle(hold, 'fulfilled', value),
        (error: unknown) => this.#settle(hold, 'rejected', error),
      );
    } catch (error) {
      this.#settle(hold, 'rejected', error);
    }
  }

  #settle(hold: Hold, outcome: 'fulfilled' | 'rejected', value: unknown): void {
    if (hold.state === 'detached') return this.#settleLate(hold, outcome, value);
    const { task, lane } = hold;
    const now = this.#clock.now();
    hold.state = 'settled';
    this.#leave(hold, now);
    settleCaller(task, outcome, value);
    if (this.#events.isHeard) {
      const heldMs = now - hold.startedAt;
      this.#events.tellInScope({ type: 'settled', at: now, lane: lane.name, hold: hold.number, outcome, heldMs });
    }
    this.#dispatch(lane, now);
  }

  /** The slot was taken back and may be another's by now: nothing but the body's own end is told. Rule: `late-inert`. */
  #settleLate(hold: Hold, outcome: 'fulfilled' | 'rejected', value: unknown): void {
    hold.state = 'over';
    this.#countDetached(hold.lane.name, -1);
    // Nothing comes of it for a caller who has been told already.
    settleCaller(hold.task, outcome, value);
    this.#events.tell({
      type: 'settled-late',
      at: this.#clock.now(),
      lane: hold.lane.name,
      hold: hold.number,
      outcome,
    });
  }

  /** Takes back those of the holds that are still active, in lanes that are gated, and says how many those were. */
  #takeBack(holds: readonly Hold[], reason: TakenBackReason, now: number): number {
    let takenBack = 0;
    for (const hold of holds) {
      // Whoever was told of the one before may have called the queue.
      if (hold.state !== 'active') continue;
      const { task, number } = hold;
      const lane = task.lane.name;
      const [heldMs, silentMs] = [now - hold.startedAt, now - hold.lastSignAt];
      const error = new TakenBackError(lane, number, reason, heldMs, silentMs);
      takenBack += 1;
      hold.state = 'detached';
      hold.takenBack = error;
      this.#countDetached(lane, 1);
      this.#leave(hold, now);
      this.#note({ type: 'taken-back', at: now, lane, hold: number, reason, heldMs, silentMs }, task.lane);
      if (task.options.rejectsWhenTakenBack) task.reject(error);
      hold.abort(error);
    }
    return takenBack;
  }

  #leave(hold: Hold, now: number): void {
    const { lane, options } = hold.task;
    lane.holds.remove(hold);
    lane.movedAt = now;
    this.#activeTotal -= 1;
    this.#judge.untime(hold);
    if (options.signal !== undefined) this.#signals.leave(options.signal, hold.task);
    this.#waiters.left(hold);
  }

  #countDetached(lane: string, change: 1 | -1): void {
    this.#detachedTotal += change;
    const left = (this.#detached.get(lane) ?? 0) + change;
    if (left === 0) this.#detached.delete(lane);
    else this.#detached.set(lane, left);
  }

  /** Drops those of the tasks that are still queued, and says how many those were. */
  #drop(tasks: readonly Task[], reason: 'aborted' | 'cleared', errorFor: (task: Task) => unknown): number {
    const now = this.#clock.now();
    let dropped = 0;
    this.#gate([...new Set(tasks.map(({ lane }) => lane))], () => {
      for (const task of tasks) {
        // Whoever was told of the one before may have called the queue.
        if (task.state !== 'queued') continue;
        const { lane, options, enqueuedAt } = task;
        task.state = 'dropped';
        dropped += 1;
        lane.backlog.remove(task);
        this.#queuedTotal -= 1;
        this.#notices.end(task);
        this.#signals.leave(options.signal, task);
        task.reject(errorFor(task));
        this.#events.tell({ type: 'dropped', at: now, lane: lane.name, reason, queuedMs: now - enqueuedAt });
      }
    });
    return dropped;
  }

  /** A signal that these tasks share has aborted: the queued are dropped, the bodies of the others are told. */
  #abort(tasks: readonly Task[], reason: unknown): void {
    const queued = tasks.filter(({ state }) => state === 'queued');
    this.#drop(queued, 'aborted', () => reason);
    for (const { hold } of tasks) {
      if (hold?.state !== 'active') continue;
      this.#events.tell({ type: 'aborted', at: this.#clock.now(), lane: hold.lane.name, hold: hold.number });
      hold.abort(reason);
    }
  }

  #settleDownAll(): void {
    for (const lane of this.#lanes.values()) this.#settleDown(lane);
  }

  /** Somebody stands behind the holds of the lane: its own backlog, or whoever closes the queue. */
  readonly #isWatched = (lane: Lane): boolean => lane.waits || this.#mustDrain(lane);

  #mustDrain(lane: Lane): boolean {
    return this.#closers > 0 && lane.holds.size > 0 && !lane.isOff;
  }

  /** After every change of a lane: does somebody stand behind its holds, does it wait, is it at rest? */
  #settleDown(lane: Lane): void {
    if (lane.gated) return;
    const { waits } = lane;
    const watched = waits || this.#mustDrain(lane);
    if (watched !== (lane.watchedSince !== undefined)) this.#watch(lane, watched);
    if (waits !== lane.waiting) this.#turnTo(lane, waits);
    if (lane.idle) this.#rest(lane);
  }

  #watch(lane: Lane, watched: boolean): void {
    lane.watchedSince = watched ? this.#clock.now() : undefined;
    if (watched) this.#judge.watch(lane);
    else this.#judge.unwatch(lane);
  }

  #turnTo(lane: Lane, waiting: boolean): void {
    const at = this.#clock.now();
    lane.waiting = waiting;
    this.#waitingLanes += waiting ? 1 : -1;
    lane.movedAt = at;
    this.#note({ type: waiting ? 'waiting' : 'flowing', at, lane: lane.name }, lane);
  }

  /** Nothing is queued, nothing is held, and no lane has still to say that it waits no more: its listener may bring it back. */
  #allRest(): boolean {
    return this.#queuedTotal + this.#activeTotal + this.#waitingLanes === 0;
  }

  #rest(lane: Lane): void {
    if (lane.restWaits !== undefined) this.#waiters.rests(lane.restWaits);
    if (this.#allRest()) this.#waiters.rests(this.#restWaits);
    // Rule: `hygiene`. The name may belong to a younger record by now, where a listener has used the lane meanwhile.
    const isRemembered = lane.configured || lane.paused;
    if (!isRemembered && this.#lanes.get(lane.name) === lane) this.#lanes.delete(lane.name);
  }

  /** The only place where holds are judged: in a callback of the clock. Waits that end, timeouts, stalls, dispatch, and what people are told. */
  #tick(): void {
    const now = this.#clock.now();
    this.#waiters.expire(now);
    const due = this.#judge.takeDue(now);
    const lanes = [...new Set([...due.holds.map((hold) => hold.lane), ...due.lanes])];
    this.#gate(lanes, () => {
      this.#takeBack(this.#judge.outOfOwnTime(due), 'timeout', now);
      this.#takeBack(this.#judge.stalled(due), 'stalled', now);
    });
    this.#judge.rearm(due.lanes);
    this.#notices.tellDue(now);
    this.#warnings.reportBlocked(now);
  }

  readonly #fault: OnFault = (lane, where, error) => {
    const at = this.#clock.now();
    this.#events.tell({ type: 'fault', at, lane: lane.name, where, error });
    this.#warnings.fault(lane.name, where, error, at);
  };

  #note(event: LaneEvent, lane: Lane): void {
    this.#events.tell(event);
    this.#warnings.hear(event, lane);
  }

  /** Gives a warning to whoever wants it, in the queue's own async context. */
  #teller(
    onWarning: ((warning: Warning) => void) | undefined,
    logger: Parameters<typeof logBy>[0] | undefined,
  ): (warning: Warning) => void {
    const tellers = [onWarning, logger && logBy(logger)].filter((teller) => teller !== undefined);
    return (warning) => {
      this.#scope.runInAsyncScope(() => {
        // Whoever is told cannot be told that he failed to listen.
        for (const teller of tellers) shield(teller, warning, () => {});
      });
    };
  }
}

/** The same clock, whose timers are set and call back in this async context, whoever makes them fire. */
function inScope(clock: Clock, scope: AsyncResource): Clock {
  return {
    now: () => clock.now(),
    // The arguments by name: gathered and spread, they cost more than the timer.
    setTimer: (ring, delayMs, keepsProcessAlive) =>
      scope.runInAsyncScope(() => clock.setTimer(() => scope.runInAsyncScope(ring), delayMs, keepsProcessAlive)),
    clearTimer: (handle) => clock.clearTimer(handle),
  };
}

function idleResult(end: End): IdleResult {
  return { outcome: end === 'met' ? 'idle' : end };
}

function holdsOf(lanes: readonly Lane[]): Hold[] {
  return lanes.flatMap((lane) => lane.holds.all());
}

/**
 * A promise whose `then` is that of the language: it calls back once, later, and in the async context in which it was asked
 * to. One of the user's may throw, or call back twice, or from anywhere.
 */
function honest(result: unknown): Promise<unknown> {
  if (result instanceof Promise && result.then === Promise.prototype.then) return result;
  return new Promise((resolve) => resolve(result));
}

function settleCaller(task: Task, outcome: 'fulfilled' | 'rejected', value: unknown): void {
  if (outcome === 'fulfilled') task.resolve(value);
  else task.reject(value);
}
