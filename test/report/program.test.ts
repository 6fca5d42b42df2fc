import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { referenceAdapter } from '../../src/adapters/reference.ts';
import { tell } from '../../src/harness/told.ts';
import { defineContract, usualSetup, type Adapter, type Contract } from '../../src/oracle/index.ts';
import { MOST_LINES, programOf, vitestOf } from '../../src/report/program.ts';
import type { Verdict } from '../../src/report/index.ts';
import { zoo, type ZooMember } from '../zoo/index.ts';
import { verdictOn } from './verdicts.ts';

/** They differ much: time that runs, a caller's answer, calls from inside, warnings with listeners that throw. */
const GOLDEN = ['nothing-reclaimed', 'caller-not-told', 'newcomer-first', 'stamps-bounded-by-the-minute'];

const member = (name: string): ZooMember => zoo.find((one) => one.name === name)!;

test.each(GOLDEN)('the program of %s is as it was accepted', async (name) => {
  const { source } = programOf(await verdictOn(member(name)), { subject: './my-queue.mjs' });
  await expect(source).toMatchFileSnapshot(`golden/${name}.mjs`);
});

test('the same as a test for vitest', async () => {
  const { source } = vitestOf(await verdictOn(member('nothing-reclaimed')), { subject: './my-queue.mjs' });
  await expect(source).toMatchFileSnapshot('golden/nothing-reclaimed.vitest.mjs');
});

/** A queue that forgets what it is given. It imports nothing: a fresh process need load nothing of ours. */
const DEAF = `export default { make: () => ({
  enqueue: () => new Promise(() => {}), counts: () => ({ active: 0, queued: 0 }), reset: () => 0,
  ending: (error) => error,
}) };`;

/** One that takes back what it is told to, and says so. */
const TELLS = `export default { make: () => {
  let taken;
  return {
    enqueue: (_lane, body) => new Promise((_, reject) => { taken = reject; void body({ hold: 1 }); }),
    reset: () => (taken({ kind: 'taken-back', reason: 'reset', lane: 'main', hold: 1, heldMs: 0, silentMs: 0 }), 1),
    ending: (error) => error,
  };
} };`;

test.each([
  ['a queue that breaks the promise fails with its symptom', DEAF, 1],
  ['a queue that keeps it lets it end well', TELLS, 0],
])('alone in a fresh process: %s', async (_title, queue, exitCode) => {
  const folder = mkdtempSync(join(tmpdir(), 'stallproof-program-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [subject, program] = [join(folder, 'queue.mjs'), join(folder, 'program.mjs')];
  writeFileSync(subject, queue);
  const verdict = await verdictOn(member('caller-not-told'));
  writeFileSync(program, programOf(verdict, { subject: pathToFileURL(subject).href }).source!);
  const [code, said] = await runAlone(program);
  expect(code).toBe(exitCode);
  if (exitCode === 0) return expect(said).toBe('');
  expect(said).toContain(`AssertionError [ERR_ASSERTION]: caller-outcome: ${verdict.promise}`);
  expect(said).toContain(
    'caller of a: expected "taken back (reset) from main, held 0 ms, silent 0 ms", actual "no answer"',
  );
});

/** One that starts a task by a turn of its own, too late where one turn is all that there is. */
const PUTS_OFF = `enqueue: (_lane, body) => new Promise(() => setImmediate(() => void body({})))`;

/** One whose timers arm each other for ever. */
const TIRELESS = `enqueue: (_lane, body) => new Promise(() => {
  const again = () => clock.setTimer(again, 0);
  again();
  void body({});
})`;

test.each([
  ['puts its starts off', PUTS_OFF, 'work-conserving', 'how many have started in main: expected 1, actual 0'],
  ['never lets time get on', TIRELESS, 'no-stray-errors', 'expected [], actual ["timers without end"]'],
] as const)(
  'alone in a fresh process: a queue that %s is caught there as well',
  async (_title, enqueue, rule, said) => {
    const make = `({ clock }) => ({ ${enqueue} })`;
    const subject = `data:text/javascript,${encodeURIComponent(`export default { make: ${make} };`)}`;
    const { default: queue } = (await import(subject)) as { default: Pick<Adapter, 'make'> };
    const contract = defineContract({ promises: ['work-conserving', 'no-stray-errors'], turns: 1 });
    const commands = [{ do: 'enqueue', lane: 'main' } as const, { do: 'advance', byMs: 0 } as const];
    const counterexample = { format: 1, subject: 'queue', rule, setup: usualSetup(contract), commands } as const;
    const { verdict } = await tell({ ...queue, name: 'queue', contract }, counterexample, { replay: '' });
    const folder = mkdtempSync(join(tmpdir(), 'stallproof-program-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const program = join(folder, 'program.mjs');
    writeFileSync(program, programOf(verdict!, { subject }).source!);
    const [code, text] = await runAlone(program);
    expect(code).toBe(1);
    expect(text).toContain(`AssertionError [ERR_ASSERTION]: ${rule}: `);
    expect(text).toContain(said);
  },
);

function runAlone(file: string): Promise<[code: number, stderr: string]> {
  return new Promise((resolve) => {
    // Its time is real: one that never ends is stopped.
    execFile(process.execPath, [file], { timeout: 10_000 }, (error, _stdout, stderr) =>
      resolve([Number(error?.code ?? 0), stderr]),
    );
  });
}

test('nothing but the subject and what comes with Node is imported', async () => {
  for (const name of GOLDEN) {
    const { source } = programOf(await verdictOn(member(name)), { subject: './my-queue.mjs' });
    const imported = [...source!.matchAll(/\bfrom '(.+)'|\bimport\('(.+)'\)/g)].map(([, one, other]) => one ?? other);
    expect(imported).toEqual(['node:assert/strict', './my-queue.mjs']);
  }
});

test('where the queue reads the globals, they are replaced before it is loaded', async () => {
  const { source } = programOf(
    { ...(await verdictOn(member('nothing-reclaimed'))), time: 'globals' },
    { subject: 'q' },
  );
  const replaced = source!.indexOf('Object.assign(globalThis');
  expect(replaced).toBeGreaterThan(0);
  expect(source!.indexOf("await import('q')")).toBeGreaterThan(replaced);
});

test('what is too long is said to be so, and the test for vitest is there all the same', async () => {
  const verdict = await verdictOn(member('nothing-reclaimed'));
  const moments = [...Array.from({ length: MOST_LINES }, () => verdict.moments[0]!), ...verdict.moments];
  const program = programOf({ ...verdict, moments }, { subject: 'q' });
  expect(program.source).toBeUndefined();
  expect(program.reason).toMatch(/^it would have \d+ lines, and nobody reads more than 60$/);
  expect(vitestOf({ ...verdict, moments }, { subject: 'q' }).source).toBeDefined();
});

test('names of lanes and tasks stay what they are in the source text', async () => {
  const verdict = await verdictOn(member('nothing-reclaimed'));
  const lane = 'it\'s `${lane}`\n"main" </script>';
  const text = JSON.stringify({ ...verdict, moments: verdict.moments, contract: onLane(lane) });
  const renamed = JSON.parse(
    text.replaceAll('"main"', JSON.stringify(lane)).replaceAll(' in main,', inJson(lane)),
  ) as Verdict;
  const { source } = programOf(renamed, { subject: './q.mjs' });
  const plain = source!.replaceAll(/^import .*$/gm, '');
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  expect(() => new AsyncFunction('assert', 'adapter', plain)).not.toThrow();
});

function onLane(lane: string): Contract {
  return { ...referenceAdapter().contract, lanes: [lane] };
}

function inJson(lane: string): string {
  return ` in ${JSON.stringify(lane).slice(1, -1)},`;
}
