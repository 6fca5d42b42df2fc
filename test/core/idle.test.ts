import { expect, it } from 'vitest';
import { nextTurn, Stage } from './stage.ts';

// Rule: `waiters`: those who wait until nothing is queued and nothing is held.

const lane = 'lane';

it('A lane rests when its last task has left, the whole queue when the last lane does.', async () => {
  const stage = new Stage();
  const [first, second, other] = [stage.task(lane), stage.task(lane), stage.task('other')];
  const ofLane = stage.answerOf(stage.queue.whenIdle({ lane }));
  const ofAll = stage.answerOf(stage.queue.whenIdle());
  first.finish();
  await nextTurn();
  expect(ofLane.answer).toBeUndefined();
  second.finish();
  await nextTurn();
  expect([ofLane.answer, ofAll.answer]).toEqual([{ outcome: 'idle' }, undefined]);
  other.finish();
  await nextTurn();
  expect(ofAll.answer).toEqual({ outcome: 'idle' });
});

it('What rests already is said at once, even to who would not wait.', async () => {
  const { queue } = new Stage();
  const signal = AbortSignal.abort();
  expect(await queue.whenIdle({ timeoutMs: 0, signal })).toEqual({ outcome: 'idle' });
  expect(await queue.whenIdle({ lane: 'never heard of', timeoutMs: 0 })).toEqual({ outcome: 'idle' });
  expect(queue.lanes()).toEqual([]);
});

it('It may be given up: now, after a time, or by a signal, whichever comes first.', async () => {
  const stage = new Stage();
  stage.task(lane);
  const controller = new AbortController();
  const { signal } = controller;
  const waits = [
    { timeoutMs: 0 },
    { timeoutMs: 1_000, signal },
    { timeoutMs: 3_000, signal },
    { signal: AbortSignal.abort() },
  ].map((options) => stage.answerOf(stage.queue.whenIdle({ lane, ...options })));
  const outcomes = (): unknown[] => waits.map(({ answer }) => (answer as { outcome: string } | undefined)?.outcome);
  await nextTurn();
  expect(outcomes()).toEqual(['timeout', undefined, undefined, 'aborted']);
  await stage.clock.pass(1_000);
  controller.abort();
  await nextTurn();
  expect(outcomes()).toEqual(['timeout', 'timeout', 'aborted', 'aborted']);
  expect(stage.clock.armed).toBe(0);
});

it('Slots that are taken back, and a backlog that is dropped, leave rest behind; what is paused does not rest.', async () => {
  const stage = new Stage();
  stage.task(lane);
  stage.task(lane);
  const idle = stage.answerOf(stage.queue.whenIdle());
  stage.queue.pause();
  stage.queue.reset();
  await nextTurn();
  expect(idle.answer).toBeUndefined();
  stage.queue.clear();
  await nextTurn();
  expect(idle.answer).toEqual({ outcome: 'idle' });
});

it('Whoever waits for rest does not make a lane wait: a hold with nobody behind it is left alone.', async () => {
  const stage = new Stage({ stallCeilingMs: 1_000 });
  const task = stage.task(lane);
  void stage.queue.whenIdle();
  await stage.clock.pass(60_000);
  expect(task.answer).toBeUndefined();
});

it('Whoever waits for all lanes to rest is answered by the last that comes to rest, not by one that has rested all along.', async () => {
  const stage = new Stage({
    onEvent({ type }) {
      if (type === 'taken-back') stage.queue.clear('busy');
      if (type === 'flowing') stage.task('busy');
    },
  });
  stage.queue.configureLane('idle', { concurrency: 2 });
  stage.task('busy');
  stage.task('busy');
  const wait = stage.answerOf(stage.queue.whenIdle());
  stage.queue.reset();
  await nextTurn();
  expect(stage.queue.counts().active).toBe(1);
  expect(wait.answer).toBeUndefined();
});

it('Nor by the first of two that came to rest in one call, while the second has still to say that it waits no more.', async () => {
  const stage = new Stage({
    onEvent(event) {
      if (event.type === 'taken-back') stage.queue.clear(event.lane);
      if (event.type === 'flowing' && event.lane === 'second') stage.task('second');
    },
  });
  for (const name of ['first', 'first', 'second', 'second']) stage.task(name);
  const wait = stage.answerOf(stage.queue.whenIdle());
  stage.queue.reset();
  await nextTurn();
  expect(stage.queue.counts().active).toBe(1);
  expect(wait.answer).toBeUndefined();
});
