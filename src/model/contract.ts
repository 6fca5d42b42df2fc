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

/** How one run's queue is set up. Durations are milliseconds; Infinity is not used, so that a setup is plain JSON. */
export interface Setup {
  /** Slots of every lane that is not configured. */
  readonly concurrency: number;
  readonly stallCeilingMs: number;
  readonly blockedAfterMs: number;
  readonly warnEveryMs: number;
  readonly maxWarningsPerMinute: number;
}

/** What a queue promises, as plain data. What is left out is not promised and not checked. */
export interface Contract {
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
  /** The values that each parameter of a setup may take, the usual one first. */
  readonly setups: { readonly [Parameter in keyof Setup]: readonly Setup[Parameter][] };
}

/** The setup that has the usual value of every parameter. */
export function usualSetup(contract: Contract): Setup {
  return {
    concurrency: contract.setups.concurrency[0]!,
    stallCeilingMs: contract.setups.stallCeilingMs[0]!,
    blockedAfterMs: contract.setups.blockedAfterMs[0]!,
    warnEveryMs: contract.setups.warnEveryMs[0]!,
    maxWarningsPerMinute: contract.setups.maxWarningsPerMinute[0]!,
  };
}

export function promises(contract: Contract, rule: RuleName): boolean {
  return contract.promises.includes(rule);
}
