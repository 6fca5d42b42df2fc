import { describe, expect, it } from 'vitest';
import type { EnqueueOptions } from '../../src/core/index.ts';
import { nextTurn, Stage, type StageTask } from './stage.ts';

// Rule: `clock`. A ceiling, or a timeout, of 10 s; `lateMs` 1 s, `graceMs` 5 s.

const lane = 'lane';

function makeStage(): Stage {
  return new Stage({ stallCeilingMs: 10_000, lateMs: 1_000, graceMs: 5_000 });
}

/** The loop was blocked, or the machine asleep, until so late: then every timer that is due fires. */
async function wakeAt(stage: Stage, at: number): Promise<void> {
  stage.clock.moveTo(at);
  while (stage.clock.fireOne()) await nextTurn();
}

/** A task that is out of time after 10 s, by the ceiling or by its own. */
const limits: Record<string, (stage: Stage) => StageTask> = {
  stalled: (stage) => [stage.task(lane), stage.task(lane)][0]!,
  timeout: (stage) => stage.task(lane, { timeoutMs: 10_000 } satisfies EnqueueOptions),
};

describe.each(Object.entries(limits))('a hold that is to be taken back as %s', (reason, begin) => {
  it('It is, if the timer fires late by no more than lateMs.', async () => {
    const stage = makeStage();
    const task = begin(stage);
    await wakeAt(stage, 11_000);
    expect(task.answer).toMatchObject({ reason, silentMs: 11_000 });
  });

  it('It is given graceMs to report, if the timer fires later; then it is taken back.', async () => {
    const stage = makeStage();
    const task = begin(stage);
    await wakeAt(stage, 11_001);
    await stage.clock.pass(4_999);
    expect(task.answer).toBeUndefined();
    await stage.clock.pass(1);
    expect(task.answer).toMatchObject({ reason, silentMs: 16_001 });
  });

  it('It lives on if it reports within the grace, for as long as after any other report.', async () => {
    const stage = makeStage();
    const task = begin(stage);
    await wakeAt(stage, 20_000);
    await stage.clock.pass(3_000);
    task.context!.progress();
    await stage.clock.pass(9_999);
    expect(task.answer).toBeUndefined();
    await stage.clock.pass(1);
    expect(task.answer).toMatchObject({ reason, silentMs: 10_000 });
  });

  it('It is given grace once for each sign of life: not again when the loop blocks again, but again after a report.', async () => {
    const [silent, alive] = [makeStage(), makeStage()];
    const [first, second] = [begin(silent), begin(alive)];
    await wakeAt(silent, 20_000);
    await wakeAt(silent, 60_000);
    expect(first.answer).toMatchObject({ reason, silentMs: 60_000 });

    await wakeAt(alive, 20_000);
    second.context!.progress();
    await wakeAt(alive, 60_000);
    expect(second.answer).toBeUndefined();
    await alive.clock.pass(5_000);
    expect(second.answer).toMatchObject({ reason, silentMs: 45_000 });
  });
});

it('A hold has one grace, not one for its ceiling and one for its own time.', async () => {
  const stage = makeStage();
  const task = stage.task(lane, { timeoutMs: 12_000 });
  stage.task(lane);
  await wakeAt(stage, 11_500);
  await wakeAt(stage, 20_000);
  expect(task.answer).toMatchObject({ silentMs: 20_000 });
});

it('A hold that stalled long before anybody waited is judged without grace: nobody was late.', async () => {
  const stage = makeStage();
  const task = stage.task(lane);
  await stage.clock.pass(60_000);
  const next = stage.task(lane);
  expect(task.answer).toBeUndefined();
  await stage.clock.pass(0);
  expect(task.answer).toMatchObject({ reason: 'stalled', silentMs: 60_000 });
  expect(next.context).toBeDefined();
});

it('So is one that ran out of time while its lane was paused.', async () => {
  const stage = makeStage();
  const [stalled, timed] = [stage.task('a'), stage.task('b', { timeoutMs: 10_000 })];
  stage.task('a');
  stage.queue.pause();
  await stage.clock.pass(60_000);
  expect([stalled.answer, timed.answer]).toEqual([undefined, undefined]);
  stage.queue.resume();
  await nextTurn();
  expect([stalled.answer, timed.answer]).toEqual([undefined, undefined]);
  await stage.clock.pass(0);
  expect([stalled.answer, timed.answer]).toMatchObject([{ reason: 'stalled' }, { reason: 'timeout' }]);
});
