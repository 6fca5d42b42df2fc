import { Agenda } from './agenda.ts';
import type { Clock } from './clock.ts';
import type { QueueEvent } from './events.ts';
import type { Hold } from './hold.ts';
import type { Lane } from './lane.ts';
import { stalledHolds } from './stall.ts';
import { Throttle } from './throttle.ts';

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
      readonly where: 'progressSource';
      readonly error: unknown;
      readonly heldBack: HeldBack;
    };

type Facts = Warning extends infer One ? (One extends Warning ? Omit<One, 'at' | 'lane' | 'heldBack'> : never) : never;

/**
 * Tells people what they should know, within bounds. It consumes the queue's events and looks at a lane when that lane's
 * alarm rings; the queue knows nothing of it. Rules: `never-silent`, `warnings-bounded`.
 */
export class Warnings {
  readonly #clock: Clock;
  readonly #blockedAfterMs: number;
  readonly #warnEveryMs: number;
  readonly #stallCeilingMs: number;
  readonly #tell: (warning: Warning) => void;
  readonly #onFault: (hold: Hold, error: unknown) => void;
  readonly #throttle: Throttle<WarningKind>;
  readonly #agenda: Agenda<Lane>;

  /** `ring` is called when a lane may have to be reported; it calls `reportBlocked`. */
  constructor(
    clock: Clock,
    options: { blockedAfterMs: number; warnEveryMs: number; stallCeilingMs: number; maxWarningsPerMinute: number },
    tell: (warning: Warning) => void,
    onFault: (hold: Hold, error: unknown) => void,
    ring: () => void,
  ) {
    this.#clock = clock;
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

  hear(event: QueueEvent, lane: Lane): void {
    switch (event.type) {
      case 'waiting':
        lane.reportedAt = undefined;
        return this.#lookAt(lane, event.at);
      case 'flowing':
        return this.#agenda.cancel(lane.blockedAlarm);
      case 'taken-back':
        if (event.reason === 'stalled') {
          const { hold, heldMs, silentMs } = event;
          this.#warn({ kind: 'reclaimed', hold, heldMs, silentMs }, lane);
        }
        return;
      case 'fault':
        return this.#warn({ kind: 'fault', where: event.where, error: event.error }, lane);
      default:
        return;
    }
  }

  /** Reports every lane that is due for it. */
  reportBlocked(now: number): void {
    for (let due = this.#agenda.takeDue(now); due !== undefined; due = this.#agenda.takeDue(now)) {
      this.#lookAt(due.owner, now);
    }
    this.#agenda.rearm();
  }

  /** Reports a waiting lane if it is time, and sets its alarm for the next look. */
  #lookAt(lane: Lane, now: number): void {
    if (now >= this.#dueAt(lane)) {
      lane.reportedAt = now;
      this.#warn(
        {
          kind: 'blocked',
          active: lane.holds.size,
          concurrency: lane.concurrency,
          queued: lane.backlog.size,
          oldestActiveAgeMs: now - oldestStart(lane),
          stalled: stalledHolds(lane, now, this.#stallCeilingMs, this.#onFault).length,
        },
        lane,
      );
    }
    if (lane.waits) this.#agenda.set(lane.blockedAlarm, this.#dueAt(lane));
  }

  #dueAt(lane: Lane): number {
    return Math.max(
      lane.movedAt + this.#blockedAfterMs,
      lane.reportedAt === undefined ? -Infinity : lane.reportedAt + this.#warnEveryMs,
      this.#throttle.notBefore('blocked', lane.name),
    );
  }

  #warn(facts: Facts, lane: Lane): void {
    const now = this.#clock.now();
    if (!this.#throttle.admit(facts.kind, lane.name, now)) return;
    this.#tell({ ...facts, at: now, lane: lane.name, heldBack: this.#throttle.takeHeldBack() });
  }
}

function oldestStart(lane: Lane): number {
  let oldest = Infinity;
  for (const hold of lane.holds) oldest = Math.min(oldest, hold.startedAt);
  return oldest;
}

/** The warning as one line for a log. */
export function formatWarning(warning: Warning): string {
  const { kind, at: _at, lane, heldBack, ...facts } = warning;
  const what = { blocked: 'lane blocked', reclaimed: 'slot reclaimed', fault: 'callback threw' }[kind];
  const shown = { lane, ...facts, ...(Object.keys(heldBack).length > 0 ? { heldBack } : {}) };
  const words = Object.entries(shown).map(([name, value]) => `${name}=${inOneLine(value)}`);
  return `${what}: ${words.join(' ')}`;
}

/** Whatever the user's code threw: a log line must come of it all the same. */
function inOneLine(value: unknown): string {
  if (value instanceof Error) return JSON.stringify(value.message);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return `(${typeof value})`;
  }
}
