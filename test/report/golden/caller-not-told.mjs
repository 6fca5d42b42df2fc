// caller-outcome: When a hold is taken back, its body is told to abort and its caller learns why, at once.
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
// A body that hangs.
function task(name, lane) {
  const it = { name, outcome: 'no answer' };
  it.body = (controls) => { it.controls = controls; return new Promise(() => {}); };
  it.fulfilled = (value) => (it.outcome = value === name ? 'fulfilled' : 'another value');
  it.rejected = (error) => (it.outcome = wordsFor(it, error));
  return it;
}
function wordsFor(it, error) {
  const { kind, reason, hold, lane, heldMs, silentMs } = queue.ending?.(error) ?? {};
  if (kind !== 'taken-back') return `${error}`;
  if (hold !== it.controls?.hold) return 'taken back with the wrong number';
  return `taken back (${reason}) from ${lane}, held ${heldMs} ms, silent ${silentMs} ms`;
}
const queue = adapter.make({
  setup: { concurrency: 1, stallCeilingMs: 600_000, blockedAfterMs: 30_000, warnEveryMs: 30_000,
    maxWarningsPerMinute: 60, lateMs: 1_000, graceMs: 5_000, listeners: 'return' },
  clock, warn() {}, listen() {},
});

const a = task('a', 'main');
await after(() => queue.enqueue('main', a.body, { priority: 'normal' }).then(a.fulfilled, a.rejected));
await after(() => queue.reset());

const [actual, expected] = [a.outcome, 'taken back (reset) from main, held 0 ms, silent 0 ms'];
const broken = 'caller-outcome: When a hold is taken back, its body is told to abort and its caller learns why, at once.\n  caller of a';
assert.deepEqual(actual, expected, `${broken}: expected ${JSON.stringify(expected)}, actual ${JSON.stringify(actual)}`);
