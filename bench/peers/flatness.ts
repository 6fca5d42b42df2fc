import { grouped } from '../../src/report/duration.ts';
import { inChild } from './child.ts';
import { progress } from './progress.ts';
import { atMost, type Bar, type Section, type Table } from './section.ts';
import { pairByPair, shown, spread } from './statistics.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];

/** Microseconds a task. */
export interface Cost {
  /** One more `enqueue`, without what the collector took meanwhile. */
  readonly enqueue: number;
  /** One settlement, with the start that follows from it, likewise. */
  readonly settle: number;
  /** Pauses for garbage, for both. */
  readonly collector: number;
}

const shapes = { one: 'one lane', many: '100 000 lanes' } as const;

type ByShape = Readonly<Record<keyof typeof shapes, readonly (readonly Cost[])[]>>;

export async function flatness(): Promise<Section> {
  const costs: ByShape = { one: await measured('one'), many: await measured('many') };
  return {
    title: 'A long backlog',
    how: [
      'What one more `enqueue` costs, and one more settlement (with the start that follows from it), while so many tasks are',
      'queued: in one lane, or in turn over 100 000 lanes that each have a body inside. A hundred tasks go in, a hundred come',
      'out, and so on. The queues of all lengths are alive in one process and take turns. The pauses of the garbage collector',
      'are told apart: what lives for long is copied and traced by it in any queue, and the pauses come when they will.',
    ].join('\n'),
    tables: keys(shapes).map((shape) => table(shape, costs[shape])),
    bars: keys(shapes).map((shape) => bar(shape, costs[shape])),
  };
}

async function measured(shape: keyof typeof shapes): Promise<Cost[][]> {
  progress(`backlog, ${shapes[shape]}`);
  const costs = (await inChild('flatness-child', shape, ...SIZES.map(String))) as Cost[][];
  progress('');
  return costs;
}

function table(shape: keyof typeof shapes, costs: readonly (readonly Cost[])[]): Table {
  const column = (of: readonly Cost[], figure: (cost: Cost) => number): string => shown(spread(of.map(figure)));
  return {
    title: `Microseconds a task, ${shapes[shape]}: median (least–most)`,
    head: ['queued', 'enqueue', 'settle', 'both / both with 1 000', 'collector besides', 'the same ratio with it'],
    rows: costs.map((of, place) => [
      grouped(SIZES[place]!),
      column(of, ({ enqueue }) => enqueue),
      column(of, ({ settle }) => settle),
      shown(pairByPair(of.map(work), costs[0]!.map(work))),
      column(of, ({ collector }) => collector),
      shown(pairByPair(of.map(all), costs[0]!.map(all))),
    ]),
  };
}

function bar(shape: keyof typeof shapes, costs: readonly (readonly Cost[])[]): Bar {
  const ratios = costs.map((of) => pairByPair(of.map(work), costs[0]!.map(work)).median);
  const worst = ratios.indexOf(Math.max(...ratios));
  const what = `any length / 1 000 queued, ${shapes[shape]}`;
  return atMost(what, 1.5, ratios[worst]!, `, with ${grouped(SIZES[worst]!)}`);
}

function work({ enqueue, settle }: Cost): number {
  return enqueue + settle;
}

function all(cost: Cost): number {
  return work(cost) + cost.collector;
}

function keys<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record) as Key[];
}
