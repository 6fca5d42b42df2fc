import { promises, type Contract, type Program, type RuleName } from '../../oracle/index.ts';
import type { Report, Stuck } from '../campaign.ts';

/** The program from which the queue did not come back, and the rule that this breaks. */
export interface Loss {
  readonly rule: RuleName;
  readonly program: Program;
  readonly stuck: Stuck;
}

/** A queue that never comes back starts nothing more; where it does not promise to, it is an error like any other. */
export function ruleOf(contract: Contract): RuleName {
  return promises(contract, 'work-conserving') ? 'work-conserving' : 'no-stray-errors';
}

/** Nothing is graver: whatever else has broken the rule, this is shown. */
export function withLoss<Found extends Pick<Report, 'subject' | 'rules'>>(
  report: Found,
  loss: Loss | undefined,
): Found {
  if (loss === undefined) return report;
  const { rule, program, stuck } = loss;
  const counterexample = { format: 1, subject: report.subject, rule, ...program } as const;
  const { exercised } = report.rules[rule];
  return { ...report, rules: { ...report.rules, [rule]: { status: 'broken', exercised, counterexample, stuck } } };
}
