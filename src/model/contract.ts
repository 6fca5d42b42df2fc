import type { RuleName } from './rules.ts';

/** The priority classes, first to last. */
export const PRIORITIES = ['foreground', 'normal', 'background'] as const;
export type Priority = (typeof PRIORITIES)[number];

/**
 * Where a hold's signs of life come from, beside its own reports.
 * - `stamp`: a source that says when the body last reported;
 * - `future`: a source that always says the same time, far in the future;
 * - `throws`: a source that always throws.
 */
export const SOURCES = ['stamp', 'future', 'throws'] as const;
export type Source = (typeof SOURCES)[number];

/**
 * Where something of the user's is called and may call the queue back:
 * - `body`: as it starts; `caller`: when the caller is answered; `notice`: when he is told that he still waits;
 * - the others: in a listener, when it is told of that event.
 */
export const CALL_SITES = [
  'body',
  'caller',
  'notice',
  'enqueued',
  'started',
  'settled',
  'taken-back',
  'dropped',
  'waiting',
  'flowing',
] as const;
export type CallSite = (typeof CALL_SITES)[number];

/** Kinds of calls of a queue. */
export type CallKind =
  | 'enqueue'
  | 'reset'
  | 'clear'
  | 'pause'
  | 'resume'
  | 'abort'
  | 'configure'
  | 'wait'
  | 'wait for rest'
  | 'close';

/** How one run's queue is set up. Durations are milliseconds; Infinity is not used, so that a setup is plain JSON. */
export interface Setup {
  /** Slots of every lane that is not configured. */
  readonly concurrency: number;
  readonly stallCeilingMs: number;
  readonly blockedAfterMs: number;
  readonly warnEveryMs: number;
  readonly maxWarningsPerMinute: number;
  /** A judgement that comes later than this gives grace. */
  readonly lateMs: number;
  readonly graceMs: number;
  /** What the listeners do, to events and to warnings, once they have listened; `reject`: they throw in a promise, later. */
  readonly listeners: 'return' | 'throw' | 'reject';
}

/**
 * Where honest queues differ: what happens in cases that no rule decides for all of them. The first of each list of choices
 * is what the reference queue does, and the default.
 */
export interface Terms {
  /** What pausing, resuming, resets, clearing and waiting are about: a lane or all of them, or always the whole queue. */
  readonly scope: 'lane' | 'queue';
  /** What becomes of the caller of a task that is cleared: he is told, or he is left without an answer. */
  readonly clearedCaller: 'told' | 'left';
  /** What an abort does to a task that runs: it keeps its slot; or it gives it up, and its caller is told the reason. */
  readonly abortWhileActive: 'keeps-slot' | 'frees-slot';
  /** When a raised concurrency starts more: at once; or with whatever happens next in the lane, an enqueue or an end. */
  readonly raisedConcurrency: 'starts-at-once' | 'starts-later';
  /** What a pause does to timeouts: they wait for its end, or they run on. */
  readonly pausedTimeouts: 'wait' | 'run';
  /** What a caller learns when his slot is taken back: the reason, the lane and the ages; or the reason alone. */
  readonly takenBackCaller: 'told-ages' | 'told-reason';
  /** What can be waited for: that the holds of a moment have left, that all is at rest. */
  readonly waits: readonly ('left' | 'idle')[];
  /** Whether a wait can be given a timeout and a signal. */
  readonly waitsEnd: boolean;
  /**
   * What may be called from inside: `any` where the order of all that happens at once is promised; else these kinds of call
   * for each place, one at a time, where it must not matter what comes first.
   */
  readonly callsInside: 'any' | Readonly<Partial<Record<CallSite, readonly CallKind[]>>>;
  /** How many turns of the event loop it may take until what happens at once has happened. More than 10 are never needed. */
  readonly turns: number;
}

/** What a queue promises, as plain data. What is left out is not promised and not checked. */
export interface Contract extends Terms {
  readonly promises: readonly RuleName[];
  /** The lanes that are used. A queue that has a single line names just one. */
  readonly lanes: readonly string[];
  /** The priority classes that the queue tells apart; the first is what a task without one gets. */
  readonly priorities: readonly Priority[];
  /** The slots that a lane may be given while it is in use; none where they are fixed. */
  readonly liveConcurrency: readonly number[];
  /** The sources of progress that a task may hand in. */
  readonly sources: readonly Source[];
  /** True if a caller may stay tied to a body whose slot was taken back. */
  readonly detach: boolean;
  /** The times of its own that a task may be given; none where it has none. */
  readonly timeoutsMs: readonly number[];
  /** After so long in the backlog a caller can be told that he still waits; undefined where he cannot. */
  readonly noticeAfterMs: number | undefined;
  /** From where the queue may be called back. */
  readonly callSites: readonly CallSite[];
  /** The values that each parameter of a setup may take, the usual one first. What is named twice is drawn twice as often. */
  readonly setups: { readonly [Parameter in keyof Setup]: readonly Setup[Parameter][] };
}

/** The setup that has the usual value of every parameter. */
export function usualSetup({ setups }: Contract): Setup {
  return {
    concurrency: setups.concurrency[0]!,
    stallCeilingMs: setups.stallCeilingMs[0]!,
    blockedAfterMs: setups.blockedAfterMs[0]!,
    warnEveryMs: setups.warnEveryMs[0]!,
    maxWarningsPerMinute: setups.maxWarningsPerMinute[0]!,
    lateMs: setups.lateMs[0]!,
    graceMs: setups.graceMs[0]!,
    listeners: setups.listeners[0]!,
  };
}

export function promises(contract: Contract, rule: RuleName): boolean {
  return contract.promises.includes(rule);
}
