import { expect, it } from 'vitest';
import { usualSetup } from '../../src/oracle/index.ts';
import { coreAlphabet, everySequence, exhaustive, sequencesOf, type Progress } from '../../src/search/index.ts';
import { incident } from '../../src/zoo/index.ts';
import { adapterOf, Forgetful, Semaphore } from '../harness/semaphores.ts';

const sound = adapterOf(Semaphore, 'sound');
const letters = coreAlphabet(sound.contract);

it('It carries out what every sequence comes to, and says what was covered.', async () => {
  let [runs, commands] = [0, 0];
  for await (const { run } of everySequence(sound, { setup: usualSetup(sound.contract), letters, longest: 4 })) {
    runs += 1;
    commands += run.commands;
  }
  const found = await exhaustive(sound, { letters, depth: 4 });
  expect(found).toMatchObject({ subject: 'sound', depth: 4, sequences: 6 + 36 + 216 + 1_296, runs, commands });
  expect(found.isWhole).toBe(true);
  expect(sequencesOf(12, 2)).toBe(156);
});

it('Its parts have nothing in common, and are together the whole.', async () => {
  const scope = { setup: usualSetup(sound.contract), letters, longest: 4, epilogue: false };
  const namesOf = async (part?: { nth: number; of: number }): Promise<string[]> => {
    const names: string[] = [];
    for await (const { program } of everySequence(sound, { ...scope, part }))
      names.push(JSON.stringify(program.commands));
    return names;
  };
  const parts = [await namesOf({ nth: 0, of: 2 }), await namesOf({ nth: 1, of: 2 })];
  expect(Math.min(...parts.map(({ length }) => length))).toBeGreaterThan(5);
  expect(parts.flat().toSorted()).toEqual((await namesOf()).toSorted());
});

it('The first that breaks a rule is the shortest.', async () => {
  const { rules } = await exhaustive(adapterOf(Forgetful, 'leaky'), { letters, depth: 4 });
  expect(rules['work-conserving']).toMatchObject({
    status: 'broken',
    counterexample: { commands: [{ do: 'enqueue' }, { do: 'enqueue' }, { do: 'fail' }] },
    certificate: { length: 2 },
  });
  expect(rules.order.status).toBe('holds');
  expect(rules.close.status).toBe('not-promised');
});

it('What commands show is preferred to what is shorter and shows only at the end of a run.', async () => {
  const adapter = await incident.find(({ name }) => name === 'incident-nothing-reclaimed')!.load();
  const few = coreAlphabet(adapter.contract).filter(({ do: kind }) => ['enqueue', 'hang', 'advance'].includes(kind));
  const lengthAt = async (depth: number): Promise<number | undefined> => {
    const { rules } = await exhaustive(adapter, { letters: few, depth });
    return rules['no-permanent-saturation'].counterexample?.commands.length;
  };
  expect([await lengthAt(1), await lengthAt(2), await lengthAt(3)]).toEqual([undefined, 2, 3]);
});

it('Its progress ends at all of it, and is about half of it at half of the runs.', async () => {
  const seen: Progress[] = [];
  await exhaustive(sound, { letters, depth: 4, onProgress: (progress) => seen.push(progress) });
  const shares = seen.map(({ share }) => share);
  expect(shares.at(-1)).toBeCloseTo(1, 1);
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  const half = seen[Math.floor(seen.length / 2)]!.share;
  expect(half).toBeGreaterThan(0.2);
  expect(half).toBeLessThan(0.8);
});

it('It can be stopped, by a signal or after so many runs; then it is not the whole.', async () => {
  const controller = new AbortController();
  const stop = ({ runs }: Progress): void => {
    if (runs === 7) controller.abort();
  };
  const stopped = await exhaustive(sound, { letters, depth: 5, onProgress: stop, signal: controller.signal });
  expect(stopped).toMatchObject({ runs: 7, isWhole: false });
  expect(await exhaustive(sound, { letters, depth: 5, mostRuns: 7 })).toEqual(stopped);
  expect(await exhaustive(sound, { letters, depth: 5, mostRuns: 0 })).toMatchObject({ runs: 0, isWhole: false });
});
