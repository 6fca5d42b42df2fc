import { Agenda } from './agenda.ts';
import { systemClock, type Clock } from './clock.ts';
import { TaskContext } from './context.ts';
import { TakenBackError, type TakenBackReason } from './errors.ts';
import type { QueueEvent } from './events.ts';
import { Hold } from './hold.ts';
import { Lane } from './lane.ts';
import {
  abortSignal,
  bad,
  callback,
  clockPort,
  count,
  duration,
  durationOrZero,
  anObject,
  laneName,
  oneOf,
  PRIORITIES,
  type EnqueueOptions,
  type LaneOptions,
  type LaneQueueOptions,
  type WaitOptions,
} from './options.ts';
import { askSilentHolds, readProgressSource, silentHolds } from './stall.ts';
import { Task, type Body } from './task.ts';
import { Waiters, type WaitResult } from './waiters.ts';
import { formatWarning, Warnings, type HeldBack } from './warnings.ts';

/** What is in a lane. */
export interface LaneSnapshot {
  readonly lane: string;
  readonly concurrency: number;
  /** Tasks in the backlog. */
  readonly queued: number;
  /** Holds: slots that are taken. */
  readonly active: number;
}

/** What is in the whole queue. */
export interface QueueStats {
  /** Lane records: of lanes in use, and of lanes that were configured. */
  readonly lanes: number;
  readonly queued: number;
  readonly active: number;
  /** Bodies that are still out although their slot was taken back. */
  readonly detached: number;
  /** Warnings that the bounds have ever held back, per kind. */
  readonly warningsHeldBack: HeldBack;
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
  readonly #onEvent: ((event: QueueEvent) => void) | undefined;
  readonly #lanes = new Map<string, Lane>();
  readonly #stalls: Agenda<Lane>;
  readonly #waiters: Waiters;
  readonly #warnings: Warnings;
  #lastHold = 0;
  #queued = 0;
  #active = 0;
  #detached = 0;

  /** @throws RangeError or TypeError that names the option, if one is not what it should be. */
  constructor(options: LaneQueueOptions = {}) {
    anObject('options', options);
    const warnEveryMs = duration('options.warnEveryMs', options.warnEveryMs, 30_000);
    const blockedAfterMs = durationOrZero('options.blockedAfterMs', options.blockedAfterMs, warnEveryMs);
    const maxWarningsPerMinute = count('options.maxWarningsPerMinute', options.maxWarningsPerMinute, 60, 1);
    const onWarning = callback('options.onWarning', options.onWarning);
    this.#defaultConcurrency = count('options.concurrency', options.concurrency, 1, 0);
    this.#stallCeilingMs = duration('options.stallCeilingMs', options.stallCeilingMs, 600_000);
    this.#onEvent = callback('options.onEvent', options.onEvent);
    this.#clock = clockPort('options.clock', options.clock) ?? systemClock;
    const ring = (): void => this.#tick();
    this.#stalls = new Agenda(this.#clock, true, ring);
    this.#waiters = new Waiters(this.#clock, ring);
    this.#warnings = new Warnings(
      this.#clock,
      { blockedAfterMs, warnEveryMs, stallCeilingMs: this.#stallCeilingMs, maxWarningsPerMinute },
      (warning) => shield(onWarning ?? ((one) => console.warn(formatWarning(one))), warning),
      this.#fault,
      ring,
    );
  }

  /**
   * Puts a task into a lane. Its body starts at once if the lane has a free slot, else in its turn.
   *
   * @returns a promise that settles as the body does, or rejects with a `TakenBackError` if the slot is taken back first.
   * @throws RangeError or TypeError that names the argument, if one is not what it should be; nothing is then enqueued.
   */
  enqueue<Result>(lane: string, body: Body<Result>, options: EnqueueOptions = {}): Promise<Result> {
    laneName('lane', lane);
    anObject('options', options);
    if (typeof body !== 'function') throw bad('body', body, 'a function that does the work');
    const priority = oneOf('options.priority', options.priority, 'normal', PRIORITIES);
    const progressSource = callback('options.progressSource', options.progressSource);
    const onTakenBack = oneOf('options.onTakenBack', options.onTakenBack, 'reject', ['reject', 'detach']);
    return new Promise<unknown>((resolve, reject) => {
      const now = this.#clock.now();
      const record = this.#laneOf(lane);
      record.backlog.push(new Task(body, priority, progressSource, onTakenBack === 'reject', now, resolve, reject));
      this.#queued += 1;
      if (this.#onEvent !== undefined) this.#emit({ type: 'enqueued', at: now, lane, priority }, record);
      this.#dispatch(record);
    }) as Promise<Result>;
  }

  /** Sets the slots of a lane. Lowering them touches nothing that runs; raising them starts what waits, at once. */
  configureLane(lane: string, options: LaneOptions): void {
    laneName('lane', lane);
    const concurrency = count('options.concurrency', anObject('options', options).concurrency, undefined, 0);
    const record = this.#laneOf(lane);
    record.configured = true;
    record.concurrency = concurrency;
    this.#dispatch(record);
  }

  /**
   * Takes every slot of a lane back, or of all lanes, and starts what waits. Callers reject with a `TakenBackError`.
   *
   * @returns how many slots were taken back. Rule: `reset`.
   */
  reset(lane?: string): number {
    if (lane !== undefined) laneName('lane', lane);
    const lanes = lane === undefined ? [...this.#lanes.values()] : this.#known(lane);
    for (const hold of holdsOf(lanes)) readProgressSource(hold, this.#clock.now(), this.#fault);
    const takenBack = this.#takeBack(holdsOf(lanes), 'reset');
    for (const record of lanes) this.#dispatch(record);
    return takenBack;
  }

  /**
   * Waits for the holds that are active now to leave, however they leave. What starts later does not delay it.
   * Rule: `waiters`.
   */
  waitForActive(options: WaitOptions = {}): Promise<WaitResult> {
    anObject('options', options);
    if (options.lane !== undefined) laneName('options.lane', options.lane);
    const timeoutMs = durationOrZero('options.timeoutMs', options.timeoutMs, Infinity);
    const signal = abortSignal('options.signal', options.signal);
    const lanes = options.lane === undefined ? [...this.#lanes.values()] : this.#known(options.lane);
    const holds = new Set(holdsOf(lanes));
    return this.#waiters.wait(holds, timeoutMs, signal);
  }

  /** The lanes that have a record: those in use, and those that were configured. */
  lanes(): string[] {
    return [...this.#lanes.keys()];
  }

  snapshot(lane: string): LaneSnapshot {
    laneName('lane', lane);
    const record = this.#lanes.get(lane);
    return {
      lane,
      concurrency: record?.concurrency ?? this.#defaultConcurrency,
      queued: record?.backlog.size ?? 0,
      active: record?.holds.size ?? 0,
    };
  }

  stats(): QueueStats {
    return {
      lanes: this.#lanes.size,
      queued: this.#queued,
      active: this.#active,
      detached: this.#detached,
      warningsHeldBack: this.#warnings.heldBackEver,
    };
  }

  #laneOf(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (lane === undefined) {
      lane = new Lane(name, this.#defaultConcurrency);
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #known(name: string): Lane[] {
    const lane = this.#lanes.get(name);
    return lane === undefined ? [] : [lane];
  }

  /**
   * Starts what may start. A dispatch of the same lane further up the stack takes over what this one would have done, so
   * that a body that enqueues or resets while it starts cannot start two tasks into one slot.
   */
  #dispatch(lane: Lane): void {
    if (lane.dispatching) return;
    lane.dispatching = true;
    while (lane.mayStart) this.#start(lane.backlog.shift()!, lane);
    lane.dispatching = false;
    this.#watch(lane);
    this.#forgetIfIdle(lane);
  }

  /** Rule: `hygiene`. The name may belong to a younger record by now, where a listener has used the lane meanwhile. */
  #forgetIfIdle(lane: Lane): void {
    const isForgettable = lane.idle && !lane.configured;
    if (isForgettable && this.#lanes.get(lane.name) === lane) this.#lanes.delete(lane.name);
  }

  #start(task: Task, lane: Lane): void {
    const now = this.#clock.now();
    const hold = new Hold((this.#lastHold += 1), task, lane, now);
    lane.holds.add(hold);
    lane.movedAt = now;
    this.#queued -= 1;
    this.#active += 1;
    if (this.#onEvent !== undefined) {
      this.#emit(
        { type: 'started', at: now, lane: lane.name, hold: hold.number, queuedMs: now - task.enqueuedAt },
        lane,
      );
    }
    readProgressSource(hold, now, this.#fault);
    // A listener or a source that resets the lane here has taken the slot back before its body began. The body runs all the
    // same, with an aborted signal: a caller who chose to stay with it waits for how it ends.
    //
    // A promise of the user's may have a `then` of its own, which may throw, or call back twice.
    try {
      Promise.resolve(task.body(new TaskContext(hold, this.#clock))).then(
        (value) => this.#settle(hold, 'fulfilled', value),
        (error: unknown) => this.#settle(hold, 'rejected', error),
      );
    } catch (error) {
      this.#settle(hold, 'rejected', error);
    }
  }

  #settle(hold: Hold, outcome: 'fulfilled' | 'rejected', value: unknown): void {
    if (hold.state === 'detached') return this.#settleLate(hold, outcome, value);
    if (hold.state !== 'active') return;
    const { task, lane } = hold;
    hold.state = 'settled';
    this.#leave(hold);
    settleCaller(task, outcome, value);
    if (this.#onEvent !== undefined) {
      const at = this.#clock.now();
      this.#emit(
        { type: 'settled', at, lane: lane.name, hold: hold.number, outcome, heldMs: at - hold.startedAt },
        lane,
      );
    }
    this.#dispatch(lane);
  }

  /** The slot was taken back and may be another's by now: nothing but the body's own end is told. Rule: `late-inert`. */
  #settleLate(hold: Hold, outcome: 'fulfilled' | 'rejected', value: unknown): void {
    hold.state = 'over';
    this.#detached -= 1;
    if (!hold.task.rejectsWhenTakenBack) settleCaller(hold.task, outcome, value);
    this.#emit({ type: 'settled-late', at: this.#clock.now(), lane: hold.lane.name, hold: hold.number }, hold.lane);
  }

  /**
   * Takes back those of the holds that are still active, and says how many. All of them first, then the news: whoever
   * hears it may call the queue again.
   */
  #takeBack(candidates: readonly Hold[], reason: TakenBackReason): number {
    const now = this.#clock.now();
    const holds = candidates.filter((hold) => hold.state === 'active');
    for (const hold of holds) {
      const [heldMs, silentMs] = [now - hold.startedAt, now - hold.lastSignAt];
      hold.state = 'detached';
      hold.takenBack = new TakenBackError(hold.lane.name, hold.number, reason, heldMs, silentMs);
      this.#detached += 1;
      this.#leave(hold);
    }
    for (const hold of holds) {
      const { heldMs, silentMs } = hold.takenBack!;
      this.#emit(
        { type: 'taken-back', at: now, lane: hold.lane.name, hold: hold.number, reason, heldMs, silentMs },
        hold.lane,
      );
      if (hold.task.rejectsWhenTakenBack) hold.task.reject(hold.takenBack);
      hold.controller?.abort(hold.takenBack);
    }
    return holds.length;
  }

  #leave(hold: Hold): void {
    hold.lane.holds.delete(hold);
    hold.lane.movedAt = this.#clock.now();
    this.#active -= 1;
    this.#waiters.left(hold);
  }

  /** Notices when a lane begins or ceases to wait; only a lane that waits has alarms set. */
  #watch(lane: Lane): void {
    if (lane.waits === lane.waiting) return;
    const at = this.#clock.now();
    lane.waiting = lane.waits;
    if (lane.waiting) {
      lane.movedAt = at;
      this.#stalls.set(lane.stallAlarm, lane.longestSilentSince + this.#stallCeilingMs);
    } else {
      this.#stalls.cancel(lane.stallAlarm);
    }
    this.#emit({ type: lane.waiting ? 'waiting' : 'flowing', at, lane: lane.name }, lane);
  }

  /** The only place where holds are judged: in a callback of the clock. Waits that end, then stalls, then dispatch, then blocked lanes. */
  #tick(): void {
    const now = this.#clock.now();
    this.#waiters.expire(now);
    const due = this.#stalls.takeAllDue(now);
    for (const lane of due) if (lane.waits) askSilentHolds(lane, now, this.#stallCeilingMs, this.#fault);
    const stalled = due.flatMap((lane) => (lane.waits ? silentHolds(lane, now, this.#stallCeilingMs) : []));
    this.#takeBack(stalled, 'stalled');
    for (const lane of due) {
      this.#dispatch(lane);
      if (lane.waiting) this.#stalls.set(lane.stallAlarm, lane.longestSilentSince + this.#stallCeilingMs);
    }
    this.#stalls.rearm();
    this.#warnings.reportBlocked(now);
  }

  readonly #fault = (hold: Hold, error: unknown): void => {
    const at = this.#clock.now();
    this.#emit({ type: 'fault', at, lane: hold.lane.name, where: 'progressSource', error }, hold.lane);
  };

  #emit(event: QueueEvent, lane: Lane): void {
    if (this.#onEvent !== undefined) shield(this.#onEvent, event);
    this.#warnings.hear(event, lane);
  }
}

function holdsOf(lanes: readonly Lane[]): Hold[] {
  return lanes.flatMap((lane) => [...lane.holds]);
}

function settleCaller(task: Task, outcome: 'fulfilled' | 'rejected', value: unknown): void {
  if (outcome === 'fulfilled') task.resolve(value);
  else task.reject(value);
}

/** Calls something of the user's that must not stop the queue by throwing. Rule: `callback-safe`. */
function shield<Value>(call: (value: Value) => void, value: Value): void {
  try {
    call(value);
  } catch {
    // Whoever is told cannot be told that he failed to listen.
  }
}
