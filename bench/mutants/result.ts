import type { Mutant } from './mutant.ts';
import type { Verdict } from './trial.ts';

/**
 * What became of a mutant: it was not tried, since commands can say nothing about its place; or its place is never executed;
 * or it was tried.
 */
export type Outcome = { readonly end: 'beyond'; readonly why: string } | { readonly end: 'unreached' } | Verdict;

export interface Result {
  readonly mutant: Mutant;
  readonly outcome: Outcome;
}

/** The harness has noticed it. Whoever crashes it, or keeps it for ever, has been noticed too. */
export function isKilled({ outcome: { end } }: Result): boolean {
  return end === 'killed' || end === 'crashed' || end === 'endless';
}

export function isSurvivor({ outcome: { end } }: Result): boolean {
  return end === 'survived' || end === 'unreached';
}
