import { beforeAll, expect, it } from 'vitest';
import reference from '../../src/adapters/reference.ts';
import { RULE_NAMES, TESTED_DIRECTLY } from '../../src/oracle/index.ts';
import { campaign, type Report } from '../../src/search/index.ts';

// The reference queue and the model, side by side, on a quarter of the default budget.

let report: Report;
beforeAll(async () => {
  report = await campaign(reference, { seed: 1, budget: 12_500, exhaustiveTo: 2 });
});

const byCommands = RULE_NAMES.filter((rule) => !TESTED_DIRECTLY.includes(rule));

it.each(byCommands)('%s holds, and was asked for often.', (rule) => {
  expect(report.rules[rule]).toMatchObject({ status: 'holds' });
  expect(report.rules[rule].exercised).toBeGreaterThan(100);
});
