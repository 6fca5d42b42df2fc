import type { RuleName } from '../../src/oracle/index.ts';
import type { Effort } from './hunt.ts';
import type { Splice } from './mutant.ts';

/** A mutant to be tried, by each effort in turn. */
export interface Trial {
  readonly name: string;
  readonly file: string;
  readonly splice: Splice;
  readonly efforts: readonly Effort[];
}

/**
 * What came of it.
 * - `killed`: a rule was found broken, by which effort, from 0, and after how many commands of it;
 * - `crashed`: the module throws when it is imported, no queue can be made of it that works at all, or it throws where the harness only
 *   reads;
 * - `endless`: it did not come back, or ate up all memory;
 * - `survived`: no rule was found broken. `isAlike` if even all that no rule is about was the same.
 */
export type Verdict =
  | { readonly end: 'killed'; readonly rule: RuleName; readonly effort: number; readonly commands: number }
  | { readonly end: 'crashed' | 'endless' }
  | { readonly end: 'survived'; readonly isAlike: boolean };
