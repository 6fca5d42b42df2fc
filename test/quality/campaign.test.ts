import fc from 'fast-check';
import { expect, it } from 'vitest';
import reference, { referenceContract } from '../../src/adapters/reference.ts';
import type { Adapter } from '../../src/oracle/index.ts';
import { campaign, coreAlphabet, exhaustivePrograms, plainAlphabet, ProgramArbitrary } from '../../src/search/index.ts';
import { zoo } from '../zoo/index.ts';

async function member(name: string): Promise<Adapter> {
  return zoo.find((one) => one.name === name)!.load();
}

it('The same seed finds the same, to the byte.', async () => {
  const adapter = await member('body-not-told');
  const once = await campaign(adapter, { seed: 7, budget: 2_000, exhaustiveTo: 0 });
  const again = await campaign(adapter, { seed: 7, budget: 2_000, exhaustiveTo: 0 });
  expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  const other = await campaign(adapter, { seed: 8, budget: 2_000, exhaustiveTo: 0 });
  expect(JSON.stringify(other)).not.toBe(JSON.stringify(once));
});

it('A rule that nothing asked for is said to be not reached, which is no pass.', async () => {
  const { rules } = await campaign(reference, { budget: 1, exhaustiveTo: 1 });
  expect(rules['sibling-safe']).toEqual({ status: 'not-reached', exercised: 0 });
});

it('A rule that is not promised is neither checked nor counted.', async () => {
  const { rules } = await campaign(await member('slot-freed-twice'), { budget: 2_000 });
  expect(rules.reset).toEqual({ status: 'not-promised', exercised: 0 });
});

it('Each broken rule gets a counterexample of its own in one campaign.', async () => {
  const { rules } = await campaign(await member('slot-freed-twice'), { seed: 1, budget: 10_000 });
  expect(rules.capacity.counterexample!.commands.map((command) => command.do)).toEqual([
    'enqueue',
    'enqueue',
    'enqueue',
    'fail',
  ]);
  expect(rules.conservation).toMatchObject({ status: 'broken' });
});

it('The exhaustive opening leaves nothing out: the core alphabet to its depth, every letter to one less, once.', () => {
  const core = coreAlphabet(referenceContract);
  const letters = new Set([...core, ...plainAlphabet(referenceContract)].map((one) => JSON.stringify(one))).size;
  const programs = [...exhaustivePrograms(referenceContract, 2)].map((program) => JSON.stringify(program.commands));
  expect(programs).toHaveLength(letters + core.length ** 2);
  expect(new Set(programs).size).toBe(programs.length);
});

it('Whatever is drawn stays the same through JSON, so that a counterexample is data.', () => {
  fc.assert(
    fc.property(new ProgramArbitrary(referenceContract), (program) => {
      expect(JSON.parse(JSON.stringify(program))).toEqual(program);
    }),
    { numRuns: 50, seed: 1 },
  );
});
