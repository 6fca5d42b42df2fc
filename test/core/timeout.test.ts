import { expect, it } from 'vitest';
import { LaneQueue, TakenBackError, type Clock } from '../../src/core/index.ts';
import { hang, ignore, nextTurn, Stage, StageClock } from './stage.ts';

// Rule: `timeout`.

const lane = 'lane';

it('The slot is taken back when the time is up, though nobody waits behind it, and the error says why.', async () => {
  const stage = new Stage();
  const task = stage.task(lane, { timeoutMs: 1_000 });
  await stage.clock.pass(999);
  expect(stage.queue.snapshot(lane)).toMatchObject({ active: 1 });
  await stage.clock.pass(1);
  expect(stage.queue.stats()).toMatchObject({ active: 0, detached: 1 });
  expect(task.answer).toBeInstanceOf(TakenBackError);
  expect(task.answer).toMatchObject({ lane, hold: 1, reason: 'timeout', heldMs: 1_000, silentMs: 1_000 });
  expect(task.signal.reason).toBe(task.answer);
});

it('It runs from the last sign of life, be it a report or news from a source.', async () => {
  const stage = new Stage();
  let movedAt = 0;
  const reports = stage.task('a', { timeoutMs: 1_000 });
  const moves = stage.task('b', { timeoutMs: 1_000, progressSource: () => movedAt });
  await stage.clock.pass(700);
  reports.context!.progress();
  movedAt = 600;
  await stage.clock.pass(899);
  expect(stage.queue.stats()).toMatchObject({ active: 2 });
  await stage.clock.pass(1);
  expect(moves.answer).toMatchObject({ reason: 'timeout', heldMs: 1_600, silentMs: 1_000 });
  await stage.clock.pass(100);
  expect(reports.answer).toMatchObject({ reason: 'timeout', heldMs: 1_700, silentMs: 1_000 });
});

it('It does not run while the task is queued, and leaves no timer when the task settles.', async () => {
  const stage = new Stage();
  const [first, second] = [stage.task(lane), stage.task(lane, { timeoutMs: 1_000 })];
  await stage.clock.pass(5_000);
  first.finish();
  await nextTurn();
  await stage.clock.pass(999);
  second.finish('in time');
  await nextTurn();
  expect(second.answer).toBe('in time');
  expect(stage.clock.armed).toBe(0);
});

it('At the ceiling of a lane that waits the timeout comes first.', async () => {
  const stage = new Stage({ stallCeilingMs: 1_000 });
  const [first, next] = [stage.task(lane, { timeoutMs: 1_000 }), stage.task(lane)];
  await stage.clock.pass(1_000);
  expect(first.answer).toMatchObject({ reason: 'timeout' });
  expect(next.context).toBeDefined();
});

it('A healthy hold beside it in the lane stays.', async () => {
  const stage = new Stage({ concurrency: 2 });
  const [timed, sibling] = [stage.task(lane, { timeoutMs: 1_000 }), stage.task(lane)];
  await stage.clock.pass(1_000);
  expect(timed.answer).toBeInstanceOf(TakenBackError);
  expect(sibling.signal.aborted).toBe(false);
  expect(stage.queue.snapshot(lane)).toMatchObject({ active: 1, detached: 1 });
});

it('One beyond what a timer of Node can count is kept to the millisecond.', async () => {
  const longestMs = 2 ** 31 - 1;
  const clock = new StageClock();
  const likeNode: Clock = {
    now: () => clock.now(),
    setTimer: (callback, delayMs) => clock.setTimer(callback, Math.min(delayMs, longestMs)),
    clearTimer: (timer) => clock.clearTimer(timer),
  };
  const queue = new LaneQueue({ clock: likeNode });
  queue.enqueue(lane, hang, { timeoutMs: 3 * longestMs }).catch(ignore);
  await clock.pass(3 * longestMs - 1);
  expect(queue.stats()).toMatchObject({ active: 1 });
  await clock.pass(1);
  expect(queue.stats()).toMatchObject({ active: 0, detached: 1 });
});

it('It keeps the process alive, as a notice does not.', () => {
  const keepsAlive: [number, boolean][] = [];
  const clock: Clock = {
    now: () => 0,
    setTimer: (_, delayMs, keepsProcessAlive) => keepsAlive.push([delayMs, keepsProcessAlive]),
    clearTimer: ignore,
  };
  const queue = new LaneQueue({ clock });
  queue.enqueue(lane, hang, { timeoutMs: 1_000 }).catch(ignore);
  queue.pause();
  queue.enqueue(lane, hang, { onWait: ignore, onWaitAfterMs: 2_000 }).catch(ignore);
  expect(keepsAlive).toEqual([
    [1_000, true],
    [2_000, false],
  ]);
});
