import { expect, it } from 'vitest';
import { tell } from '../../src/harness/told.ts';
import type { Command, Setup } from '../../src/oracle/index.ts';
import { usualSetup } from '../../src/oracle/index.ts';
import { htmlOf, type Verdict } from '../../src/report/index.ts';
import { pictureLines } from '../../src/report/picture.ts';
import { zoo } from '../zoo/index.ts';

/** The most bytes of a page of a thousand steps: what a browser opens at once, and a mail takes. */
const MOST_BYTES = 500_000;

const enqueue: Command = { do: 'enqueue', lane: 'main' };
const complete: Command = { do: 'complete', lane: 'main', hold: 'oldest' };
const fail: Command = { do: 'fail', lane: 'main', hold: 'oldest' };
const beforeCeiling: Command = { do: 'advance', to: 'before', deadline: 'ceiling' };

/** Of the queue that starts nothing after a failure: each run ends with one. */
async function verdictOf(commands: readonly Command[], changes: Partial<Setup>): Promise<Verdict> {
  const adapter = await zoo.find(({ name }) => name === 'failure-starts-nothing')!.load();
  const setup = { ...usualSetup(adapter.contract), ...changes };
  const counterexample = { format: 1, subject: adapter.name, rule: 'work-conserving', setup, commands } as const;
  return (await tell(adapter, counterexample, { replay: 'npx stallproof replay file.json' })).verdict!;
}

it.each<[what: string, columns: number, commands: Command[], changes: Partial<Setup>]>([
  ['warnings', 4, [enqueue, enqueue, beforeCeiling, fail], { stallCeilingMs: 30_000_000 }],
  ['tasks in one backlog', 200, [...repeated(1_000, enqueue), fail], {}],
  ['tasks that come and go', 200, [...repeated(500, enqueue, complete), enqueue, enqueue, fail], {}],
])('A page of a thousand %s is small, and has every step.', async (_, columns, commands, changes) => {
  const verdict = await verdictOf(commands, changes);
  expect(verdict.moments.length).toBeGreaterThanOrEqual(1_000);
  const page = htmlOf(verdict);
  expect(page.split('class="column"').length - 1).toBe(columns);
  expect(Buffer.byteLength(page)).toBeLessThan(MOST_BYTES);
  const [, data] = /<script type="application\/json" class="steps">([^]*?)<\/script>/.exec(page)!;
  expect((JSON.parse(data!) as unknown[]).length).toBe(verdict.moments.length - 1);
});

function repeated(times: number, ...commands: readonly Command[]): Command[] {
  return Array.from({ length: times }, () => commands).flat();
}

it('A picture of very many steps keeps to a screen, and what stands in it stays apart.', async () => {
  const verdict = await verdictOf([...repeated(480, enqueue), ...repeated(478, complete), fail], {});
  const [steps = '', ...lines] = pictureLines(verdict);
  expect(steps).toMatch(/^ {2}step {12}1… +\d{3} (.* )?\d{3}$/);
  expect(lines.length).toBeLessThan(16);
  expect(lines.filter(({ length }) => length > 100)).toEqual([]);
  expect(lines.some((line) => /^ +\d+ more$/.test(line))).toBe(true);
  expect(lines).toContain('                  0 s');
  expect(lines.join(' ')).not.toContain('will never settle');
});
