import { RULE_NAMES, type RuleName } from '../oracle/index.ts';
import type { Report, RuleVerdict } from '../search/index.ts';
import { grouped } from './duration.ts';

const MARKS: Readonly<Record<RuleVerdict['status'], string>> = {
  holds: '✓',
  broken: '✗',
  'not-promised': '·',
  'not-reached': '!',
  tested: '✓',
};

/** A campaign as a table: a row a promised rule, what became of it, and how often it demanded something; then the others. */
export function campaignTable(report: Report): string {
  const { subject, seed, commands, runs, rules } = report;
  const [promised, others] = [false, true].map((is) =>
    RULE_NAMES.filter((rule) => (rules[rule].status === 'not-promised') === is),
  ) as [RuleName[], RuleName[]];
  const rows = promised.map((rule) => ruleRow(rule, rules[rule]));
  const title = `${subject} · seed ${seed} · ${grouped(commands)} commands in ${grouped(runs)} runs`;
  return [title, ...rows, ...(others.length > 0 ? [`  · not promised: ${others.join(', ')}`] : [])].join('\n');
}

const WIDEST = Math.max(...RULE_NAMES.map((rule) => rule.length));

/** What became of a rule, in a row of a table. */
export function ruleRow(rule: RuleName, { status, exercised, counterexample }: RuleVerdict): string {
  const start = `  ${MARKS[status]} ${rule.padEnd(WIDEST)}  ${status.padEnd(12)}`;
  if (status === 'tested') return `${start}  by tests of its own`;
  if (status === 'not-reached') return `${start}  nothing asked for it: give it more commands`;
  const shown = counterexample === undefined ? '' : `  ${counted(counterexample.commands.length)}, see below`;
  return `${start} ${grouped(exercised).padStart(9)} times${shown}`;
}

export function counted(commands: number): string {
  return commands === 1 ? '1 command' : `${commands} commands`;
}
