import { RULE_NAMES } from '../oracle/index.ts';
import type { Exhaustive, Status } from '../search/index.ts';
import { counted, ruleRow } from './campaign.ts';
import { grouped } from './duration.ts';

/** A search of every sequence as a table: what was covered, then a row a rule that was asked for. */
export function exhaustiveTable({
  subject,
  letters,
  depth,
  sequences,
  runs,
  commands,
  isWhole,
  rules,
}: Exhaustive): string {
  const scope = `every sequence of ${letters.length} letters up to ${counted(depth)}`;
  const covered = isWhole ? `${grouped(sequences)} sequences covered` : `stopped before all ${grouped(sequences)} were`;
  const are = (...statuses: readonly Status[]) => RULE_NAMES.filter((rule) => statuses.includes(rules[rule].status));
  const others = (words: string, status: Status): string[] => {
    const names = are(status);
    return names.length === 0 ? [] : [`  · ${words}: ${names.join(', ')}`];
  };
  return [
    `${subject} · ${scope}`,
    `  ${covered} by ${grouped(runs)} runs, ${grouped(commands)} commands`,
    ...are('holds', 'broken').map((rule) => ruleRow(rule, rules[rule])),
    ...others('by tests of its own', 'tested'),
    ...others('nothing so short asks for', 'not-reached'),
    ...others('not promised', 'not-promised'),
  ].join('\n');
}
