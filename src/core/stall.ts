import type { Hold } from './hold.ts';
import type { Lane } from './lane.ts';

/**
 * The holds of a lane whose last sign of life is a ceiling old. Each that looks so has its progress source read first.
 * Rules: `no-permanent-saturation`, `sibling-safe`, `progress`.
 */
export function stalledHolds(
  lane: Lane,
  now: number,
  ceilingMs: number,
  onFault: (hold: Hold, error: unknown) => void,
): Hold[] {
  const stalled: Hold[] = [];
  for (const hold of lane.holds) {
    if (now < hold.lastSignAt + ceilingMs) continue;
    readProgressSource(hold, now, onFault);
    if (now >= hold.lastSignAt + ceilingMs) stalled.push(hold);
  }
  return stalled;
}

/**
 * Takes a changed value of the progress source as a sign of life. A value from the future counts as now, and once:
 * a source that then stays at it has not changed.
 */
export function readProgressSource(hold: Hold, now: number, onFault: (hold: Hold, error: unknown) => void): void {
  const source = hold.task.progressSource;
  if (source === undefined) return;
  let value: number;
  try {
    value = source();
  } catch (error) {
    onFault(hold, error);
    return;
  }
  if (value === hold.sourceValue || !Number.isFinite(value)) return;
  hold.sourceValue = value;
  hold.lastSignAt = Math.max(hold.lastSignAt, Math.min(value, now));
}
