import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { alphabet, RULE_NAMES } from '../../src/oracle/index.ts';
import { referenceContract } from '../../src/adapters/reference.ts';
import { known } from '../zoo/known.ts';
import { zoo } from '../zoo/index.ts';
import { verdictOn } from './verdicts.ts';

const schema = JSON.parse(readFileSync('docs/format.schema.json', 'utf8')) as {
  $defs: { rule: { enum: string[] } };
};
const isOfFormat = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** As it is written to a file and read again. */
function complaintsOn(value: unknown): unknown {
  return isOfFormat(JSON.parse(JSON.stringify(value))) ? [] : isOfFormat.errors;
}

// One in nine: `npm run programs` makes the verdict of each.
const SOME = zoo.filter((_, place) => place % 9 === 0);

it.each(SOME)('The counterexample of $name, and the verdict on it, keep to the schema.', async (member) => {
  const { name, rule } = member;
  expect(complaintsOn({ format: 1, subject: name, rule, ...known(name) })).toEqual([]);
  expect(complaintsOn(await verdictOn(member))).toEqual([]);
});

it('Every command that can be drawn is in it, and every rule.', () => {
  const commands = Object.values(alphabet(referenceContract)).flat();
  expect(complaintsOn({ format: 1, subject: 'any', rule: 'capacity', commands })).toEqual([]);
  expect(schema.$defs.rule.enum).toEqual(RULE_NAMES);
});

it.each([
  ['another version', { format: 2 }],
  ['a rule that there is not', { rule: 'fairness' }],
  ['a command that there is not', { commands: [{ do: 'steal', lane: 'main' }] }],
  ['a command that lacks something', { commands: [{ do: 'complete', lane: 'main' }] }],
  ['a time before the beginning', { commands: [{ do: 'advance', byMs: -1 }] }],
  ['a field that there is not', { seed: 1 }],
])('%s is refused.', (_, spoiled) => {
  const good = { format: 1, subject: 'any', rule: 'capacity', commands: [] };
  expect(complaintsOn(good)).toEqual([]);
  expect(complaintsOn({ ...good, ...spoiled })).not.toEqual([]);
});
