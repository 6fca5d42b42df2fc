import type { Clock } from './clock.ts';
import type { QueueEvent } from './events.ts';
import type { Logger } from './logger.ts';
import type { Patience } from './waiters.ts';
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
  /** A judging timer that fires later than this has met a blocked loop or a sleeping machine. Default 1 000. Rule: `clock`. */
  readonly lateMs?: number | undefined;
  /** How long every hold is then given to report, once for each sign of life. Default 5 000. Rule: `clock`. */
  readonly graceMs?: number | undefined;
  /** At most one warning per lane and kind in any stretch of this length. Default 30 000. Rule: `warnings-bounded`. */
  readonly warnEveryMs?: number | undefined;
  /**
   * How long a lane must have waited, with nothing starting or leaving in it, to be reported as blocked.
   * Default `warnEveryMs`; 0 reports at the first decision that could not dispatch. Rule: `never-silent`.
   */
  readonly blockedAfterMs?: number | undefined;
  /** At most so many warnings over all lanes in any 60 000 ms. Default 60. Rule: `warnings-bounded`. */
  readonly maxWarningsPerMinute?: number | undefined;
  /** Gets the warnings. */
  readonly onWarning?: ((warning: Warning) => void) | undefined;
  /** Logs the warnings: `console`, or a logger in the manner of pino. Default: `console`, unless `onWarning` is given. */
  readonly logger?: Logger | undefined;
  /** Gets every event, as it happens, unthrottled. Rule: `observable`. */
  readonly onEvent?: ((event: QueueEvent) => void) | undefined;
  /** Default: the clock of the running process. */
  readonly clock?: Clock | undefined;
}

/** What a caller is told whose task has waited for long. */
export interface WaitNotice {
  readonly lane: string;
  readonly waitedMs: number;
  /** Tasks in the backlog of the lane, this one among them. */
  readonly queued: number;
  /** Slots of the lane that are taken. */
  readonly active: number;
}

export interface EnqueueOptions {
  /** Default `"normal"`. Rule: `order`. */
  readonly priority?: Priority | undefined;
  /** Takes the task out of the backlog when it aborts; a body that runs already sees it on its own signal. Rule: `abort`. */
  readonly signal?: AbortSignal | undefined;
  /** The slot is taken back when the last sign of life is so old, whether or not anybody waits. Default Infinity. Rule: `timeout`. */
  readonly timeoutMs?: number | undefined;
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
  /** Called once, when the task has waited in the backlog for `onWaitAfterMs`. */
  readonly onWait?: ((notice: WaitNotice) => void) | undefined;
  /** Default 5 000. */
  readonly onWaitAfterMs?: number | undefined;
}

/** The options of a task, checked, with nothing left to default. */
export interface TaskOptions {
  readonly priority: Priority;
  /** The place of its priority class among all of them. */
  readonly rank: number;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly progressSource: (() => number) | undefined;
  readonly rejectsWhenTakenBack: boolean;
  readonly onWait: ((notice: WaitNotice) => void) | undefined;
  readonly onWaitAfterMs: number;
}

export interface LaneOptions {
  /** Slots of the lane: a whole number, or Infinity. 0 lets nothing start. */
  readonly concurrency: number;
}

export interface WaitOptions {
  /** Wait for this lane only. Default: for all lanes. */
  readonly lane?: string | undefined;
  /** Give up after so long; 0 answers now. Default Infinity. */
  readonly timeoutMs?: number | undefined;
  /** Give up when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

export interface CloseOptions {
  /** Give up waiting for rest after so long. Default Infinity. Rule: `close`. */
  readonly deadlineMs?: number | undefined;
}

/** What a task gets whose caller says nothing: made once, for most do not. */
const USUAL: TaskOptions = taskOptions({});

/** Checks the options of `enqueue`. */
export function taskOptions(options: EnqueueOptions | undefined): TaskOptions {
  if (options === undefined) return USUAL;
  anObject('options', options);
  const priority = oneOf('options.priority', options.priority, 'normal', PRIORITIES);
  return {
    priority,
    rank: PRIORITIES.indexOf(priority),
    signal: abortSignal('options.signal', options.signal),
    timeoutMs: duration('options.timeoutMs', options.timeoutMs, Infinity),
    progressSource: callback('options.progressSource', options.progressSource),
    rejectsWhenTakenBack:
      oneOf('options.onTakenBack', options.onTakenBack, 'reject', ['reject', 'detach']) === 'reject',
    onWait: callback('options.onWait', options.onWait),
    onWaitAfterMs: duration('options.onWaitAfterMs', options.onWaitAfterMs, 5_000),
  };
}

/** Checks how long, and by which signal, a wait may be given up. */
export function patience({ timeoutMs, signal }: WaitOptions): Patience {
  return {
    timeoutMs: durationOrZero('options.timeoutMs', timeoutMs, Infinity),
    signal: abortSignal('options.signal', signal),
  };
}

/** Refuses anything but a duration above 0, and returns it. */
export function duration(argument: string, value: number | undefined, whenAbsent: number): number {
  const given = value === undefined ? whenAbsent : value;
  if (typeof given === 'number' && given > 0) return given;
  throw bad(argument, given, 'a duration in milliseconds above 0, or Infinity for never', 'number');
}

/** Refuses anything but a duration of 0 or more, and returns it. */
export function durationOrZero(argument: string, value: number | undefined, whenAbsent: number): number {
  const given = value === undefined ? whenAbsent : value;
  if (typeof given === 'number' && given >= 0) return given;
  throw bad(argument, given, 'a duration in milliseconds, 0 or more, or Infinity for never', 'number');
}

/** Refuses anything but a whole number of at least `least`, or Infinity, and returns it. */
export function count(
  argument: string,
  value: number | undefined,
  whenAbsent: number | undefined,
  least: number,
): number {
  const given = value === undefined ? whenAbsent : value;
  if (given === Infinity || (typeof given === 'number' && Number.isInteger(given) && given >= least)) return given;
  throw bad(argument, given, `a whole number of at least ${least}, or Infinity`, 'number');
}

/** Refuses anything but one of the words. */
export function oneOf<Word extends string>(
  argument: string,
  value: Word | undefined,
  whenAbsent: Word,
  words: readonly Word[],
): Word {
  const given = value === undefined ? whenAbsent : value;
  if (words.includes(given)) return given;
  throw bad(argument, given, words.map((word) => JSON.stringify(word)).join(', '), 'string');
}

/** Refuses a value that is given and not a function. */
export function callback<Function>(argument: string, value: Function | undefined): Function | undefined {
  if (value === undefined || typeof value === 'function') return value;
  throw bad(argument, value, 'a function');
}

/** Refuses anything but an object, and returns it. */
export function anObject<Options extends object>(argument: string, value: Options): Options {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
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

/** Refuses a value that is given and cannot log. */
export function aLogger(argument: string, value: Logger | undefined): Logger | undefined {
  if (value === undefined || typeof value?.warn === 'function') return value;
  throw bad(argument, value, 'a logger with a warn method, such as console');
}

/** Refuses anything but a lane's name. */
export function laneName(argument: string, value: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw bad(argument, value, 'the name of a lane, a string that is not empty', 'string');
}

/**
 * An error that names the argument, what was received and what would do: a RangeError if what was received is at least of
 * the type that is wanted, where that is a matter of type. Rule: `bad-input`.
 */
export function bad(argument: string, received: unknown, wanted: string, type?: 'number' | 'string'): Error {
  const Kind = typeof received === type ? RangeError : TypeError;
  return new Kind(`${argument}: received ${show(received)}; pass ${wanted}.`);
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
