import { describe, expect, it } from 'vitest';
import type { EnqueueOptions, WaitNotice } from '../../src/core/index.ts';
import { ignore, nextTurn, Stage } from './stage.ts';

describe('a caller is told that his task still waits', () => {
  const lane = 'lane';

  /** A task that waits, and what its caller has been told. */
  function waits(stage: Stage, options: EnqueueOptions = {}): { task: ReturnType<Stage['task']>; told: WaitNotice[] } {
    const told: WaitNotice[] = [];
    return { task: stage.task(lane, { onWait: (notice) => told.push(notice), ...options }), told };
  }

  it('He is told once, after five seconds unless he says otherwise, how long it was and what is in the lane.', async () => {
    const stage = new Stage();
    stage.task(lane);
    const [usual, sooner] = [waits(stage), waits(stage, { onWaitAfterMs: 1_000 })];
    await stage.clock.pass(999);
    expect(sooner.told).toEqual([]);
    await stage.clock.pass(1);
    expect(sooner.told).toEqual([{ lane, waitedMs: 1_000, queued: 2, active: 1 }]);
    await stage.clock.pass(3_999);
    expect(usual.told).toEqual([]);
    await stage.clock.pass(60_000);
    expect(usual.told).toEqual([{ lane, waitedMs: 5_000, queued: 2, active: 1 }]);
    expect(sooner.told).toHaveLength(1);
  });

  it('He is told in a paused lane, too.', async () => {
    const stage = new Stage();
    stage.queue.pause();
    const { told } = waits(stage);
    await stage.clock.pass(5_000);
    expect(told).toEqual([{ lane, waitedMs: 5_000, queued: 1, active: 0 }]);
  });

  it('He is not told if it starts at once, or before, or at that very moment.', async () => {
    const stage = new Stage({ stallCeilingMs: 5_000 });
    const [first, second, third] = [waits(stage), waits(stage), waits(stage)];
    await stage.clock.pass(4_999);
    first.task.finish();
    await nextTurn();
    second.task.finish();
    await nextTurn();
    await stage.clock.pass(60_000);
    const onTheDot = [waits(stage), waits(stage)];
    await stage.clock.pass(5_000);
    expect([first, second, third, ...onTheDot].map(({ told }) => told)).toEqual([[], [], [], [], []]);
  });

  it('He is not told if it is dropped before, though it be by the notice before his own.', async () => {
    const stage = new Stage();
    stage.task(lane);
    const controller = new AbortController();
    const [aborted, first, second] = [
      waits(stage, { signal: controller.signal }),
      waits(stage, { onWait: () => stage.queue.clear() }),
      waits(stage, { onWaitAfterMs: 5_001 }),
    ];
    controller.abort();
    stage.clock.moveTo(6_000);
    while (stage.clock.fireOne()) await nextTurn();
    expect([aborted, first, second].map(({ told }) => told)).toEqual([[], [], []]);
    expect(second.task.answer).toMatchObject({ name: 'ClearedError' });
  });

  it('No timer is left when nobody waits for a notice, nor set for one that would never come.', async () => {
    const stage = new Stage();
    stage.queue.pause();
    waits(stage, { onWaitAfterMs: Infinity });
    expect(stage.clock.armed).toBe(0);
    waits(stage);
    expect(stage.clock.armed).toBe(1);
    stage.queue.clear();
    expect(stage.clock.armed).toBe(0);
    stage.queue.enqueue(lane, ignore, { onWaitAfterMs: 1 }).catch(ignore);
    expect(stage.clock.armed).toBe(0);
  });
});
