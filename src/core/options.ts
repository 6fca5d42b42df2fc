import type { Clock } from './clock.ts';
import type { QueueEvent } from './events.ts';
import type { Warning } from './warnings.ts';

/** The priority classes, first to last. Rule: `order`. */
export const PRIORITIES = ['foreground', 'normal', 'background'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Durations are milliseconds of the queue's clock; Infinity means never. */
export interface LaneQueueOptions {
  /** Slots of a lane that was not configured. Default 1. */
  readonly concurrency?: number | undefined;
  /** How long a hold may go without a sign of life while others wait behind it. Default 600 000. Rule: `no-permanent-saturation`. */
  readonly stallCeilingMs?: number | undefined;
  /** At most one warning per lane and kind in any stretch of this length. Default 30 000. Rule: `warnings-bounded`. */
  readonly warnEveryMs?: number | undefined;
  /**
   * How long a lane must have waited, with nothing starting or leaving in it, to be reported as blocked.
   * Default `warnEveryMs`; 0 reports at the first decision that could not dispatch. Rule: `never-silent`.
   */
  readonly blockedAfterMs?: number | undefined;
  /** At most so many warnings over all lanes in any 60 000 ms. Default 60. Rule: `warnings-bounded`. */
  readonly maxWarningsPerMinute?: number | undefined;
  /** Gets the warnings. Default: one line each by `console.warn`. */
  readonly onWarning?: ((warning: Warning) => void) | undefined;
  /** Gets every event, as it happens, unthrottled. */
  readonly onEvent?: ((event: QueueEvent) => void) | undefined;
  /** Default: the clock of the running process. */
  readonly clock?: Clock | undefined;
}

export interface EnqueueOptions {
  /** Default `"normal"`. Rule: `order`. */
  readonly priority?: Priority | undefined;
  /**
   * Says, on the queue's clock, when the body last showed a sign of life. It is asked when the body starts and whenever the
   * age of the hold matters. A value that is the same as before says nothing new; one from the future says "now", once.
   * Rule: `progress`.
   */
  readonly progressSource?: (() => number) | undefined;
  /**
   * What the caller's promise does when the slot is taken back: reject with a `TakenBackError` at once (`"reject"`, the
   * default), or stay tied to the body and settle late (`"detach"`). Rule: `caller-outcome`.
   */
  readonly onTakenBack?: 'reject' | 'detach' | undefined;
}

export interface LaneOptions {
  /** Slots of the lane: a whole number, or Infinity. 0 lets nothing start. */
  readonly concurrency: number;
}

export interface WaitOptions {
  /** Wait for the holds of this lane only. Default: of all lanes. */
  readonly lane?: string | undefined;
  /** Give up after so long; 0 answers now. Default Infinity. */
  readonly timeoutMs?: number | undefined;
  /** Give up when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** Refuses anything but a duration above 0, and returns it. */
export function duration(argument: string, value: number | undefined, whenAbsent: number): number {
  const given = value ?? whenAbsent;
  if (typeof given === 'number' && given > 0) return given;
  throw bad(argument, given, 'a duration in milliseconds above 0, or Infinity for never');
}

/** Refuses anything but a duration of 0 or more, and returns it. */
export function durationOrZero(argument: string, value: number | undefined, whenAbsent: number): number {
  const given = value ?? whenAbsent;
  if (typeof given === 'number' && given >= 0) return given;
  throw bad(argument, given, 'a duration in milliseconds, 0 or more, or Infinity for never');
}

/** Refuses anything but a whole number of at least `least`, or Infinity, and returns it. */
export function count(
  argument: string,
  value: number | undefined,
  whenAbsent: number | undefined,
  least: number,
): number {
  const given = value ?? whenAbsent;
  if (given === Infinity || (typeof given === 'number' && Number.isInteger(given) && given >= least)) return given;
  throw bad(argument, given, `a whole number of at least ${least}, or Infinity`);
}

/** Refuses anything but one of the words. */
export function oneOf<Word extends string>(
  argument: string,
  value: Word | undefined,
  whenAbsent: Word,
  words: readonly Word[],
): Word {
  const given = value ?? whenAbsent;
  if (words.includes(given)) return given;
  throw bad(argument, given, words.map((word) => JSON.stringify(word)).join(', '));
}

/** Refuses a value that is given and not a function. */
export function callback<Function>(argument: string, value: Function | undefined): Function | undefined {
  if (value === undefined || typeof value === 'function') return value;
  throw bad(argument, value, 'a function');
}

/** Refuses anything but an object, and returns it. */
export function anObject<Options extends object>(argument: string, value: Options): Options {
  if (typeof value === 'object' && value !== null) return value;
  throw bad(argument, value, 'an object with options');
}

/** Refuses a value that is given and is no signal. */
export function abortSignal(argument: string, value: AbortSignal | undefined): AbortSignal | undefined {
  if (value === undefined || value instanceof AbortSignal) return value;
  throw bad(argument, value, 'an AbortSignal');
}

/** Refuses a value that is given and is no clock. */
export function clockPort(argument: string, value: Clock | undefined): Clock | undefined {
  const methods = ['now', 'setTimer', 'clearTimer'] as const;
  if (value === undefined || methods.every((method) => typeof value?.[method] === 'function')) return value;
  throw bad(argument, value, 'a clock: { now, setTimer, clearTimer }');
}

/** Refuses anything but a lane's name. */
export function laneName(argument: string, value: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw bad(argument, value, 'the name of a lane, a string that is not empty');
}

/** An error that names the argument, what was received and what would do. Rule: `bad-input`. */
export function bad(argument: string, received: unknown, wanted: string): Error {
  const Kind = typeof received === 'number' || typeof received === 'string' ? RangeError : TypeError;
  return new Kind(`${argument}: received ${show(received)}; pass ${wanted}.`);
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
