import { expect, it } from 'vitest';
import { LaneQueue, systemClock, type Clock } from '../../src/core/index.ts';
import { VirtualClock } from '../../src/oracle/virtual-clock.ts';

it('Without a clock of its own a queue runs on that of the process.', async () => {
  const queue = new LaneQueue();
  const results = await Promise.all([1, 2, 3].map((nth) => queue.enqueue('lane', async () => nth)));
  expect(results).toEqual([1, 2, 3]);
  expect(queue.stats()).toMatchObject({ lanes: 0, queued: 0, active: 0, detached: 0 });
});

it('A timer beyond what Node can count is set all the same, and does not fire at once.', async () => {
  let fired = false;
  const timer = systemClock.setTimer(() => (fired = true), 2 ** 40, false);
  await new Promise((resolve) => {
    setTimeout(resolve, 2);
  });
  systemClock.clearTimer(timer);
  expect(fired).toBe(false);
});

it('A timer that fires early is set again, and nothing is reclaimed before its time.', () => {
  const clock = new VirtualClock();
  const hasty: Clock = {
    now: () => clock.now(),
    setTimer: (callback, delayMs) => clock.setTimer(callback, Math.ceil(delayMs / 2)),
    clearTimer: (timer) => clock.clearTimer(timer),
  };
  const queue = new LaneQueue({ clock: hasty, stallCeilingMs: 1_000, onWarning: () => {} });
  const startedAt: number[] = [];
  for (let nth = 0; nth < 2; nth += 1) {
    queue.enqueue('lane', () => new Promise(() => startedAt.push(clock.now()))).catch(() => {});
  }
  while (startedAt.length < 2) {
    clock.moveTo(clock.nextAt);
    clock.fireOne();
  }
  expect(startedAt).toEqual([0, 1_000]);
});

it('A process stays up for its tasks and for those who wait, and not for a warning.', () => {
  const keepsAlive: [number, boolean][] = [];
  const clock: Clock = {
    now: () => 0,
    setTimer: (_, delayMs, keepsProcessAlive) => keepsAlive.push([delayMs, keepsProcessAlive]),
    clearTimer: () => {},
  };
  const queue = new LaneQueue({ clock, onWarning: () => {} });
  void queue.enqueue('lane', () => new Promise(() => {}));
  void queue.enqueue('lane', () => {});
  void queue.waitForActive({ timeoutMs: 5_000 });
  expect(keepsAlive).toEqual([
    [600_000, true],
    [30_000, false],
    [5_000, true],
  ]);
});

it('Durations may be endless: then nothing is reclaimed, and a blocked lane is reported once or never.', () => {
  const clock = new VirtualClock();
  const warnings: string[] = [];
  const endless = { stallCeilingMs: Infinity, warnEveryMs: Infinity };
  for (const blockedAfterMs of [1_000, Infinity]) {
    const queue = new LaneQueue({ ...endless, blockedAfterMs, clock, onWarning: ({ kind }) => warnings.push(kind) });
    for (let nth = 0; nth < 2; nth += 1) void queue.enqueue('lane', () => new Promise(() => {}));
  }
  while (clock.armed > 0) {
    clock.moveTo(clock.nextAt);
    clock.fireOne();
  }
  expect(warnings).toEqual(['blocked']);
});
