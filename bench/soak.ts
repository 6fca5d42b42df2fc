/**
 * A million tasks through one queue, in virtual time: lanes that come and go, bodies that hang, fail, report, end late;
 * signals, waiters, resets, pauses. What is done is chance from a seed, the same each time. Prints what happened and how
 * large the heap was on the way. Exits with 1 if the heap grows, or if anything is left in the end: a timer, a listener, a
 * lane, a caller without an answer.
 */
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import {
  ClearedError,
  ClosedError,
  LaneQueue,
  TakenBackError,
  type CloseResult,
  type EnqueueOptions,
  type IdleResult,
  type QueueEvent,
  type QueueStats,
  type TaskContext,
  type WaitOptions,
  type WaitResult,
  type Warning,
} from '../src/core/index.ts';
import { nextTurn } from '../src/oracle/barrier.ts';
import { CountedSignal } from '../src/oracle/counted-signal.ts';
import { VirtualClock } from '../src/oracle/virtual-clock.ts';
import { grouped } from '../src/report/duration.ts';
import { collectGarbage } from './peers/collector.ts';
import { progress } from './peers/progress.ts';
import { tableText, type Bar } from './peers/section.ts';

const TASKS = 1_000_000;

/** Timers fire when they are due; all else is done at beats. */
const BEAT_MS = 50;
const TASKS_A_BEAT = 40;
const BEATS_TO_DRAIN = 20_000;
const TIMERS_AT_ONE_INSTANT = 100_000;

const CEILING_MS = 4_000;
const LATE_MS = 1_000;
const BLOCKED_AFTER_MS = 3_000;
const WARN_EVERY_MS = 5_000;
const MINUTE_MS = 60_000;
const WARNINGS_A_MINUTE = 200;

/** A lane is in use for a while, and then another: so many tasks a name, so many names at a time. */
const TASKS_A_NAME = 25;
const NAMES_AT_A_TIME = 300;
const CONFIGURED: readonly string[] = ['images', 'mail', 'index', 'billing', 'backup'];

/** Bodies that hang at a time. For each one more, one of them is let go. */
const PHANTOMS = 500;
const GROUPS = 8;
const JOINS_A_GROUP = 30;

/** What the heap may grow by in the second half of the tasks: how much is under way is a matter of chance. */
const NOISE_UNDER_WAY_BYTES = 2_000_000;
/** What it may be larger by in the end than it was before: a byte for each task. Compiled code is among it. */
const NOISE_AT_REST_BYTES = 1_000_000;
const WARM_UP_TASKS = 200_000;

const ABORTED = new Error('The group has aborted.');
const FAILURE = new Error('It has failed.');

/** What has to happen, or the run shows nothing. */
const HAPPENINGS = {
  callers: ['fulfilled', 'failed', 'aborted', 'cleared', 'stalled', 'timeout', 'reset', 'closed'],
  events: [
    ...(['enqueued', 'refused', 'dropped', 'started', 'settled', 'aborted', 'taken-back', 'settled-late'] as const),
    ...(['waiting', 'flowing', 'configured', 'paused', 'resumed', 'closed', 'fault'] as const),
  ],
  warnings: ['blocked', 'reclaimed', 'fault', 'held back'],
  waiters: ['left', 'idle', 'timeout', 'aborted', 'deadline', 'drained'],
  others: ['notice', 'report', 'reading', 'call from inside', 'bad call', 'late timer', 'phantom let go'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Kind = keyof typeof HAPPENINGS;
const KINDS = Object.keys(HAPPENINGS) as Kind[];

class Tally {
  readonly #counts = new Map<string, number>(
    KINDS.flatMap((kind) => HAPPENINGS[kind].map((name) => [`${kind}: ${name}`, 0])),
  );

  add<Of extends Kind>(kind: Of, name: (typeof HAPPENINGS)[Of][number]): void {
    const key = `${kind}: ${name}`;
    this.#counts.set(key, this.#counts.get(key)! + 1);
  }

  of<Of extends Kind>(kind: Of, ...names: readonly (typeof HAPPENINGS)[Of][number][]): number {
    return names.reduce((total, name) => total + this.#counts.get(`${kind}: ${name}`)!, 0);
  }

  get missing(): string[] {
    return [...this.#counts].filter(([, count]) => count === 0).map(([key]) => key);
  }

  get lines(): string[] {
    return KINDS.map((kind) => {
      const counts = HAPPENINGS[kind].map((name) => `${name} ${grouped(this.#counts.get(`${kind}: ${name}`)!)}`);
      return `${kind.padEnd(10)}${counts.join(' · ')}`;
    });
  }
}

/** Things to be drawn, each with its share. */
type Urn<Thing> = readonly (readonly [share: number, thing: Thing])[];

/** Chance from a seed: mulberry32. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to below 1. */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(share: number): boolean {
    return this.roll() < share;
  }

  /** A whole number, both ends included. */
  from(least: number, most: number): number {
    return least + Math.floor(this.roll() * (most - least + 1));
  }

  of<Thing>(things: readonly Thing[]): Thing {
    return things[this.from(0, things.length - 1)]!;
  }

  draw<Thing>(urn: Urn<Thing>): Thing {
    let left = this.roll() * urn.reduce((sum, [share]) => sum + share, 0);
    for (const [share, thing] of urn) if ((left -= share) < 0) return thing;
    return urn.at(-1)![1];
  }
}

/** Tasks and waiters that share a signal. */
interface Group {
  readonly signal: CountedSignal;
  joins: number;
}

/** A queue on its way. */
export interface Mark {
  readonly where: string;
  readonly lanes: number;
  readonly queued: number;
  readonly active: number;
  readonly detached: number;
  readonly listeners: number;
  readonly timers: number;
  readonly heapBytes: number;
}

export interface SoakReport {
  readonly tasks: number;
  readonly marks: readonly Mark[];
  readonly checks: readonly Bar[];
  /** How many of what there were. */
  readonly happenings: readonly string[];
  readonly virtualMs: number;
}

export interface SoakOptions {
  readonly tasks: number;
  readonly seed: number;
  /** How large the heap is, all garbage collected. It is asked at each tenth of the way, and when nothing is left. */
  readonly heapBytes?: () => number;
}

class Soak {
  readonly #options: SoakOptions;
  readonly #dice: Dice;
  readonly #clock = new VirtualClock();
  readonly #queue: LaneQueue;
  readonly #tally = new Tally();
  readonly #marks: Mark[] = [];
  readonly #wrongs: string[] = [];
  /** What is done at which beat. */
  readonly #plan = new Map<number, (() => void)[]>();
  #beats = 0;
  #tasks = 0;
  #unanswered = 0;
  #waiting = 0;
  #started = 0;
  #inside = 0;
  /** What lets them go. */
  readonly #phantoms: (() => void)[] = [];
  readonly #groups: Group[] = [];
  /** Signals that nobody is given any more, but somebody may still listen to. */
  readonly #retired = new Set<CountedSignal>();
  #warnings: Warning[] = [];

  constructor(options: SoakOptions) {
    this.#options = options;
    this.#dice = new Dice(options.seed);
    this.#queue = new LaneQueue({
      clock: this.#clock,
      stallCeilingMs: CEILING_MS,
      lateMs: LATE_MS,
      graceMs: 500,
      warnEveryMs: WARN_EVERY_MS,
      blockedAfterMs: BLOCKED_AFTER_MS,
      maxWarningsPerMinute: WARNINGS_A_MINUTE,
      onWarning: this.#onWarning,
      onEvent: this.#onEvent,
    });
    for (let group = 0; group < GROUPS; group += 1) this.#groups.push(this.#newGroup());
    for (const lane of CONFIGURED) this.#queue.configureLane(lane, { concurrency: 4 });
  }

  async run(): Promise<SoakReport> {
    const { tasks } = this.#options;
    for (let tenth = 1; tenth <= 10; tenth += 1) {
      while (this.#tasks < (tasks * tenth) / 10) {
        for (let more = this.#dice.from(0, 2 * TASKS_A_BEAT); more > 0; more -= 1) void this.#enqueue();
        for (const [share, call] of this.#calls) if (this.#dice.chance(share)) call();
        await this.#beat();
      }
      this.#mark(`${tenth * 10} %`);
    }
    const checks = [...(await this.#drain()), ...(await this.#letGo())];
    this.#mark('in the end');
    return {
      tasks: this.#tasks,
      marks: this.#marks,
      checks: [...checks, ...this.#account()],
      happenings: this.#tally.lines,
      virtualMs: this.#clock.now(),
    };
  }

  // What is done to the queue. Shares are of beats.

  readonly #calls: Urn<() => void> = [
    [0.2, () => this.#wait((options) => this.#queue.waitForActive(options))],
    [0.2, () => this.#wait((options) => this.#queue.whenIdle(options))],
    [0.1, () => this.#pause(this.#someLane())],
    [0.01, () => this.#pause(undefined)],
    [0.1, () => void this.#queue.reset(this.#someLane())],
    [0.1, () => void this.#queue.clear(this.#someLane())],
    [0.001, () => void this.#queue.reset()],
    [0.001, () => void this.#queue.clear()],
    [0.05, () => this.#configure(this.#dice.of([0, 1, 4, 8, Infinity]))],
    [0.05, () => this.#callBadly()],
    [0.05, () => void this.#queue.snapshot(this.#someLane())],
    [0.01, () => this.#fallAsleep()],
    [0.1, () => this.#forgetRetired()],
  ];

  #wait(wait: (options: WaitOptions) => Promise<WaitResult | IdleResult>): void {
    const dice = this.#dice;
    // Who waits for all lanes without a limit waits to the end.
    const lane = dice.chance(0.1) ? undefined : this.#someLane();
    const isLimited = lane === undefined || dice.chance(0.5);
    const timeoutMs = isLimited ? dice.from(0, 3_000) : undefined;
    this.#hear(wait({ lane, timeoutMs, signal: dice.chance(0.3) ? this.#someSignal() : undefined }));
  }

  #hear(wait: Promise<WaitResult | IdleResult | CloseResult>): void {
    this.#waiting += 1;
    void wait.then(({ outcome }) => {
      this.#waiting -= 1;
      this.#tally.add('waiters', outcome);
    });
  }

  #pause(lane: string | undefined): void {
    this.#queue.pause(lane);
    this.#in(this.#dice.from(1, 40), () => this.#queue.resume(lane));
  }

  #configure(concurrency: number): void {
    this.#queue.configureLane(this.#dice.of(CONFIGURED), { concurrency });
  }

  /** The event loop is blocked, or the machine sleeps: timers fire long after their time. */
  #fallAsleep(): void {
    const until = this.#clock.now() + this.#dice.from(2, 4) * LATE_MS;
    if (this.#clock.nextAt + LATE_MS < until) this.#tally.add('others', 'late timer');
    this.#clock.moveTo(until);
  }

  #callBadly(): void {
    const queue = this.#queue;
    const bad = null as never;
    const before = queue.stats();
    const call = this.#dice.of<() => unknown>([
      () => queue.enqueue('', () => {}),
      () => queue.enqueue('bad', bad),
      () => queue.enqueue('bad', () => {}, { timeoutMs: 0, signal: this.#someSignal() }),
      () => queue.enqueue('bad', () => {}, { priority: bad }),
      () => queue.configureLane('bad', { concurrency: -1 }),
      () => queue.pause(''),
      () => queue.reset(bad),
      () => queue.waitForActive({ timeoutMs: -1, signal: this.#someSignal() }),
      () => queue.whenIdle({ lane: 'bad', signal: bad }),
      () => queue.close({ deadlineMs: NaN }),
    ]);
    try {
      call();
      this.#wrong(`a bad call was not refused: ${String(call)}`);
    } catch (error) {
      this.#tally.add('others', 'bad call');
      if (!(error instanceof TypeError || error instanceof RangeError))
        this.#wrong(`a bad call threw ${String(error)}`);
    }
    if (JSON.stringify(queue.stats()) !== JSON.stringify(before))
      this.#wrong(`a bad call changed something: ${String(call)}`);
  }

  // Tasks.

  #enqueue(): Promise<unknown> {
    const number = (this.#tasks += 1);
    let starts = 0;
    const act = this.#dice.draw(this.#bodies);
    const body = (context: TaskContext): unknown => {
      if ((starts += 1) > 1) this.#wrong(`the body of task ${number} was called ${starts} times`);
      this.#started += 1;
      return this.#untilItEnds(() => act(context));
    };
    const caller = this.#queue.enqueue(this.#someLane(), body, this.#someOptions());
    this.#unanswered += 1;
    return caller.then(
      () => this.#answered('fulfilled'),
      (error: unknown) => this.#answered(endOf(error)),
    );
  }

  #untilItEnds(act: () => unknown): unknown {
    this.#inside += 1;
    let result: unknown;
    try {
      result = act();
    } finally {
      if (!(result instanceof Promise)) this.#inside -= 1;
    }
    return result instanceof Promise ? result.finally(() => (this.#inside -= 1)) : result;
  }

  #answered(end: (typeof HAPPENINGS.callers)[number]): void {
    this.#unanswered -= 1;
    this.#tally.add('callers', end);
  }

  /** Names move on as tasks do; now and then one is used that was used long ago. */
  #someLane(): string {
    const dice = this.#dice;
    if (dice.chance(0.03)) return dice.of(CONFIGURED);
    const first = Math.floor(this.#tasks / TASKS_A_NAME);
    const name = dice.chance(0.03) ? dice.from(0, first) : first + dice.from(0, NAMES_AT_A_TIME - 1);
    return `chat:${name}`;
  }

  #someOptions(): EnqueueOptions | undefined {
    const dice = this.#dice;
    if (dice.chance(0.4)) return undefined;
    return {
      priority: dice.of(['foreground', 'normal', 'background']),
      signal: dice.chance(0.3) ? this.#someSignal() : undefined,
      timeoutMs: dice.chance(0.2) ? dice.from(50, 3_000) : undefined,
      progressSource: dice.chance(0.1) ? this.#someSource() : undefined,
      onTakenBack: dice.chance(0.2) ? 'detach' : 'reject',
      onWait: dice.chance(0.2) ? dice.draw(this.#notices) : undefined,
      onWaitAfterMs: dice.from(100, 2_000),
    };
  }

  /** What a body does. Shares are of tasks. */
  readonly #bodies: Urn<(context: TaskContext) => unknown> = [
    [40, () => 'done'],
    [4, fail],
    [40, () => this.#beatsLater(this.#dice.from(1, 6))],
    [5, () => this.#beatsLater(this.#dice.from(1, 6)).then(fail)],
    [5, ({ signal }) => this.#untilAborted(signal)],
    [1.5, (context) => this.#reportLong(context.progress)],
    [0.5, () => this.#beatsLater(this.#dice.from(90, 200))],
    [1, () => this.#hang()],
    [1, () => this.#fromInside(() => this.#enqueue())],
    [0.1, ({ lane }) => this.#fromInside(() => this.#queue.reset(lane))],
    [0.1, () => this.#fromInside(() => this.#dice.of(this.#groups).signal.abort(ABORTED))],
  ];

  #beatsLater(beats: number): Promise<void> {
    return new Promise((resolve) => this.#in(beats, resolve));
  }

  #untilAborted(signal: AbortSignal): Promise<unknown> {
    const told = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    return Promise.race([told, this.#beatsLater(this.#dice.from(5, 60))]);
  }

  /** Longer than a ceiling, with signs of life on the way. */
  async #reportLong(report: () => void): Promise<void> {
    for (let signs = this.#dice.from(2, 6); signs > 0; signs -= 1) {
      await this.#beatsLater(this.#dice.from(10, 60));
      report();
      this.#tally.add('others', 'report');
    }
  }

  /** Hangs until the end of the run, or until there are too many. */
  #hang(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const release = (): void => {
        this.#tally.add('others', 'phantom let go');
        if (this.#dice.chance(0.5)) resolve('late');
        else reject(FAILURE);
      };
      if (this.#phantoms.length < PHANTOMS) {
        this.#phantoms.push(release);
        return;
      }
      const place = this.#dice.from(0, PHANTOMS - 1);
      const other = this.#phantoms[place]!;
      this.#phantoms[place] = release;
      other();
    });
  }

  #fromInside<Result>(call: () => Result): Result {
    this.#tally.add('others', 'call from inside');
    return call();
  }

  #someSource(): () => number {
    const now = this.#clock.now();
    const livesUntil = now + this.#dice.from(1, 3) * CEILING_MS;
    const read = this.#dice.draw<() => number>([
      [20, () => now],
      [20, () => 1e12],
      [20, () => NaN],
      [40, () => Math.min(this.#clock.now(), livesUntil)],
      [1, fail],
    ]);
    return () => {
      this.#tally.add('others', 'reading');
      return read();
    };
  }

  readonly #notices: Urn<() => void> = [
    [98, () => this.#tally.add('others', 'notice')],
    [1, fail],
    [1, () => Promise.reject(FAILURE)],
  ];

  /** A signal of a group, which may have aborted. A group that is full gives way to another. */
  #someSignal(): AbortSignal {
    const place = this.#dice.from(0, GROUPS - 1);
    const group = this.#groups[place]!;
    group.joins += 1;
    if (group.joins === JOINS_A_GROUP) {
      this.#retired.add(group.signal);
      this.#groups[place] = this.#newGroup();
    }
    return group.signal.signal;
  }

  #newGroup(): Group {
    const signal = new CountedSignal();
    if (this.#dice.chance(0.5)) this.#in(this.#dice.from(1, 60), () => signal.abort(ABORTED));
    return { signal, joins: 0 };
  }

  #forgetRetired(): void {
    for (const signal of this.#retired) if (signal.listeners === 0) this.#retired.delete(signal);
  }

  get #listeners(): number {
    const signals = [...this.#retired, ...this.#groups.map(({ signal }) => signal)];
    return signals.reduce((sum, { listeners }) => sum + listeners, 0);
  }

  // What the queue says.

  readonly #onEvent = (event: QueueEvent): void => {
    this.#tally.add('events', event.type);
    if (event.type === 'waiting' && this.#dice.chance(0.001)) {
      this.#fromInside(() => this.#queue.clear(event.lane));
      throw FAILURE;
    }
  };

  readonly #onWarning = (warning: Warning): void => {
    this.#tally.add('warnings', warning.kind);
    if (Object.keys(warning.heldBack).length > 0) this.#tally.add('warnings', 'held back');
    this.#warnings = [...this.#warnings.filter(({ at }) => at + MINUTE_MS > warning.at), warning];
    if (this.#warnings.length > WARNINGS_A_MINUTE) this.#wrong(`${this.#warnings.length} warnings in a minute`);
    const { kind, lane, at } = warning;
    const same = this.#warnings.filter((one) => one.kind === kind && one.lane === lane && one.at + WARN_EVERY_MS > at);
    if (same.length > 1) this.#wrong(`${same.length} warnings (${kind}) in lane ${lane} in ${WARN_EVERY_MS} ms`);
  };

  #wrong(what: string): void {
    if (this.#wrongs.length < 3) this.#wrongs.push(what);
  }

  // Time.

  #in(beats: number, act: () => void): void {
    const beat = this.#beats + beats;
    const acts = this.#plan.get(beat);
    if (acts === undefined) this.#plan.set(beat, [act]);
    else acts.push(act);
  }

  /** Timer by timer, and whatever each sets off has happened before the next one fires. Then what is planned. */
  async #beat(): Promise<void> {
    const end = this.#clock.now() + BEAT_MS;
    await nextTurn();
    let fired = 0;
    while (this.#clock.nextAt <= end) {
      if (this.#clock.nextAt > this.#clock.now()) {
        this.#clock.moveTo(this.#clock.nextAt);
        fired = 0;
      }
      if ((fired += 1) > TIMERS_AT_ONE_INSTANT) throw new Error('The queue arms timers without end.');
      this.#clock.fireOne();
      await nextTurn();
    }
    this.#clock.moveTo(end);
    this.#beats += 1;
    const acts = this.#plan.get(this.#beats) ?? [];
    this.#plan.delete(this.#beats);
    for (const act of acts) act();
  }

  // The end.

  /** Everything settles or is taken back. */
  async #drain(): Promise<Bar[]> {
    const queue = this.#queue;
    for (const { lane, paused } of queue.snapshot()) if (paused) queue.resume(lane);
    queue.resume();
    for (const lane of CONFIGURED) queue.configureLane(lane, { concurrency: 2 });
    this.#hear(queue.close({ deadlineMs: BEAT_MS }));
    void this.#enqueue();
    this.#hear(queue.close());
    for (let beats = 0; this.#tally.of('waiters', 'drained') === 0 && beats < BEATS_TO_DRAIN; beats += 1) {
      await this.#beat();
    }
    return [
      bar('closed: waiters that saw it drained', '1', this.#tally.of('waiters', 'drained')),
      ...this.#nothingLeft('drained'),
      bar('drained: detached = bodies inside', grouped(this.#inside), grouped(queue.stats().detached)),
    ];
  }

  /** Every body comes to its end. */
  async #letGo(): Promise<Bar[]> {
    for (const release of this.#phantoms.splice(0)) release();
    while (this.#plan.size > 0) await this.#beat();
    await nextTurn();
    return [
      bar('all let go: bodies inside', '0', this.#inside),
      bar('all let go: detached', '0', this.#queue.stats().detached),
      bar('all let go: callers without an answer', '0', this.#unanswered),
      ...this.#nothingLeft('all let go'),
    ];
  }

  /** Rule: `hygiene`. */
  #nothingLeft(when: string): Bar[] {
    const { detached: _detached, warningsHeldBack: _warningsHeldBack, ...rest } = this.#queue.stats();
    return [
      bar(`${when}: timers`, '0', this.#clock.armed),
      bar(`${when}: listeners on signals`, '0', this.#listeners),
      bar(`${when}: waiters without an answer`, '0', this.#waiting),
      bar(`${when}: lanes`, few(CONFIGURED), few(this.#queue.lanes())),
      bar(`${when}: stats`, 'at rest', isDeepStrictEqual(rest, AT_REST) ? 'at rest' : JSON.stringify(rest)),
    ];
  }

  /** Every task has gone one way, as the queue tells it and as bodies and callers do. */
  #account(): Bar[] {
    const events = (...types: QueueEvent['type'][]): number => this.#tally.of('events', ...types);
    const equal = (what: string, wanted: number, measured: number): Bar =>
      bar(what, grouped(wanted), grouped(measured));
    return [
      equal('tasks = enqueued + refused', this.#tasks, events('enqueued', 'refused')),
      equal('tasks = callers answered', this.#tasks, this.#tally.of('callers', ...HAPPENINGS.callers)),
      equal('enqueued = started + dropped', events('enqueued'), events('started', 'dropped')),
      equal('started = bodies called', events('started'), this.#started),
      equal('started = settled + taken back', events('started'), events('settled', 'taken-back')),
      equal('taken back = settled late', events('taken-back'), events('settled-late')),
      bar('what never happened', 'nothing', this.#tally.missing.join(', ') || 'nothing'),
      bar('what went wrong', 'nothing', this.#wrongs.join('; ') || 'nothing'),
    ];
  }

  #mark(where: string): void {
    const { lanes, queued, active, detached } = this.#queue.stats();
    progress(`${where} of ${grouped(this.#options.tasks)} tasks`);
    this.#forgetRetired();
    this.#marks.push({
      where,
      lanes,
      queued,
      active,
      detached,
      listeners: this.#listeners,
      timers: this.#clock.armed,
      heapBytes: this.#options.heapBytes?.() ?? NaN,
    });
  }
}

/** What `stats()` says of it, but for what is counted for good, and bodies that are out. */
const AT_REST: Omit<QueueStats, 'detached' | 'warningsHeldBack'> = {
  lanes: CONFIGURED.length,
  queued: 0,
  active: 0,
  stalled: 0,
  blockedBy: {},
  oldestQueuedAgeMs: undefined,
  oldestActiveAgeMs: undefined,
  paused: false,
  closed: true,
};

function fail(): never {
  throw FAILURE;
}

function endOf(error: unknown): (typeof HAPPENINGS.callers)[number] {
  if (error instanceof TakenBackError) return error.reason;
  if (error instanceof ClearedError) return 'cleared';
  if (error instanceof ClosedError) return 'closed';
  return error === ABORTED ? 'aborted' : 'failed';
}

function bar(what: string, wanted: string, measured: unknown): Bar {
  return { what, wanted, measured: String(measured), isMet: String(measured) === wanted };
}

function few(names: readonly string[]): string {
  return names.length > 10 ? `${grouped(names.length)} of them` : names.join(', ');
}

/** What a queue of its own goes through, and what it comes to. */
export function soak(options: SoakOptions): Promise<SoakReport> {
  return new Soak(options).run();
}

/** By how much the heap grew over the last half of the way, by the line that fits its figures best. */
function growthOf(marks: readonly Mark[]): number {
  const heaps = marks.slice(4, 10).map(({ heapBytes }) => heapBytes);
  const middle = (heaps.length - 1) / 2;
  const slope = heaps.reduce((sum, heap, tenth) => sum + (tenth - middle) * heap, 0);
  const square = heaps.reduce((sum, _, tenth) => sum + (tenth - middle) ** 2, 0);
  return (slope / square) * (heaps.length - 1);
}

function measureHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

function atMost(what: string, bytes: number, measured: number): Bar {
  return { what, wanted: `at most ${megabytes(bytes)}`, measured: megabytes(measured), isMet: measured <= bytes };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new RangeError(`--seed: received ${values.seed}; pass a whole number.`);
  const start = performance.now();
  // What is compiled and kept once is not counted.
  await soak({ tasks: WARM_UP_TASKS, seed: seed + 1 });
  const before = measureHeap();
  const report = await soak({ tasks: TASKS, seed, heapBytes: measureHeap });
  progress('');
  const { marks } = report;
  const checks = [
    atMost('heap, growth from 50 % to 100 %', NOISE_UNDER_WAY_BYTES, growthOf(marks)),
    atMost('heap, in the end against before', NOISE_AT_REST_BYTES, marks.at(-1)!.heapBytes - before),
    ...report.checks,
  ];
  const took = `${((performance.now() - start) / 1_000).toFixed(1)} s for ${grouped(Math.round(report.virtualMs / 1_000))} s`;
  console.log(`${grouped(report.tasks)} tasks · seed ${seed} · ${took}\n`);
  console.log(report.happenings.join('\n'));
  const head = ['', 'lanes', 'queued', 'active', 'detached', 'listeners', 'timers', 'heap'];
  const rows = marks.map(({ where, heapBytes, ...counts }) => [
    where,
    ...Object.values(counts).map((count) => grouped(count)),
    megabytes(heapBytes),
  ]);
  console.log(`\n${tableText({ title: `On the way. Heap before: ${megabytes(before)}`, head, rows })}`);
  const judged = checks.map(({ what, wanted, measured, isMet }) => [what, wanted, measured, isMet ? 'ok' : 'FAILED']);
  console.log(`\n${tableText({ title: 'Checks', head: ['', 'wanted', 'measured', ''], rows: judged })}`);
  for (const { what, wanted, measured, isMet } of checks) {
    if (!isMet) console.error(`soak failed: ${what}: wanted ${wanted}, measured ${measured}`);
  }
  process.exitCode = checks.every(({ isMet }) => isMet) ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
