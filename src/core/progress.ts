import type { Hold } from './hold.ts';
import type { Lane } from './lane.ts';
import { shield } from './shield.ts';

/** Told when something of the user's threw. */
export type OnFault = (lane: Lane, where: 'progressSource' | 'onWait', error: unknown) => void;

/** The holds of a lane whose last sign of life is a ceiling old, as far as is known. Rule: `no-permanent-saturation`. */
export function silentHolds(lane: Lane, now: number, ceilingMs: number): Hold[] {
  return lane.holds.all().filter((hold) => now >= hold.lastSignAt + ceilingMs);
}

/**
 * Takes a changed value of the progress source as a sign of life. A value from the future counts as now, and once:
 * a source that then stays at it has not changed. The source is the user's, runs in the async context of its own enqueue,
 * as the body does, and may call the queue: whatever was known of a lane must be looked up again afterwards.
 * Rules: `progress`, `context`.
 */
export function readProgressSource(hold: Hold, now: number, onFault: OnFault): void {
  const source = hold.task.options.progressSource;
  if (source === undefined) return;
  const value = ask(source, hold, onFault);
  if (value === hold.sourceValue || !Number.isFinite(value)) return;
  hold.sourceValue = value;
  hold.lastSignAt = Math.max(hold.lastSignAt, Math.min(value, now));
}

function ask(source: () => number, { task }: Hold, onFault: OnFault): number {
  let value = NaN;
  task.runInAsyncScope(() => {
    shield(
      () => (value = source()),
      undefined,
      (error) => onFault(task.lane, 'progressSource', error),
    );
  });
  return value;
}
