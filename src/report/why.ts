import { RULES, type Contract, type Divergence, type Observed, type Setup } from '../oracle/index.ts';

/** What a reason is made from. */
export interface Case {
  readonly contract: Contract;
  readonly setup: Setup;
  readonly divergence: Divergence;
  /** Never empty; the last is the one in which queue and model differ. */
  readonly steps: readonly Observed[];
}

/** Why it must be so: the rule in words, with this case's numbers. */
export function why({ divergence }: Case): readonly string[] {
  return [RULES[divergence.rule]];
}
