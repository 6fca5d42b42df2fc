import { expect, it } from 'vitest';
import { ClearedError } from '../../src/core/index.ts';
import { nextTurn, Stage } from './stage.ts';

// Rule: `clear`.

it('The backlog is dropped and counted, its callers learn it by a typed error; what runs goes on.', async () => {
  const stage = new Stage();
  const [runs, first, second] = [stage.task('lane'), stage.task('lane'), stage.task('lane')];
  const other = [stage.task('other'), stage.task('other')][1]!;
  expect(stage.queue.clear('lane')).toBe(2);
  await nextTurn();
  for (const { answer } of [first, second]) expect(answer).toBeInstanceOf(ClearedError);
  expect(first.answer).toMatchObject({ lane: 'lane', message: expect.stringContaining('"lane"') as string });
  expect(runs.signal.aborted).toBe(false);
  expect(stage.queue.stats()).toMatchObject({ queued: 1, active: 2 });
  expect(stage.queue.clear()).toBe(1);
  runs.finish('undisturbed');
  await nextTurn();
  expect(other.answer).toMatchObject({ lane: 'other' });
  expect(runs.answer).toBe('undisturbed');
  expect([first.context, second.context]).toEqual([undefined, undefined]);
});

it('Where nothing is queued nothing is dropped, and a lane that was never heard of does not come into being.', () => {
  const { queue } = new Stage();
  expect(queue.clear()).toBe(0);
  expect(queue.clear('never heard of')).toBe(0);
  expect(queue.lanes()).toEqual([]);
});

it('A lane that is left without backlog no longer waits, so nothing in it is judged.', async () => {
  const stage = new Stage({ stallCeilingMs: 1_000 });
  const stuck = stage.task('lane');
  stage.task('lane');
  stage.queue.clear();
  await stage.clock.pass(10_000);
  expect(stuck.answer).toBeUndefined();
  expect(stage.clock.armed).toBe(0);
});
