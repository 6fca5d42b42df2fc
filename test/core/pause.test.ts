import { describe, expect, it } from 'vitest';
import type { Warning } from '../../src/core/index.ts';
import { nextTurn, Stage, type StageTask } from './stage.ts';

// Rule: `pause`.

const lane = 'lane';
const started = (tasks: readonly StageTask[]): boolean[] => tasks.map(({ context }) => context !== undefined);

describe.each([
  ['a lane', lane],
  ['the whole queue', undefined],
])('%s is paused', (_, of) => {
  it('Nothing starts, what runs goes on; on resuming the backlog starts at once, as far as there are slots.', async () => {
    const stage = new Stage({ concurrency: 2 });
    const { queue } = stage;
    const first = stage.task(lane);
    queue.pause(of);
    const behind = [stage.task(lane), stage.task(lane), stage.task(lane)];
    first.finish('undisturbed');
    await nextTurn();
    expect(first.answer).toBe('undisturbed');
    expect(started(behind)).toEqual([false, false, false]);
    queue.resume(of);
    expect(started(behind)).toEqual([true, true, false]);
  });

  it('Nothing is judged and nothing blocked: what has stalled meanwhile is judged after it is resumed.', async () => {
    const warnings: Warning[] = [];
    const stage = new Stage({ stallCeilingMs: 10_000, onWarning: (warning) => warnings.push(warning) });
    const [stuck, next] = [stage.task(lane), stage.task(lane)];
    await stage.clock.pass(1_000);
    stage.queue.pause(of);
    await stage.clock.pass(100_000);
    expect(stuck.answer).toBeUndefined();
    expect(warnings).toEqual([]);
    expect(stage.clock.armed).toBe(0);
    stage.queue.resume(of);
    expect(stuck.answer).toBeUndefined();
    await stage.clock.pass(0);
    expect(stuck.answer).toMatchObject({ reason: 'stalled' });
    expect(next.context).toBeDefined();
    expect(warnings).toMatchObject([{ kind: 'reclaimed' }]);
  });

  it('A reset takes slots back all the same, and starts nothing.', () => {
    const stage = new Stage();
    const { queue } = stage;
    const tasks = [stage.task(lane), stage.task(lane)];
    queue.pause(of);
    expect(queue.reset(of)).toBe(1);
    expect(queue.snapshot(lane)).toMatchObject({ queued: 1, active: 0, paused: true, blockedBy: 'paused' });
    queue.resume(of);
    expect(started(tasks)).toEqual([true, true]);
  });

  it('It is enough to resume once what was paused twice.', () => {
    const stage = new Stage();
    const { queue } = stage;
    queue.pause(of);
    queue.pause(of);
    const waits = stage.task(lane);
    queue.resume(of);
    expect(waits.context).toBeDefined();
  });
});

it('A lane runs when neither it nor the queue is paused, whichever was resumed last.', () => {
  const stage = new Stage();
  const { queue } = stage;
  for (const [first, last] of [
    [lane, undefined],
    [undefined, lane],
  ]) {
    queue.pause(lane);
    queue.pause();
    const waits = stage.task(lane);
    queue.resume(first);
    expect(waits.context).toBeUndefined();
    expect(queue.snapshot(lane)).toMatchObject({ paused: true, blockedBy: 'paused' });
    queue.resume(last);
    expect(waits.context).toBeDefined();
    queue.reset();
  }
});

it('Other lanes do not mind.', () => {
  const stage = new Stage();
  const { queue } = stage;
  queue.pause('other');
  expect(started([stage.task(lane), stage.task('other')])).toEqual([true, false]);
});

it('A lane that is resumed without slots waits for them, and one with slots for being resumed.', () => {
  const stage = new Stage();
  const { queue } = stage;
  queue.configureLane(lane, { concurrency: 0 });
  queue.pause(lane);
  const waits = stage.task(lane);
  queue.resume(lane);
  expect(queue.snapshot(lane)).toMatchObject({ queued: 1, paused: false, blockedBy: 'no-slots' });
  queue.pause(lane);
  queue.configureLane(lane, { concurrency: 1 });
  expect(queue.snapshot(lane)).toMatchObject({ queued: 1, paused: true, blockedBy: 'paused' });
  queue.resume(lane);
  expect(waits.context).toBeDefined();
});

it('The time of a hold with a timeout is judged again when its lane gets slots again.', async () => {
  const stage = new Stage();
  const task = stage.task(lane, { timeoutMs: 1_000 });
  stage.queue.configureLane(lane, { concurrency: 0 });
  expect(stage.clock.armed).toBe(0);
  await stage.clock.pass(5_000);
  expect(task.answer).toBeUndefined();
  stage.queue.configureLane(lane, { concurrency: 1 });
  await stage.clock.pass(0);
  expect(task.answer).toMatchObject({ reason: 'timeout' });
});

it('A lane may be paused before it is heard of, and is remembered for as long as it is paused.', () => {
  const { queue } = new Stage();
  queue.pause(lane);
  expect(queue.lanes()).toEqual([lane]);
  queue.resume(lane);
  queue.resume('never heard of');
  expect(queue.lanes()).toEqual([]);
});
