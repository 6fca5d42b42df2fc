/**
 * What one more task costs with so many queued. Queues of all sizes are alive in this one process and take turns, so that
 * each pays the same collector. Answers with the figures of each size, turn by turn.
 */
import { CHUNK, inOneLane, overManyLanes, type Backlog } from './backlogs.ts';
import { answer } from './child.ts';
import { PauseLog } from './collector.ts';
import type { Cost } from './flatness.ts';

const TURNS = 15;
const WARM_UP_TURNS = 3;
const CHUNKS = 200;

const pauseLog = new PauseLog();

async function batch(backlog: Backlog): Promise<Cost> {
  await pauseLog.take();
  /** When each half of a chunk began: enqueueing and settling by turns. */
  const moments = [performance.now()];
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    backlog.enqueue();
    moments.push(performance.now());
    await backlog.settle();
    moments.push(performance.now());
  }
  const spent = [0, 0];
  for (let place = 1; place < moments.length; place += 1) {
    spent[(place - 1) % 2]! += moments[place]! - moments[place - 1]!;
  }
  const paused = [0, 0];
  for (const { startTime, duration } of await pauseLog.take()) {
    const place = moments.findLastIndex((moment) => moment <= startTime);
    if (place >= 0 && place < moments.length - 1) paused[place % 2]! += duration;
  }
  const [enqueue, settle] = spent.map((ms, half) => aTask(ms - paused[half]!));
  return { enqueue: enqueue!, settle: settle!, collector: aTask(paused[0]! + paused[1]!) };
}

/** Microseconds a task, of milliseconds a batch. */
function aTask(ms: number): number {
  return (ms * 1_000) / (CHUNKS * CHUNK);
}

const [shape, ...sizes] = process.argv.slice(2);
const backlogs = sizes.map(Number).map(shape === 'one' ? inOneLane : overManyLanes);
const costs: Cost[][] = backlogs.map(() => []);
for (let turn = -WARM_UP_TURNS; turn < TURNS; turn += 1) {
  for (const [place, backlog] of backlogs.entries()) {
    const cost = await batch(backlog);
    if (turn >= 0) costs[place]!.push(cost);
  }
}
answer(costs);
