/** A duration, or a time since the beginning, as people say it: 600 s, 29.999 s, 1 ms, 0 s. */
export function duration(ms: number): string {
  if (ms === Infinity) return 'for ever';
  return ms > 0 && ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}

/** What a reading says, with durations as they are said elsewhere. */
export function inDurations(text: string): string {
  return text.replace(/\b(\d+) ms\b/g, (_, ms) => duration(Number(ms)));
}

/** 50 000 rather than 50000. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}
