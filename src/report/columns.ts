import type { Bar } from './bar.ts';
import type { Moment } from './verdict.ts';

/** Moments that stand side by side and look alike, from the first to the last, as one column of a picture. */
export interface Column {
  readonly first: number;
  readonly last: number;
}

/**
 * A column for each moment in which something changes; between two of them, what one command brings is one column. There
 * are `most` at most: beyond that the earliest share one. The last moment always has its own.
 */
export function columnsOf(moments: readonly Moment[], bars: readonly Bar[], most: number): Column[] {
  const changes = new Set(bars.flatMap(({ from, to, hungFrom, signs }) => [from, to, hungFrom, ...signs]));
  const columns: Column[] = [];
  for (const [place, moment] of moments.entries()) {
    const before = columns.at(-1);
    const isAlike = before !== undefined && moments[before.last]!.number === moment.number && !changes.has(place);
    if (isAlike && place < moments.length - 1) columns[columns.length - 1] = { first: before.first, last: place };
    else columns.push({ first: place, last: place });
  }
  const far = columns.length - most;
  return far <= 0 ? columns : [{ first: 0, last: columns[far]!.last }, ...columns.slice(far + 1)];
}

/** The column in which a moment stands; one more than there are for what is later. */
export function columnAt(columns: readonly Column[], moment: number): number {
  const place = columns.findIndex(({ last }) => moment <= last);
  return place === -1 ? columns.length : place;
}
