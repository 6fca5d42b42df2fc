import { Agenda } from './agenda.ts';
import type { Clock } from './clock.ts';
import type { QueueEvent } from './events.ts';
import type { Lane } from './lane.ts';
import { readProgressSource, silentHolds, type OnFault } from './progress.ts';
import { Throttle } from './throttle.ts';

/** What of the user's can throw where the queue calls it. */
export type Where = 'progressSource' | 'onWait' | 'onEvent';

/** What people may have to be told of. */
export type LaneEvent = QueueEvent & { readonly type: 'waiting' | 'flowing' | 'taken-back' };

export type WarningKind = Warning['kind'];

/** How many warnings of each kind were held back by the bounds since the warning before. */
export type HeldBack = Partial<Record<'blocked' | 'reclaimed' | 'fault', number>>;

/** Something a person should know. Ages and times are milliseconds of the queue's clock. */
export type Warning =
  | {
      /** The lane has a backlog, no free slot, and nothing has started or left in it for a while. */
      readonly kind: 'blocked';
      readonly at: number;
      readonly lane: string;
      readonly active: number;
      readonly concurrency: number;
      readonly queued: number;
      readonly oldestActiveAgeMs: number;
      /** How many of its holds have been silent for a ceiling. */
      readonly stalled: number;
      readonly heldBack: HeldBack;
    }
  | {
      /** A stalled hold was taken back. */
      readonly kind: 'reclaimed';
      readonly at: number;
      readonly lane: string;
      readonly hold: number;
      readonly heldMs: number;
      readonly silentMs: number;
      readonly heldBack: HeldBack;
    }
  | {
      /** Something of the user's threw where the queue called it. */
      readonly kind: 'fault';
      readonly at: number;
      readonly lane: string;
      readonly where: Where;
      readonly error: unknown;
      readonly heldBack: HeldBack;
    };

/**
 * Tells people what they should know, within bounds. It consumes the queue's events and looks at a lane when that lane's
 * alarm rings; the queue knows nothing of it. Rules: `never-silent`, `warnings-bounded`.
 */
export class Warnings {
  readonly #blockedAfterMs: number;
  readonly #warnEveryMs: number;
  readonly #stallCeilingMs: number;
  readonly #tell: (warning: Warning) => void;
  readonly #onFault: OnFault;
  readonly #throttle: Throttle<WarningKind>;
  readonly #agenda: Agenda<Lane>;

  /** `ring` is called when a lane may have to be reported; it calls `reportBlocked`. */
  constructor(
    clock: Clock,
    options: { blockedAfterMs: number; warnEveryMs: number; stallCeilingMs: number; maxWarningsPerMinute: number },
    tell: (warning: Warning) => void,
    onFault: OnFault,
    ring: () => void,
  ) {
    this.#blockedAfterMs = options.blockedAfterMs;
    this.#warnEveryMs = options.warnEveryMs;
    this.#stallCeilingMs = options.stallCeilingMs;
    this.#tell = tell;
    this.#onFault = onFault;
    this.#throttle = new Throttle(options.warnEveryMs, options.maxWarningsPerMinute);
    this.#agenda = new Agenda(clock, false, ring);
  }

  get heldBackEver(): HeldBack {
    return this.#throttle.heldBackEver;
  }

  hear(event: LaneEvent, lane: Lane): void {
    switch (event.type) {
      case 'waiting':
        lane.reportedAt = undefined;
        lane.reportRefused = false;
        // It may have been forgotten since it was last reported.
        lane.toldAt = Math.max(lane.toldAt, this.#throttle.lastAt('blocked', lane.name));
        return this.#lookAt(lane, event.at);
      case 'flowing':
        // A listener that was told before may have made the lane wait again.
        if (!lane.waits) this.#agenda.cancel(lane.blockedAlarm);
        return;
      case 'taken-back':
        if (event.reason === 'stalled') this.#warnOfReclaim(event);
    }
  }

  /** Something of the user's threw. */
  fault(lane: string, where: Where, error: unknown, at: number): void {
    const heldBack = this.#throttle.admit('fault', lane, at);
    if (heldBack !== undefined) this.#tell({ kind: 'fault', at, lane, where, error, heldBack });
  }

  /** Reports every lane that is due for it; where the minute has not room for all, those that have waited longest for theirs. */
  reportBlocked(now: number): void {
    const due = this.#agenda.takeAllDue(now);
    // Where neither was ever reported, the difference is no number: they stay as they are.
    for (const lane of due.toSorted((a, b) => a.toldAt - b.toldAt)) this.#lookAt(lane, now);
    this.#agenda.rearm();
  }

  /** Reports a waiting lane if it is time, and sets its alarm for the next look. */
  #lookAt(lane: Lane, now: number): void {
    const isDue = now >= this.#dueAt(lane);
    if (isDue) lane.reportedAt = now;
    if (isDue || now >= this.#retryAt(lane, now)) this.#report(lane, now);
    if (lane.waits) this.#agenda.set(lane.blockedAlarm, Math.min(this.#dueAt(lane), this.#retryAt(lane, now)));
  }

  #report(lane: Lane, now: number): void {
    for (const hold of silentHolds(lane, now, this.#stallCeilingMs)) readProgressSource(hold, now, this.#onFault);
    if (!lane.waits) return;
    const heldBack = this.#throttle.admit('blocked', lane.name, now);
    lane.reportRefused = heldBack === undefined;
    if (heldBack === undefined) return;
    lane.toldAt = now;
    this.#tell({
      kind: 'blocked',
      at: now,
      lane: lane.name,
      active: lane.holds.size,
      concurrency: lane.concurrency,
      queued: lane.backlog.size,
      oldestActiveAgeMs: now - oldestStart(lane),
      stalled: silentHolds(lane, now, this.#stallCeilingMs).length,
      heldBack,
    });
  }

  /** When a report that was held back may be given after all: there is room for it, and the lane is blocked still. */
  #retryAt(lane: Lane, now: number): number {
    return lane.reportRefused ? Math.max(this.#throttle.roomAt(now), this.#blockedAt(lane)) : Infinity;
  }

  #blockedAt(lane: Lane): number {
    return lane.movedAt + this.#blockedAfterMs;
  }

  #dueAt(lane: Lane): number {
    return Math.max(
      this.#blockedAt(lane),
      lane.reportedAt === undefined ? -Infinity : lane.reportedAt + this.#warnEveryMs,
      this.#throttle.notBefore('blocked', lane.name),
    );
  }

  #warnOfReclaim({ at, lane, hold, heldMs, silentMs }: QueueEvent & { type: 'taken-back' }): void {
    const heldBack = this.#throttle.admit('reclaimed', lane, at);
    if (heldBack !== undefined) this.#tell({ kind: 'reclaimed', at, lane, hold, heldMs, silentMs, heldBack });
  }
}

function oldestStart(lane: Lane): number {
  let oldest = Infinity;
  for (const hold of lane.holds.all()) oldest = Math.min(oldest, hold.startedAt);
  return oldest;
}
