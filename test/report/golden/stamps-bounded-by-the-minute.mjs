// warnings-bounded: Warnings keep within their bounds, and what is held back is counted.
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
const due = (at) => [...timers].filter((one) => one.at <= at).sort((one, other) => one.at - other.at)[0];
async function advanceTo(at) {
  for (let next = due(at); next !== undefined; next = due(at)) {
    now = Math.max(now, next.at);
    timers.delete(next);
    await after(next.callback);
  }
  now = at;
}
const listened = () => { throw new Error('a listener that throws'); };
// A body that hangs.
function task(name, lane) {
  const it = { name };
  it.body = () => new Promise(() => {});
  return it;
}
const warnings = [];
const queue = adapter.make({
  setup: { concurrency: 1, stallCeilingMs: 70_000, blockedAfterMs: 30_000, warnEveryMs: 100_000,
    maxWarningsPerMinute: 3, lateMs: 1_000, graceMs: 5_000, listeners: 'throw' },
  clock,
  warn(warning) {
    if (`${warning.kind} in ${warning.lane}` === 'fault in main') warnings.push(now);
    return listened();
  },
  listen: listened,
});

const [a, b, c] = [task('a', 'main'), task('b', 'main'), task('c', 'side')];
await after(() => queue.enqueue('main', a.body, { priority: 'normal' }).catch(() => {}));
await after(() => queue.enqueue('main', b.body, { priority: 'normal' }).catch(() => {}));
await after(() => queue.enqueue('side', c.body, { priority: 'normal' }).catch(() => {}));
await advanceTo(70_000);

const [actual, expected] = [warnings, [0]];
const broken = 'warnings-bounded: Warnings keep within their bounds, and what is held back is counted.\n  warning fault in main, at ms';
assert.deepEqual(actual, expected, `${broken}: expected ${JSON.stringify(expected)}, actual ${JSON.stringify(actual)}`);
