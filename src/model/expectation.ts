import type { RuleName } from './rules.ts';

/**
 * What must be true of one reading: the value under `key` is `value`. Each expectation is tagged with the rule that
 * demands it, and a list of them is in order of blame: the first that fails names the promise that broke.
 */
export interface Expectation {
  readonly rule: RuleName;
  readonly key: string;
  readonly value: string | number | typeof ABSENT | typeof PRESENT;
}

/** Nothing may be there. */
export const ABSENT = '(nothing)';
/** Something must be there; another expectation may say what. */
export const PRESENT = '(something)';

/** The names under which what happens is noted. The subject's driver and the model agree on these and on nothing else. */
export const key = {
  error: (nth: number) => `error ${nth}`,
  start: (lane: string, nth: number) => `start in ${lane}, ${nth}.`,
  startAgain: (task: string) => `${task} starts again`,
  caller: (task: string) => `caller of ${task}`,
  signal: (task: string) => `signal of ${task}`,
  waiter: (waiter: string) => `waiter ${waiter}`,
  returned: 'returned',
  lane: (lane: string) => `lane ${lane}`,
  detached: 'detached',
  timers: 'armed timers',
  lanes: 'lanes remembered',
  warning: (kind: string, lane: string, nth: number) => `warning ${kind} in ${lane}, ${nth}.`,
  reclaimsHeldBack: 'reclaims held back',
} as const;

/** How what is seen is written. */
export const outcome = {
  lane: (active: number, queued: number) => `${active} active, ${queued} queued`,
  fulfilled: 'fulfilled',
  rejected: 'rejected',
  takenBack: (reason: string, lane: string, heldMs: number, silentMs: number) =>
    `taken back (${reason}) from ${lane}, held ${heldMs} ms, silent ${silentMs} ms`,
  aborted: 'aborted',
  waiter: (how: 'left' | 'timeout' | 'aborted', takenBack: number, remaining: number) =>
    `${how}, ${takenBack} taken back, ${remaining} remaining`,
} as const;

/** How the claims of warnings are written. */
export const warningText = {
  blocked: (active: number, concurrency: number, queued: number, oldestMs: number, stalled: number) =>
    `active ${active} of ${concurrency}, queued ${queued}, oldest ${oldestMs} ms, stalled ${stalled}`,
  reclaimed: 'a slot was taken back',
  fault: 'a callback threw',
} as const;

/**
 * Whom to blame for what happens and is not expected, by the beginning of its key; the first that fits decides.
 * What only a context can blame (a start in a full lane, a late settlement that frees a slot) the model forbids itself.
 */
export const UNEXPECTED: readonly (readonly [prefix: string, rule: RuleName])[] = [
  ['error', 'no-stray-errors'],
  ['start', 'capacity'],
  ['signal of', 'sibling-safe'],
  ['caller of', 'exactly-once'],
  ['waiter', 'waiters'],
  ['warning', 'never-silent'],
  ['reclaims held back', 'warnings-bounded'],
  ['', 'exactly-once'],
];
