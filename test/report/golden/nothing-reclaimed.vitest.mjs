// no-permanent-saturation: Where tasks wait behind a stalled hold, it is taken back of itself, at its ceiling; nobody waits for ever.
import { expect, onTestFinished, test } from 'vitest';
import adapter from './my-queue.mjs';

test('nothing-reclaimed: no-permanent-saturation', async () => {
  // Time that moves only when it is told to.
  let now = 0;
  const timers = new Set();
  const realNow = Date.now;
  onTestFinished(() => void (Date.now = realNow));
  Date.now = () => 1_577_836_800_000 + now;
  const clock = {
    now: () => now,
    setTimer(callback, delayMs) {
      const timer = { at: now + Math.max(0, delayMs), callback };
      timers.add(timer);
      return timer;
    },
    clearTimer: (timer) => void timers.delete(timer),
  };
  const after = (act) => new Promise((resolve) => (setImmediate(resolve), act()));
  const due = (at) => [...timers].filter((one) => one.at <= at).sort((one, other) => one.at - other.at)[0];
  async function advanceTo(at) {
    for (let next = due(at); next !== undefined; next = due(at)) {
      now = Math.max(now, next.at);
      timers.delete(next);
      await after(next.callback);
    }
    now = at;
  }
  // A body that hangs.
  const started = { main: [] };
  function task(name, lane) {
    const it = { name };
    it.body = () => { started[lane].push(name); return new Promise(() => {}); };
    return it;
  }
  const queue = adapter.make({
    setup: { concurrency: 1, stallCeilingMs: 600_000, blockedAfterMs: 30_000, warnEveryMs: 30_000,
      maxWarningsPerMinute: 60, lateMs: 1_000, graceMs: 5_000, listeners: 'return' },
    clock, warn() {}, listen() {},
  });

  const [a, b] = [task('a', 'main'), task('b', 'main')];
  await after(() => queue.enqueue('main', a.body, { priority: 'normal' }).catch(() => {}));
  await after(() => queue.enqueue('main', b.body, { priority: 'normal' }).catch(() => {}));
  await advanceTo(600_000);

  expect(started.main, 'no-permanent-saturation: Where tasks wait behind a stalled hold, it is taken back of itself, at its ceiling; nobody waits for ever. started in main').toEqual(['a', 'b']);
});
