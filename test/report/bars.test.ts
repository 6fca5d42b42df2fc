import { expect, it } from 'vitest';
import promised from '../../src/adapters/fastq-promise.ts';
import { tell } from '../../src/harness/told.ts';
import { usualSetup } from '../../src/oracle/index.ts';
import { noteOn } from '../../src/report/bar.ts';
import { htmlOf, type Bar } from '../../src/report/index.ts';
import { pictureLines } from '../../src/report/picture.ts';
import { isWarning } from '../../src/report/warning.ts';
import { zoo } from '../zoo/index.ts';
import { verdictOn } from './verdicts.ts';

async function notesOn(name: string): Promise<string[]> {
  const { bars } = await verdictOn(zoo.find((one) => one.name === name)!);
  return bars.flatMap((bar) => noteOn(bar) ?? []);
}

it.each([
  ['reclaim-only-on-dispatch', ['a should be taken back', 'b should start']],
  ['newcomer-first', ['b should start', 'a should not start']],
  ['generation-bump', ['b should have left its slot']],
  ['late-completion-frees', ['b should still hold its slot']],
  ['clear-takes-what-runs', ['a should still hold its slot']],
  ['aborted-but-still-queued', ['b should be dropped']],
  ['sweeper-of-lanes', ['a should still be queued']],
  ['caller-not-told', ["a's caller should be answered"]],
  ['clear-forgets-the-callers', ["b's caller should be answered"]],
  ['failure-told-as-success', ["a's caller should be answered otherwise"]],
  ['body-not-told', ['a should be told to stop']],
  ['waiters-not-woken', ['w1 should be answered']],
  ['wait-for-rest-at-rest', ['w1 should be answered']],
  ['closed-too-soon', ['w1 should not be answered']],
  ['taken-back-noted-too-late', ['w1 should be answered otherwise']],
  ['queued-counts-what-runs', []],
])('What is wrong in %s is said of whom it is wrong with.', async (name, notes) => {
  expect(await notesOn(name)).toEqual(notes);
});

it('Whoever started instead of another has his slot, and is not queued any more.', async () => {
  const { bars } = await verdictOn(zoo.find(({ name }) => name === 'last-in-first-out')!);
  const of = (task: string): Partial<Bar>[] =>
    bars.filter((bar) => bar.task === task).map(({ place, slot, to, end }) => ({ place, slot, to, end }));
  expect(of('c')).toEqual([
    { place: 'queued', slot: undefined, to: 3, end: 'started' },
    { place: 'active', slot: 1, to: undefined, end: undefined },
  ]);
});

it('Somebody who waits is shown from when to when.', async () => {
  const { bars } = await verdictOn(zoo.find(({ name }) => name === 'first-deadline-ends-every-watch')!);
  const waits = bars.filter(({ place }) => place === 'waiting');
  expect(waits.map(({ task, from, to, end, wrong }) => ({ task, from, to, end, wrong }))).toEqual([
    { task: 'w1', from: 1, to: undefined, end: undefined, wrong: 'should be answered' },
    { task: 'w2', from: 2, to: 3, end: 'answered', wrong: undefined },
  ]);
});

it('Every picture of the zoo has a mark where it differs.', async () => {
  for (const member of zoo) {
    const verdict = await verdictOn(member);
    const marks = pictureLines(verdict).filter((line) => /!( |$)/.test(line) && !line.includes('! here it differs'));
    expect({ name: member.name, isMarked: marks.length > 0 }).toEqual({ name: member.name, isMarked: true });
    if (isWarning(verdict.divergence.key)) expect(marks.join('\n')).toMatch(/warnings .*! .* should/);
    expect(htmlOf(verdict)).toMatch(/class="note"|<li class="wrong">/);
  }
});

it('Who came and threw in the last moment has a stretch there, if it is his slot that is not free.', async () => {
  const counterexample = {
    format: 1,
    subject: promised.name,
    rule: 'no-stray-errors',
    setup: usualSetup(promised.contract),
    commands: [
      { do: 'enqueue', lane: 'main' },
      { do: 'enqueue', lane: 'main', throws: true },
      { do: 'complete', lane: 'main', hold: 'oldest' },
    ],
  } as const;
  const { verdict } = await tell(promised, counterexample, { replay: '' });
  expect(verdict!.bars.flatMap((bar) => noteOn(bar) ?? [])).toEqual(['b should have left its slot']);
  expect(verdict!.why[1]).toBe(
    'The body of b throws as soon as it is called: its own caller is to be told, and nobody else.',
  );
});
