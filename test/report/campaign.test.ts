import { expect, it } from 'vitest';
import { RULE_NAMES, type RuleName } from '../../src/oracle/index.ts';
import { campaignHtml } from '../../src/report/index.ts';
import type { Report, RuleVerdict } from '../../src/search/index.ts';

function pageOf(rules: Partial<Record<RuleName, RuleVerdict>>): string {
  const all = Object.fromEntries(RULE_NAMES.map((rule) => [rule, { status: 'not-promised', exercised: 0 }]));
  const report = { subject: 'q', seed: 1, commands: 10, runs: 1, rules: { ...all, ...rules } } as Report;
  return campaignHtml({ report, verdicts: [] });
}

it.each<[says: string, verdict: RuleVerdict]>([
  ['✓ holds', { status: 'holds', exercised: 1 }],
  [
    '✗ broken: the queue loops for ever at command 2',
    { status: 'broken', exercised: 1, stuck: { how: 'loops for ever', place: 2 } },
  ],
  ['✗ broken in the search, and not when its commands were carried out once more', { status: 'broken', exercised: 1 }],
  ['! not reached: nothing asked for it, give it more commands', { status: 'not-reached', exercised: 0 }],
])('The table says of a rule: %s', (says, verdict) => {
  const page = pageOf({ capacity: verdict });
  expect(page).toContain(`>${says}</td>`);
  expect(page).toContain('Not promised: work-conserving, order,');
});
