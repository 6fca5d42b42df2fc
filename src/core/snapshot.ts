import type { Lane } from './lane.ts';
import type { HeldBack } from './warnings.ts';

/**
 * Why nothing starts in a lane that has a backlog.
 * - `paused`: the lane or the whole queue is paused;
 * - `no-slots`: its concurrency is 0;
 * - `busy`: every slot is taken, and every hold has shown a sign of life within the ceiling;
 * - `stalled`: every slot is taken, and at least one hold has been silent for a ceiling.
 */
export type BlockedBy = 'paused' | 'no-slots' | 'busy' | 'stalled';

/** How much is in a lane, or in the whole queue. */
export interface Counts {
  /** Tasks in the backlog. */
  readonly queued: number;
  /** Holds: slots that are taken. */
  readonly active: number;
  /** Bodies that are still out although their slot was taken back. */
  readonly detached: number;
}

/** What is in a lane, and why it does not move. Ages are milliseconds of the queue's clock. */
export interface LaneSnapshot extends Counts {
  readonly lane: string;
  readonly concurrency: number;
  readonly paused: boolean;
  /** Undefined where there is no backlog, or where it moves. */
  readonly blockedBy: BlockedBy | undefined;
  /** How many of its holds have been silent for a ceiling. */
  readonly stalled: number;
  readonly oldestQueuedAgeMs: number | undefined;
  readonly oldestActiveAgeMs: number | undefined;
  /** How long ago the most silent of its holds showed a sign of life. */
  readonly longestSilentMs: number | undefined;
}

/** What is in the whole queue. */
export interface QueueStats extends Counts {
  /** Lane records: of lanes in use, and of lanes that were configured or paused. */
  readonly lanes: number;
  /** Holds that have been silent for a ceiling, whether or not anybody waits behind them. */
  readonly stalled: number;
  /** How many lanes have a backlog that does not move, by what it is that holds them up. */
  readonly blockedBy: Readonly<Partial<Record<BlockedBy, number>>>;
  readonly oldestQueuedAgeMs: number | undefined;
  readonly oldestActiveAgeMs: number | undefined;
  readonly paused: boolean;
  readonly closed: boolean;
  /** Warnings that the bounds have ever held back, per kind. */
  readonly warningsHeldBack: HeldBack;
}

export function snapshotOf(lane: Lane, detached: number, stallCeilingMs: number, now: number): LaneSnapshot {
  let stalled = 0;
  let [oldestStart, longestSilence] = [Infinity, Infinity];
  for (const hold of lane.holds.all()) {
    if (now >= hold.lastSignAt + stallCeilingMs) stalled += 1;
    oldestStart = Math.min(oldestStart, hold.startedAt);
    longestSilence = Math.min(longestSilence, hold.lastSignAt);
  }
  const isHeld = lane.holds.size > 0;
  const queuedSince = lane.backlog.oldestSince;
  return {
    lane: lane.name,
    concurrency: lane.concurrency,
    paused: lane.isPaused,
    queued: lane.backlog.size,
    active: lane.holds.size,
    blockedBy: blockedBy(lane, stalled),
    stalled,
    detached,
    oldestQueuedAgeMs: queuedSince === undefined ? undefined : now - queuedSince,
    oldestActiveAgeMs: isHeld ? now - oldestStart : undefined,
    longestSilentMs: isHeld ? now - longestSilence : undefined,
  };
}

function blockedBy(lane: Lane, stalled: number): BlockedBy | undefined {
  if (lane.backlog.size === 0) return undefined;
  if (lane.isPaused) return 'paused';
  if (lane.concurrency === 0) return 'no-slots';
  if (lane.holds.size < lane.concurrency) return undefined;
  return stalled > 0 ? 'stalled' : 'busy';
}

/** The sum of all lanes. */
export function statsOf(
  lanes: readonly LaneSnapshot[],
  queue: Pick<QueueStats, 'detached' | 'paused' | 'closed' | 'warningsHeldBack'>,
): QueueStats {
  const sum = (one: 'queued' | 'active' | 'stalled'): number => lanes.reduce((total, lane) => total + lane[one], 0);
  const oldest = (one: 'oldestQueuedAgeMs' | 'oldestActiveAgeMs'): number | undefined =>
    lanes.reduce<number | undefined>(
      (age, lane) => (lane[one] === undefined ? age : Math.max(age ?? 0, lane[one])),
      undefined,
    );
  const reasons: Partial<Record<BlockedBy, number>> = {};
  for (const { blockedBy: reason } of lanes) if (reason !== undefined) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    lanes: lanes.length,
    queued: sum('queued'),
    active: sum('active'),
    detached: queue.detached,
    stalled: sum('stalled'),
    blockedBy: reasons,
    oldestQueuedAgeMs: oldest('oldestQueuedAgeMs'),
    oldestActiveAgeMs: oldest('oldestActiveAgeMs'),
    paused: queue.paused,
    closed: queue.closed,
    warningsHeldBack: queue.warningsHeldBack,
  };
}
