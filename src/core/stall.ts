import type { Hold } from './hold.ts';
import type { Lane } from './lane.ts';

/** The holds of a lane whose last sign of life is a ceiling old, as far as is known. Rule: `no-permanent-saturation`. */
export function silentHolds(lane: Lane, now: number, ceilingMs: number): Hold[] {
  return [...lane.holds].filter((hold) => now >= hold.lastSignAt + ceilingMs);
}

/**
 * Asks the progress sources of the holds that seem silent. They are the user's, and may call the queue: whatever was known
 * of a lane must be looked up again afterwards.
 */
export function askSilentHolds(
  lane: Lane,
  now: number,
  ceilingMs: number,
  onFault: (hold: Hold, error: unknown) => void,
): void {
  for (const hold of silentHolds(lane, now, ceilingMs)) readProgressSource(hold, now, onFault);
}

/**
 * Takes a changed value of the progress source as a sign of life. A value from the future counts as now, and once:
 * a source that then stays at it has not changed. Rule: `progress`.
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
