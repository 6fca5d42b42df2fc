import type { RuleName } from './rules.ts';

/**
 * What must be true of one reading: the value under `key` is `value`. Each expectation is tagged with the rule that
 * demands it, and a list of them is in order of blame: the first that fails names the promise that broke.
 */
export interface Expectation {
  readonly rule: RuleName;
  readonly key: string;
  /** The value itself, `ABSENT` or `PRESENT`. */
  readonly value: string | number;
}

/** Nothing may be there. */
export const ABSENT = '(nothing)';
/** Something must be there; another expectation may say what. */
export const PRESENT = '(something)';

type Name = (of: string) => string;

/** The same string each time: names are asked for by the million, and a string that is not new need not be hashed. */
function name(make: Name): Name {
  const made = new Map<string, string>();
  return (of) => {
    let it = made.get(of);
    if (it === undefined) made.set(of, (it = make(of)));
    return it;
  };
}

/** The same for names that are numbered. */
function numbered(make: (of: string, nth: number) => string): (of: string, nth: number) => string {
  const made = new Map<string, string[]>();
  return (of, nth) => {
    let all = made.get(of);
    if (all === undefined) made.set(of, (all = []));
    return (all[nth] ??= make(of, nth));
  };
}

const WARNINGS: Readonly<Record<string, Name>> = {
  blocked: name((lane) => `warning blocked in ${lane}`),
  reclaimed: name((lane) => `warning reclaimed in ${lane}`),
  fault: name((lane) => `warning fault in ${lane}`),
};

interface Keys {
  readonly error: string;
  readonly start: (lane: string, nth: number) => string;
  readonly startAgain: Name;
  readonly caller: Name;
  readonly signal: Name;
  readonly waiter: Name;
  readonly closer: Name;
  readonly notice: (lane: string, nth: number) => string;
  readonly noticeSays: Name;
  readonly returned: string;
  readonly returnedInside: (lane: string, nth: number) => string;
  readonly listeners: string;
  readonly active: Name;
  readonly queued: Name;
  readonly detached: string;
  readonly detachedIn: Name;
  readonly lastHold: string;
  readonly transitions: string;
  readonly total: string;
  readonly timers: string;
  readonly keptAlive: string;
  readonly lanes: string;
  readonly warning: (kind: string, lane: string, nth: number) => string;
  readonly reclaimsHeldBack: string;
  readonly reclaimsToldOf: string;
}

/** The names under which what happens is noted. The subject's driver and the model agree on these and on nothing else. */
export const key: Keys = {
  error: 'error',
  start: numbered((lane, nth) => `start in ${lane}, ${nth}.`),
  startAgain: name((task) => `again, ${task} starts`),
  caller: name((task) => `caller of ${task}`),
  signal: name((task) => `signal of ${task}`),
  waiter: name((waiter) => `waiter ${waiter}`),
  closer: name((waiter) => `closer ${waiter}`),
  notice: numbered((lane, nth) => `notice in ${lane}, ${nth}.`),
  noticeSays: name((task) => `notice says to ${task}`),
  returned: 'returned',
  returnedInside: (lane, nth) => `call from inside ${lane}, ${nth}., returned`,
  listeners: 'listeners on signals',
  active: name((lane) => `active in ${lane}`),
  queued: name((lane) => `queued in ${lane}`),
  detached: 'detached',
  detachedIn: name((lane) => `detached in ${lane}`),
  lastHold: 'number of the last hold',
  transitions: 'transitions told',
  total: 'in all',
  timers: 'armed timers',
  keptAlive: 'process kept alive',
  lanes: 'lanes remembered',
  warning(kind, lane, nth) {
    const first = (WARNINGS[kind] ?? name((of) => `warning ${kind} in ${of}`))(lane);
    return nth === 1 ? first : `${first}, ${nth}.`;
  },
  reclaimsHeldBack: 'reclaims held back',
  reclaimsToldOf: 'reclaims told of later',
};

/** How a wait for holds to leave can end. */
export type WaitEnd = 'left' | 'timeout' | 'aborted';

/** How outcomes are written. */
export const outcome = {
  fulfilled: 'fulfilled',
  rejected: 'rejected',
  takenBackFor: (reason: string) => `taken back (${reason})`,
  takenBack: (reason: string, lane: string, heldMs: number, silentMs: number) =>
    `taken back (${reason}) from ${lane}, held ${heldMs} ms, silent ${silentMs} ms`,
  notice: (waitedMs: number, queued: number, active: number) =>
    `waited ${waitedMs} ms, ${queued} queued, ${active} active`,
  dropped: { aborted: 'rejected with the reason of its signal', cleared: 'cleared' },
  refused: 'refused: closed',
  left: (how: WaitEnd, takenBack: number, remaining: number) =>
    `${how}, ${takenBack} taken back, ${remaining} remaining`,
  total: (queued: number, active: number) => `${queued} queued, ${active} active`,
  closed: (how: 'drained' | 'deadline', queued: number, active: number, detached: number) =>
    `${how}, ${queued} queued, ${active} active, ${detached} detached`,
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
  ['start in', 'capacity'],
  ['signal of', 'sibling-safe'],
  ['caller of', 'exactly-once'],
  ['waiter', 'waiters'],
  ['closer', 'close'],
  ['warning', 'never-silent'],
  ['reclaims', 'warnings-bounded'],
  ['notice', 'never-silent'],
  ['listeners', 'abort'],
  ['', 'exactly-once'],
];
