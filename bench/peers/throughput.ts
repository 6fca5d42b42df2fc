import { grouped } from '../../src/report/duration.ts';
import { collectGarbage } from './collector.ts';
import { contenders, ours, peers, type Contender, type Push } from './contenders.ts';
import { atLeast, type Bar, type Section, type Table } from './section.ts';
import { pairByPair, shown, spread, type Spread } from './statistics.ts';
import { inTurn, REPEATS } from './turns.ts';

const SIZES = [100, 1_000, 10_000, 100_000];
const CONCURRENCIES = [1, 8];
/** Small bursts are repeated until a measurement has so many tasks. */
const TASKS = 30_000;
/**
 * A collection that is asked for throws compiled code away, too, and the more code there is the longer it takes to come
 * back: ours needs 300 000 tasks where 60 000 do for a queue of a hundred lines. With fewer, the compiler is measured.
 */
const WARM_UP_TASKS = 300_000;
const LARGEST_WARM_UP = 10_000;

/** So many tasks at once, at this concurrency: microseconds a task, repeat by repeat, of each queue. */
interface Case {
  readonly size: number;
  readonly concurrency: number;
  readonly figures: ReadonlyMap<Contender, readonly number[]>;
}

const job = async (): Promise<void> => {};

/** Enqueues so many tasks in one go and waits until each caller has his result. */
function burst(push: Push, size: number): Promise<void> {
  return new Promise((resolve) => {
    let left = size;
    const settled = (): void => {
      left -= 1;
      if (left === 0) resolve();
    };
    for (let task = 0; task < size; task += 1) void push(job).then(settled);
  });
}

async function bursts(push: Push, size: number, tasks: number): Promise<number> {
  const rounds = Math.ceil(tasks / size);
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) await burst(push, size);
  return ((performance.now() - start) * 1_000) / (rounds * size);
}

async function microsecondsATask(push: Push, size: number): Promise<number> {
  collectGarbage();
  await bursts(push, Math.min(size, LARGEST_WARM_UP), WARM_UP_TASKS);
  return bursts(push, size, TASKS);
}

export async function throughput(): Promise<Section> {
  const cases: Case[] = [];
  for (const size of SIZES) {
    for (const concurrency of CONCURRENCIES) {
      const what = `throughput, ${grouped(size)} tasks, concurrency ${concurrency}`;
      // A queue lives as long as its process: code that was compiled for one is thrown away with it.
      const queues = new Map(contenders.map((one) => [one, one.make(concurrency)]));
      const figures = await inTurn(what, contenders, (one) => microsecondsATask(queues.get(one)!, size));
      cases.push({ size, concurrency, figures });
    }
  }
  return {
    title: 'Throughput',
    how: [
      'So many tasks are enqueued in one go, each with the body `async () => {}`; the time is from the first `enqueue` until',
      'the last caller has his result. A queue is made once, as in a service, and small bursts are repeated on it, until a',
      `measurement has ${grouped(TASKS)} tasks; before it garbage is collected, and ${grouped(WARM_UP_TASKS)} tasks warm up. Ours has all its`,
      'bookkeeping on: a listener for events, the watch for stalls, the async context of each caller.',
    ].join('\n'),
    tables: [
      perContender('Microseconds a task: median (least–most)', [ours, ...peers], cases, ({ figures }, one) =>
        spread(figures.get(one)!),
      ),
      perContender(`Peer / ours, pair by pair, of ${REPEATS} repeats: above 1, ours is faster`, peers, cases, ratio),
    ],
    bars: [...everywhere(cases, 'p-queue', 1), ...everywhere(cases, 'p-limit', 1), ...againstFastest(cases)],
  };
}

function ratio({ figures }: Case, peer: Contender): Spread {
  return pairByPair(figures.get(peer)!, figures.get(ours)!);
}

function perContender(
  title: string,
  columns: readonly Contender[],
  cases: readonly Case[],
  figure: (one: Case, contender: Contender) => Spread,
): Table {
  return {
    title,
    head: ['tasks', 'concurrency', ...columns.map(({ name }) => name)],
    rows: cases.map((one) => [
      grouped(one.size),
      String(one.concurrency),
      ...columns.map((contender) => shown(figure(one, contender))),
    ]),
  };
}

/** The bar that holds at every size: what is shown is where the queue comes nearest to missing it. */
function everywhere(cases: readonly Case[], name: string, bar: number): Bar[] {
  const peer = peers.find((one) => one.name === name)!;
  const worst = cases.toSorted((a, b) => ratio(a, peer).median - ratio(b, peer).median)[0]!;
  const where = `, with ${grouped(worst.size)} tasks at concurrency ${worst.concurrency}`;
  return [atLeast(`${name} / ours, at every size`, bar, ratio(worst, peer).median, where)];
}

/** The bars of the largest and of the smallest burst, against whoever is fastest there. */
function againstFastest(cases: readonly Case[]): Bar[] {
  const bars = new Map([
    [100_000, 0.8],
    [100, 0.6],
  ]);
  return cases.flatMap((one) => {
    const bar = bars.get(one.size);
    if (bar === undefined) return [];
    const peer = peers.toSorted((a, b) => ratio(one, a).median - ratio(one, b).median)[0]!;
    const what = `fastest peer / ours, ${grouped(one.size)} tasks at concurrency ${one.concurrency}`;
    return [atLeast(what, bar, ratio(one, peer).median, `, ${peer.name}`)];
  });
}
