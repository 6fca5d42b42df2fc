import { expect, it } from 'vitest';
import { ClosedError } from '../../src/core/index.ts';
import { nextTurn, Stage } from './stage.ts';

// Rule: `close`.

const lane = 'lane';
const drained = { outcome: 'drained', queued: 0, active: 0, detached: 0 };

it('What is in runs to its end, in order; what comes is refused with an error that names its lane.', async () => {
  const stage = new Stage();
  const [first, second] = [stage.task(lane), stage.task(lane)];
  const closing = stage.answerOf(stage.queue.close());
  const refused = stage.task('late');
  await nextTurn();
  expect(refused.answer).toBeInstanceOf(ClosedError);
  expect(refused).toMatchObject({ answer: { lane: 'late' }, context: undefined });
  expect(stage.queue.stats()).toMatchObject({ closed: true, lanes: 1, queued: 1, active: 1 });
  first.finish();
  await nextTurn();
  expect(closing.answer).toBeUndefined();
  second.finish();
  await nextTurn();
  expect(closing.answer).toEqual(drained);
});

it('Where nothing is left, it is done at once, the second time too.', async () => {
  const { queue, clock } = new Stage();
  expect(await Promise.all([queue.close(), queue.close({ deadlineMs: 1 })])).toEqual([drained, drained]);
  expect(await queue.close()).toEqual(drained);
  expect(clock.armed).toBe(0);
});

it('Who closes stands behind every hold: a phantom with nobody else behind it is taken back at its ceiling.', async () => {
  const stage = new Stage({ stallCeilingMs: 10_000 });
  const phantom = stage.task(lane);
  await stage.clock.pass(4_000);
  const closing = stage.answerOf(stage.queue.close());
  await stage.clock.pass(5_999);
  expect(closing.answer).toBeUndefined();
  await stage.clock.pass(1);
  expect(phantom.answer).toMatchObject({ reason: 'stalled', silentMs: 10_000 });
  expect(closing.answer).toEqual({ ...drained, detached: 1 });
});

it('What has stalled before is taken back after the call; a lane whose backlog only starts then is watched as well.', async () => {
  const stage = new Stage({ stallCeilingMs: 10_000 });
  const [stuck, next] = [stage.task(lane), stage.task('other')];
  await stage.clock.pass(9_000);
  next.context!.progress();
  const last = stage.task('other');
  await stage.clock.pass(51_000);
  const closing = stage.answerOf(stage.queue.close());
  expect(stuck.answer).toBeUndefined();
  await stage.clock.pass(0);
  expect(stuck.answer).toMatchObject({ reason: 'stalled', silentMs: 60_000 });
  expect(last.context).toBeDefined();
  await stage.clock.pass(10_000);
  expect(closing.answer).toEqual({ ...drained, detached: 3 });
});

it('Detached bodies do not delay it.', async () => {
  const stage = new Stage();
  stage.task(lane);
  stage.queue.reset();
  expect(await stage.queue.close()).toEqual({ ...drained, detached: 1 });
});

it('What is paused stays; at the deadline it is said what is left, and nobody stands behind the holds any more.', async () => {
  const stage = new Stage({ stallCeilingMs: 10_000 });
  stage.queue.pause('paused');
  const [waits, runs] = [stage.task('paused'), stage.task(lane)];
  const closing = stage.answerOf(stage.queue.close({ deadlineMs: 5_000 }));
  await stage.clock.pass(5_000);
  expect(closing.answer).toEqual({ outcome: 'deadline', queued: 1, active: 1, detached: 0 });
  expect(stage.clock.armed).toBe(0);
  await stage.clock.pass(60_000);
  expect(runs.answer).toBeUndefined();
  stage.queue.resume('paused');
  expect(waits.context).toBeDefined();
});

it('Of two who close, one with a deadline, the other still stands behind the holds.', async () => {
  const stage = new Stage({ stallCeilingMs: 10_000 });
  stage.task(lane);
  const [patient, hurried] = [{}, { deadlineMs: 5_000 }].map((options) => stage.answerOf(stage.queue.close(options)));
  await stage.clock.pass(5_000);
  expect(hurried!.answer).toMatchObject({ outcome: 'deadline', active: 1 });
  await stage.clock.pass(5_000);
  expect(patient!.answer).toEqual({ ...drained, detached: 1 });
});

it('A body may close the queue that it runs in, and its own end ends the wait.', async () => {
  const stage = new Stage();
  let closing: { answer: unknown } | undefined;
  await stage.queue.enqueue(lane, () => void (closing = stage.answerOf(stage.queue.close())));
  await nextTurn();
  expect(closing?.answer).toEqual(drained);
});
