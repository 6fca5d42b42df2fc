import type { OracleBody, SubjectClock, SubjectWarning } from '../oracle/index.ts';

/** What was wrong, one at a time, before the incident was over. */
export type Defect =
  | 'nothing-reclaimed'
  | 'reclaim-only-on-dispatch'
  | 'generation-bump'
  | 'waiters-not-woken'
  | 'slot-freed-twice'
  | 'silence';

interface Task {
  readonly body: OracleBody;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A task in a slot. */
interface Hold {
  readonly task: Task;
  readonly startedAt: number;
  readonly generation: number;
}

interface Lane {
  readonly name: string;
  readonly backlog: Task[];
  readonly holds: Set<Hold>;
  /** How many slots are taken. */
  active: number;
  /** When somebody began to wait, when a task last started or left, and when that nothing moves was last reported. */
  waitingSince: number;
  movedAt: number;
  reportedAt: number;
  timer: unknown;
  generation: number;
}

/** Somebody who waits for the holds of a moment to leave. */
interface Waiter {
  readonly holds: Set<Hold>;
  takenBack: number;
  readonly resolve: (answer: Left) => void;
}

interface Left {
  readonly outcome: 'left';
  readonly takenBack: number;
  readonly remaining: 0;
}

export interface Options {
  readonly clock: SubjectClock;
  readonly warn: (warning: SubjectWarning) => unknown;
  readonly concurrency: number;
  readonly stallCeilingMs: number;
  readonly warnEveryMs: number;
  readonly blockedAfterMs: number;
}

/** What the caller of a task is told that has lost its slot. */
export class StalledError extends Error {
  override readonly name = 'StalledError';
}

/**
 * The queue of the incident, on a page: lanes with slots; where tasks wait behind one that has been silent for a ceiling,
 * that one loses its slot. It has one of the defects that it had then, or, once it was mended, none.
 */
export class IncidentQueue {
  readonly #options: Options;
  readonly #defect: Defect | undefined;
  readonly #lanes = new Map<string, Lane>();
  readonly #waiters = new Set<Waiter>();

  constructor(options: Options, defect?: Defect) {
    this.#options = options;
    this.#defect = defect;
  }

  enqueue(name: string, body: OracleBody): Promise<unknown> {
    const lane = this.#lane(name);
    return new Promise((resolve, reject) => {
      lane.backlog.push({ body, resolve, reject });
      this.#dispatch(lane);
    });
  }

  counts(name: string): { readonly queued: number; readonly active: number } {
    const { backlog, active } = this.#lane(name);
    return { queued: backlog.length, active };
  }

  /** Resolves when what is active now has left, however it does. */
  waitForActive(name: string | undefined): Promise<Left> {
    const lanes = name === undefined ? [...this.#lanes.values()] : [this.#lane(name)];
    const holds = new Set(lanes.flatMap((lane) => [...lane.holds]));
    return new Promise((resolve) => {
      const waiter = { holds, takenBack: 0, resolve };
      if (holds.size === 0) return this.#answer(waiter);
      this.#waiters.add(waiter);
    });
  }

  #lane(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (lane === undefined) {
      const times = { waitingSince: Infinity, movedAt: 0, reportedAt: -Infinity };
      lane = { name, backlog: [], holds: new Set(), active: 0, ...times, timer: undefined, generation: 0 };
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #dispatch(lane: Lane): void {
    const isWaiting = lane.waitingSince !== Infinity;
    if (this.#defect === 'reclaim-only-on-dispatch' && isWaiting) this.#reclaim(lane);
    this.#fill(lane);
    this.#watch(lane);
  }

  #fill(lane: Lane): void {
    while (lane.active < this.#options.concurrency) {
      const task = lane.backlog.shift();
      if (task === undefined) break;
      this.#start(lane, task);
    }
    if (lane.backlog.length === 0) lane.waitingSince = Infinity;
    else if (lane.waitingSince === Infinity) lane.waitingSince = this.#options.clock.now();
  }

  #start(lane: Lane, task: Task): void {
    const startedAt = this.#options.clock.now();
    const hold = { task, startedAt, generation: lane.generation };
    lane.active += 1;
    lane.holds.add(hold);
    lane.movedAt = startedAt;
    void task.body({}).then(
      (value) => {
        task.resolve(value);
        this.#settle(lane, hold);
      },
      (error: unknown) => {
        task.reject(error);
        this.#settle(lane, hold);
        // A failure was handled where it came up, and once more in what ran in any case.
        if (this.#defect === 'slot-freed-twice') this.#free(lane);
      },
    );
  }

  #settle(lane: Lane, hold: Hold): void {
    // Late: the slot is another's by now.
    if (!lane.holds.has(hold)) return;
    // A reclaim was to make late completions stale, and made those of its healthy siblings stale as well.
    if (this.#defect === 'generation-bump' && hold.generation !== lane.generation) return;
    this.#leave(lane, hold, false);
    this.#free(lane);
  }

  #leave(lane: Lane, hold: Hold, isTakenBack: boolean): void {
    lane.holds.delete(hold);
    lane.movedAt = this.#options.clock.now();
    if (this.#defect === 'waiters-not-woken' && isTakenBack) return;
    for (const waiter of this.#waiters) {
      if (!waiter.holds.delete(hold)) continue;
      if (isTakenBack) waiter.takenBack += 1;
      if (waiter.holds.size === 0) this.#answer(waiter);
    }
  }

  #answer(waiter: Waiter): void {
    this.#waiters.delete(waiter);
    waiter.resolve({ outcome: 'left', takenBack: waiter.takenBack, remaining: 0 });
  }

  #free(lane: Lane): void {
    lane.active = Math.max(0, lane.active - 1);
    this.#dispatch(lane);
  }

  /** Arms the alarm of a lane where somebody waits. */
  #watch(lane: Lane): void {
    const { clock } = this.#options;
    clock.clearTimer(lane.timer);
    const at = Math.min(this.#stallsAt(lane), this.#reportAt(lane));
    if (at === Infinity) return;
    lane.timer = clock.setTimer(() => this.#look(lane), Math.max(0, at - clock.now()));
  }

  #stallsAt({ backlog, holds }: Lane): number {
    if (this.#defect === 'nothing-reclaimed' || this.#defect === 'reclaim-only-on-dispatch') return Infinity;
    if (backlog.length === 0) return Infinity;
    return Math.min(...[...holds].map(({ startedAt }) => startedAt + this.#options.stallCeilingMs));
  }

  /** A lane that waits and has stood still for so long is reported, again and again. */
  #reportAt({ waitingSince, movedAt, reportedAt }: Lane): number {
    if (waitingSince === Infinity || this.#defect === 'silence') return Infinity;
    const { blockedAfterMs, warnEveryMs } = this.#options;
    return Math.max(Math.max(movedAt, waitingSince) + blockedAfterMs, reportedAt + warnEveryMs);
  }

  #look(lane: Lane): void {
    const { clock } = this.#options;
    if (this.#stallsAt(lane) <= clock.now()) this.#reclaim(lane);
    if (this.#reportAt(lane) <= clock.now()) this.#report(lane);
    this.#watch(lane);
  }

  /** Who has been silent for a ceiling loses his slot; nobody else does. */
  #reclaim(lane: Lane): void {
    const { clock, stallCeilingMs, warn } = this.#options;
    for (const hold of lane.holds) {
      if (clock.now() - hold.startedAt < stallCeilingMs) continue;
      if (this.#defect === 'generation-bump') lane.generation += 1;
      lane.active -= 1;
      this.#leave(lane, hold, true);
      hold.task.reject(new StalledError('The task was silent for too long, and its slot was taken back.'));
      if (this.#defect !== 'silence') warn({ kind: 'reclaimed', lane: lane.name });
    }
    this.#fill(lane);
  }

  #report(lane: Lane): void {
    const { clock, concurrency, stallCeilingMs, warn } = this.#options;
    const ages = [...lane.holds].map(({ startedAt }) => clock.now() - startedAt);
    lane.reportedAt = clock.now();
    warn({
      kind: 'blocked',
      lane: lane.name,
      active: lane.active,
      concurrency,
      queued: lane.backlog.length,
      oldestActiveAgeMs: Math.max(...ages),
      stalled: ages.filter((age) => age >= stallCeilingMs).length,
    });
  }
}
