import { beforeEach, describe, expect, it } from 'vitest';
import { LaneQueue, TakenBackError } from '../../src/core/index.ts';
import { MINUTE_MS, StageClock, Turn } from './stage.ts';

describe('the recovery of a stuck session resets its lane', () => {
  let clock: StageClock;
  let queue: LaneQueue;

  beforeEach(() => {
    clock = new StageClock();
    queue = new LaneQueue({ clock, onWarning: () => {} });
  });

  const turn = (session: string): Turn => new Turn(clock, (body) => queue.enqueue(`session:${session}`, body));
  const recover = (session: string): number => queue.reset(`session:${session}`);

  it('It says that it released the slot, and the next message starts at once.', async () => {
    const stuck = turn('42');
    const next = turn('42');
    await clock.pass(3 * MINUTE_MS);

    // In the incident it said 0, and so it was called again and again.
    expect(recover('42')).toBe(1);

    expect(next.startedAt).toBe(3 * MINUTE_MS);
    expect(queue.snapshot('session:42')).toMatchObject({ active: 1, queued: 0 });
    await clock.pass(0);
    expect(stuck.answer).toBeInstanceOf(TakenBackError);
    expect(stuck.answer).toMatchObject({ lane: 'session:42', reason: 'reset', heldMs: 3 * MINUTE_MS });
    expect(stuck.signal?.reason).toBe(stuck.answer);
  });

  it('It leaves every other session as it was.', async () => {
    turn('42');
    const [busy, behind] = [turn('7'), turn('7')];
    const before = queue.snapshot('session:7');

    recover('42');

    expect(queue.snapshot('session:7')).toEqual(before);
    expect(busy.signal?.aborted).toBe(false);
    expect(behind.startedAt).toBeUndefined();
    await busy.finish();
    expect(busy.answer).toBe('done');
    expect(behind.startedAt).toBe(0);
  });

  it('The stuck turn may come back later: it frees nothing, for the slot is no longer its own.', async () => {
    const stuck = turn('42');
    const [next, third] = [turn('42'), turn('42')];
    recover('42');
    expect(queue.stats()).toMatchObject({ active: 1, queued: 1, detached: 1 });

    await stuck.finish();

    expect(queue.stats()).toMatchObject({ active: 1, queued: 1, detached: 0 });
    expect(third.startedAt).toBeUndefined();
    await next.finish();
    expect(third.startedAt).toBe(0);
  });

  it('It releases nothing where nothing is held, says so, and leaves no trace.', async () => {
    await turn('42').finish();

    expect([recover('42'), recover('never seen')]).toEqual([0, 0]);

    expect(queue.lanes()).toEqual([]);
  });
});
