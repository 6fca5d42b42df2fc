/** A duration as people say it: 600 s, 29.999 s, 0 s. */
export function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}

/** 50 000 rather than 50000. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}
