import { grouped } from '../../src/report/duration.ts';
import { inChild } from './child.ts';
import { contenders, fastest, ours } from './contenders.ts';
import type { Section } from './section.ts';
import { shown, spread } from './statistics.ts';
import { inTurn } from './turns.ts';

const TASKS = 100_000;

export async function heap(): Promise<Section> {
  const figures = await inTurn(
    'heap',
    contenders,
    async ({ name }) => (await inChild('heap-child', name, String(TASKS))) as number,
  );
  const [mine, theirs] = [ours, fastest].map((one) => spread(figures.get(one)!).median);
  return {
    title: 'Heap',
    how: [
      `${grouped(TASKS)} tasks are queued behind one that never ends, in a process of their own, after a thousand others`,
      'have warmed it up: how much the heap has grown, after garbage was collected, per task. Callers keep nothing.',
    ].join('\n'),
    tables: [
      {
        title: 'Bytes a queued task: median (least–most)',
        head: contenders.map(({ name }) => name),
        rows: [contenders.map((one) => shown(spread(figures.get(one)!), 0))],
      },
    ],
    bars: [
      {
        what: 'bytes a queued task',
        wanted: `below ${theirs!.toFixed(0)}, ${fastest.name}`,
        measured: mine!.toFixed(0),
        isMet: mine! < theirs!,
      },
    ],
  };
}
