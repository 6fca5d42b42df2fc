import { grouped } from '../../src/report/duration.ts';
import { LaneQueue } from '../../src/core/index.ts';
import { collectGarbage } from './collector.ts';
import { atMost, type Section } from './section.ts';
import { pairByPair, shown, spread } from './statistics.ts';
import { inTurn } from './turns.ts';

const HALF = 25_000;
const ALL = 50_000;

/** How long it takes, in milliseconds, to enqueue tasks with one signal, and to abort them all. */
interface Duration {
  readonly enqueue: number;
  readonly abort: number;
}

let events = 0;

async function abortAll(tasks: number): Promise<Duration> {
  collectGarbage();
  const queue = new LaneQueue({ onEvent: () => void (events += 1), onWarning: () => {} });
  const { promise: end, resolve: release } = deferred();
  void queue.enqueue('main', () => end);
  const controller = new AbortController();
  const { promise: allRejected, resolve: rejectedAll } = deferred();
  let left = tasks;
  const rejected = (): void => {
    left -= 1;
    if (left === 0) rejectedAll();
  };
  const options = { signal: controller.signal };
  const start = performance.now();
  for (let task = 0; task < tasks; task += 1) queue.enqueue('main', () => {}, options).catch(rejected);
  const enqueued = performance.now();
  controller.abort();
  await allRejected;
  const aborted = performance.now();
  release();
  return { enqueue: enqueued - start, abort: aborted - enqueued };
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

export async function abort(): Promise<Section> {
  await abortAll(HALF);
  const figures = await inTurn('abort', [HALF, ALL], abortAll);
  const times = (tasks: number, part: keyof Duration): number[] => figures.get(tasks)!.map((figure) => figure[part]);
  const parts = ['enqueue', 'abort'] as const;
  return {
    title: 'One signal for many',
    how: [
      `${grouped(ALL)} tasks that share one signal wait behind one that does not end. The signal aborts, and the time is`,
      'until each caller has been rejected. Half as many show whether it grows faster than the number of tasks does.',
    ].join('\n'),
    tables: [
      {
        title: 'Milliseconds for all: median (least–most)',
        head: ['', ...[HALF, ALL].map((tasks) => `${grouped(tasks)} tasks`), 'the one by the other'],
        rows: parts.map((part) => [
          part,
          ...[HALF, ALL].map((tasks) => shown(spread(times(tasks, part)), 1)),
          shown(pairByPair(times(ALL, part), times(HALF, part))),
        ]),
      },
    ],
    bars: [
      ...parts.map((part) =>
        atMost(`${part}, twice the tasks / half of them`, 3, pairByPair(times(ALL, part), times(HALF, part)).median),
      ),
      atMost(`abort of ${grouped(ALL)}, seconds`, 1, spread(times(ALL, 'abort')).median / 1_000),
    ],
  };
}
