// order: In a lane, tasks start by priority class, then by arrival.
import assert from 'node:assert/strict';
import adapter from './my-queue.mjs';

// Time that moves only when it is told to.
let now = 0;
const timers = new Set();
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
// Calls of the queue that are made from inside something that it calls: each is made once.
const inside = {};
const reach = (site, lane) => void inside[`${site} in ${lane}`]?.shift()?.();
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
  clock, warn() {}, listen: reach,
});

const [a, b] = [task('a', 'main'), task('b', 'main')];
inside['enqueued in main'] = [() => queue.enqueue('main', a.body, { priority: 'normal' }).catch(() => {})];
await after(() => queue.enqueue('main', b.body, { priority: 'normal' }).catch(() => {}));

const [actual, expected] = [started.main, ['b']];
const broken = 'order: In a lane, tasks start by priority class, then by arrival.\n  started in main';
assert.deepEqual(actual, expected, `${broken}: expected ${JSON.stringify(expected)}, actual ${JSON.stringify(actual)}`);
