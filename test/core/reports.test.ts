import { expect, it } from 'vitest';
import { nextTurn, Stage } from './stage.ts';

it('A lane that was reported, forgotten and made again gives way to one that never was.', async () => {
  const told: string[] = [];
  const options = { blockedAfterMs: 0, maxWarningsPerMinute: 1 };
  const stage = new Stage({ ...options, onWarning: ({ kind, lane }) => told.push(`${kind} ${lane}`) });

  const before = [stage.task('first'), stage.task('first')];
  expect(told).toEqual(['blocked first']);
  for (const task of before) {
    task.finish();
    await nextTurn();
  }
  expect(stage.queue.lanes()).toEqual([]);

  for (const lane of ['first', 'second']) for (let tasks = 0; tasks < 2; tasks += 1) stage.task(lane);
  await stage.clock.pass(60_000);
  expect(told).toEqual(['blocked first', 'blocked second']);
});
