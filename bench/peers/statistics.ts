/** The middle of several figures, with the extremes. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1]!, least: sorted[0]!, most: sorted.at(-1)! };
}

/** Quotients of what was measured side by side. Their median is not the quotient of two medians. */
export function pairByPair(figures: readonly number[], by: readonly number[]): Spread {
  return spread(figures.map((figure, repeat) => figure / by[repeat]!));
}

/** `median (least–most)` */
export function shown({ median, least, most }: Spread, digits = 2): string {
  const [middle, low, high] = [median, least, most].map((figure) => figure.toFixed(digits));
  return `${middle} (${low}–${high})`;
}
