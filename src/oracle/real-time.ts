/** Time as it passes outside. */
export interface RealTime {
  readonly setInterval: typeof globalThis.setInterval;
  readonly clearInterval: typeof globalThis.clearInterval;
  /** Milliseconds since some moment. */
  readonly now: () => number;
}

const { setInterval, clearInterval, performance } = globalThis;

/**
 * Taken before anybody puts a virtual time in the place of the real one: what watches over a queue must not stand still
 * with it.
 */
export const realTime: RealTime = { setInterval, clearInterval, now: performance.now.bind(performance) };
