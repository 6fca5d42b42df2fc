import { expect, it } from 'vitest';
import { RULE_NAMES } from '../../src/oracle/index.ts';
import { campaign } from '../../src/search/index.ts';
import { variants } from '../zoo/variants.ts';

it.each(variants)('$name keeps every promise. $why', async ({ load }) => {
  const { rules } = await campaign(await load(), { seed: 1, budget: 3_500, exhaustiveTo: 2 });
  const broken = RULE_NAMES.filter((rule) => rules[rule].status === 'broken');
  expect(broken.map((rule) => rules[rule].counterexample)).toEqual([]);
});
