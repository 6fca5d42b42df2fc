import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { referenceContract } from '../../src/adapters/reference.ts';
import { readRecorded } from '../../src/cli/recorded.ts';
import { alphabet } from '../../src/oracle/index.ts';
import { checkCounterexample, type Counterexample } from '../../src/search/index.ts';

const RECORDED = 'test/quality/recorded/nothing-reclaimed.no-permanent-saturation.json';

it('What was recorded is read as it is.', () => {
  expect(readRecorded(RECORDED)).toEqual(JSON.parse(readFileSync(RECORDED, 'utf8')));
});

it('Every command that can be drawn is read.', () => {
  const commands = Object.values(alphabet(referenceContract)).flat();
  expect(commands.length).toBeGreaterThan(400);
  const recorded = { ...readRecorded(RECORDED), commands } satisfies Counterexample;
  expect(checkCounterexample(JSON.parse(JSON.stringify(recorded)))).toEqual(recorded);
});

it('A setup may be left out, and of a verdict what is run is kept.', () => {
  const { setup: _, ...rest } = readRecorded(RECORDED);
  expect(checkCounterexample({ ...rest, promise: 'something', moments: [] })).toEqual({ ...rest, setup: {} });
});
