import type { Verdict } from '../verdict.ts';
import { literal } from './literal.ts';
import { uses, type MakePart } from './part.ts';

/** How the harness calls timers that arm each other for ever. */
const ENDLESS = 'timers without end';

/** The time of day at which time begins. */
const WALL_START = '1_577_836_800_000';

/**
 * A turn of the event loop, in which all that was under way runs its course; or as many as the queue may need. The turn is
 * begun before anything is done, as the harness does: what a queue puts off by a turn of its own comes after it, too late.
 */
export const after: MakePart = ({ contract: { turns } }) => ({
  isNeeded: uses('after('),
  lines: () =>
    turns === 1
      ? ['const after = (act) => new Promise((resolve) => (setImmediate(resolve), act()));']
      : [
          'const turns = (left, then) => setImmediate(() => (left > 1 ? turns(left - 1, then) : then()));',
          `const after = (act) => new Promise((resolve) => (turns(${turns}, resolve), act()));`,
        ],
});

export const time: MakePart = ({ time: kind }, isTest) => ({
  isNeeded: () => true,
  lines: (text) => {
    const setsWall = text.includes('wallMs');
    const wall = setsWall ? 'wallMs' : WALL_START;
    return [
      '// Time that moves only when it is told to.',
      'let now = 0;',
      ...(setsWall ? [`let wallMs = ${WALL_START};`] : []),
      'const timers = new Set();',
      ...(kind === 'globals' ? globals(wall, isTest) : port(wall, isTest, text.includes('.keepsProcessAlive'))),
    ];
  },
});

function port(wall: string, isTest: boolean, isAsked: boolean): string[] {
  return [
    ...(isTest ? ['const realNow = Date.now;', 'onTestFinished(() => void (Date.now = realNow));'] : []),
    `Date.now = () => ${wall} + now;`,
    'const clock = {',
    '  now: () => now,',
    `  setTimer(callback, delayMs${isAsked ? ', keepsProcessAlive = true' : ''}) {`,
    `    const timer = { at: now + Math.max(0, delayMs), callback${isAsked ? ', keepsProcessAlive' : ''} };`,
    '    timers.add(timer);',
    '    return timer;',
    '  },',
    '  clearTimer: (timer) => void timers.delete(timer),',
    '};',
  ];
}

const REPLACED = 'Date, setTimeout, setInterval, clearTimeout, clearInterval';

function globals(wall: string, isTest: boolean): string[] {
  const restored = [
    `const real = { ${REPLACED} };`,
    'onTestFinished(() => void (Object.assign(globalThis, real), delete performance.now));',
  ];
  return [
    ...(isTest ? restored : []),
    'globalThis.Date = class extends Date {',
    `  static now = () => ${wall} + now;`,
    '  constructor(...args) { super(...(args.length === 0 ? [Date.now()] : args)); }',
    '};',
    'performance.now = () => now;',
    'const armer = (repeats) => (callback, delayMs = 0, ...args) => {',
    '  const timer = { at: now + Math.max(0, delayMs), ref: () => timer, unref: () => timer };',
    '  const again = () => timers.add(Object.assign(timer, { at: now + Math.max(1, delayMs) }));',
    '  timer.callback = () => (repeats && again(), callback(...args));',
    '  timers.add(timer);',
    '  return timer;',
    '};',
    'Object.assign(globalThis, { setTimeout: armer(false), setInterval: armer(true) });',
    'globalThis.clearTimeout = globalThis.clearInterval = (timer) => void timers.delete(timer);',
    'const clock = { now: () => now, setTimer: setTimeout, clearTimer: clearTimeout };',
  ];
}

/** Beyond so many firings in one stretch of time there is no end to them. */
const MOST_FIRINGS = 5_000;

/** Fires what is due on the way, one by one; what was due before now fires late. */
export const advance: MakePart = (verdict) => ({
  isNeeded: uses('advanceTo('),
  lines: () => [
    'const due = (at) => [...timers].filter((one) => one.at <= at).sort((one, other) => one.at - other.at)[0];',
    ...(isEndless(verdict) ? ['const strays = [];'] : []),
    'async function advanceTo(at) {',
    ...(isEndless(verdict) ? ['  let fired = 0;'] : []),
    '  for (let next = due(at); next !== undefined; next = due(at)) {',
    '    now = Math.max(now, next.at);',
    '    timers.delete(next);',
    `    await after(${hasStrays(verdict) ? '() => attempt(next.callback)' : 'next.callback'});`,
    ...(isEndless(verdict)
      ? [`    if ((fired += 1) > ${literal(MOST_FIRINGS)}) return void strays.push(${literal(ENDLESS)});`]
      : []),
    '  }',
    '  now = at;',
    '}',
  ],
});

/** The queue arms timers without end: nothing goes astray, but time does not get on. */
function isEndless({ divergence }: Verdict): boolean {
  return divergence.actual === ENDLESS;
}

/** Something goes astray in the course of it, whether or not that is what is wrong. */
export function hasStrays({ moments, divergence }: Verdict): boolean {
  if (divergence.actual === ENDLESS) return false;
  return divergence.key === 'error' || moments.some(({ readings }) => readings.some(([name]) => name === 'error'));
}
