import { key, type CallSite } from '../../oracle/index.ts';
import type { Verdict } from '../verdict.ts';
import { literal } from './literal.ts';
import { NO_ANSWER, NOT_ABORTED } from './symptom.ts';

/** Something that a script may need, and the words by which what calls for it can be told. */
interface Part {
  readonly isNeeded: (text: string) => boolean;
  readonly lines: (text: string) => readonly string[];
}

/**
 * What the lines of a script need and is not theirs: only the parts that they, or parts that they need, name. Those that
 * others use come first.
 */
export function standIns(verdict: Verdict, lines: readonly string[], isTest: boolean): string[] {
  let text = lines.join('\n');
  const parts = PARTS.map((make) => make(verdict, isTest));
  const written: string[][] = [];
  // The later parts use the earlier ones.
  for (const part of parts.toReversed()) {
    if (!part.isNeeded(text)) continue;
    const made = [...part.lines(text)];
    written.unshift(made);
    text = `${made.join('\n')}\n${text}`;
  }
  return written.flat();
}

type MakePart = (verdict: Verdict, isTest: boolean) => Part;

const names =
  (...found: readonly RegExp[]): Part['isNeeded'] =>
  (text) =>
    found.some((one) => one.test(text));

const always = (): boolean => true;

const turn: MakePart = ({ contract: { turns } }) => ({
  isNeeded: names(/\bturn\(/),
  lines: () =>
    turns === 1
      ? ['const turn = () => new Promise((resolve) => setImmediate(resolve));']
      : [
          'async function turn() {',
          `  for (let more = ${turns}; more > 0; more -= 1) await new Promise((resolve) => setImmediate(resolve));`,
          '}',
        ],
});

const strays: MakePart = (_verdict, isTest) => ({
  isNeeded: names(/\bstrays\b/, /\battempt\(/),
  lines: (text) => [
    'const strays = [];',
    "for (const kind of ['unhandledRejection', 'uncaughtException']) {",
    ...(isTest
      ? [
          '  const others = process.rawListeners(kind);',
          '  onTestFinished(() => void others.reduce((all, one) => all.on(kind, one), process.removeAllListeners(kind)));',
          '  process.removeAllListeners(kind);',
        ]
      : []),
    '  process.on(kind, (error) => strays.push(String(error)));',
    '}',
    ...(/\battempt\(|next\.callback/.test(text)
      ? [
          'function attempt(call) {',
          '  try {',
          '    return call();',
          '  } catch (error) {',
          '    strays.push(String(error));',
          '  }',
          '}',
        ]
      : []),
  ],
});

/** The time of day, where the commands set it, is a thing of its own. */
const WALL = '1_577_836_800_000';

const time: MakePart = ({ time: kind }, isTest) => ({
  isNeeded: always,
  lines: (text) => {
    const setsWall = /\bwallMs\b/.test(text);
    const wall = setsWall ? 'wallMs' : WALL;
    const start = [
      '// Time that moves only when it is told to.',
      'let now = 0;',
      ...(setsWall ? [`let wallMs = ${WALL};`] : []),
      'const timers = new Set();',
    ];
    return [...start, ...(kind === 'globals' ? globals(wall, isTest) : port(wall, isTest, text))];
  },
});

function port(wall: string, isTest: boolean, text: string): string[] {
  const isAsked = text.includes('.keepsProcessAlive');
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

function globals(wall: string, isTest: boolean): string[] {
  const real = ['Date', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'].join(', ');
  return [
    ...(isTest
      ? [
          `const real = { ${real} };`,
          'onTestFinished(() => void (Object.assign(globalThis, real), delete performance.now));',
        ]
      : []),
    'globalThis.Date = class extends Date {',
    '  constructor(...args) {',
    `    super(...(args.length === 0 ? [${wall} + now] : args));`,
    '  }',
    `  static now = () => ${wall} + now;`,
    '};',
    'performance.now = () => now;',
    'globalThis.setTimeout = (callback, delayMs, ...args) => {',
    '  const timer = { at: now + Math.max(0, Number(delayMs) || 0), callback: () => callback(...args) };',
    '  timers.add(timer);',
    '  return Object.assign(timer, { ref: () => timer, unref: () => timer, hasRef: () => true });',
    '};',
    'globalThis.setInterval = (callback, everyMs, ...args) => {',
    '  const timer = setTimeout(() => {',
    '    timers.add(Object.assign(timer, { at: now + Math.max(1, everyMs) }));',
    '    callback(...args);',
    '  }, everyMs);',
    '  return timer;',
    '};',
    'globalThis.clearTimeout = globalThis.clearInterval = (timer) => void timers.delete(timer);',
    'const clock = { now: () => now, setTimer: setTimeout, clearTimer: clearTimeout };',
  ];
}

const advance: MakePart = () => ({
  isNeeded: names(/\badvanceTo\(/),
  lines: (text) => [
    'async function advanceTo(at) {',
    '  for (;;) {',
    '    const [next] = [...timers].sort((one, other) => one.at - other.at);',
    '    if (next === undefined || next.at > at) break;',
    '    now = Math.max(now, next.at);',
    '    timers.delete(next);',
    `    ${/\bstrays\b|\battempt\(/.test(text) ? 'attempt(next.callback)' : 'next.callback()'};`,
    '    await turn();',
    '  }',
    '  now = at;',
    '}',
  ],
});

const LISTENER_ERROR = "new Error('a listener that throws')";

const listened: MakePart = ({ setup: { listeners } }) => ({
  isNeeded: names(/\blistened\b/),
  lines: () =>
    listeners === 'reject'
      ? [`const listened = () => Promise.reject(${LISTENER_ERROR});`]
      : ['function listened() {', `  throw ${LISTENER_ERROR};`, '}'],
});

const inside: MakePart = () => ({
  isNeeded: names(/\binside\b/),
  lines: (text) => [
    '// Calls that are made from inside what the queue calls, each once.',
    `${/\binside = /.test(text) ? 'let' : 'const'} inside = [];`,
    ...(/\breturned\.(push|at)/.test(text) ? ['const returned = [];'] : []),
    'function reach(site, lane) {',
    '  const place = inside.findIndex((one) => one.site === site && one.lane === lane);',
    `  if (place !== -1) ${/\bstrays\b/.test(text) ? 'attempt(inside.splice(place, 1)[0].call)' : 'inside.splice(place, 1)[0].call()'};`,
    '}',
  ],
});

const signals: MakePart = () => ({
  isNeeded: names(/\bsignal\('/, /\babort\('/, /\bcontrollers\b/, /\bABORTED\b/),
  lines: (text) => [
    "const ABORTED = new Error('the signal of the task has aborted');",
    'const signals = new Map();',
    ...(/\bcontrollers\b/.test(text) ? ['const controllers = [];'] : []),
    'function signal(name) {',
    '  if (!signals.has(name)) signals.set(name, new AbortController());',
    ...(/\bcontrollers\b/.test(text) ? ['  controllers.push(signals.get(name));'] : []),
    ...(/\bsignal\('spent'\)/.test(text) ? ["  if (name === 'spent') signals.get(name).abort(ABORTED);"] : []),
    '  return signals.get(name).signal;',
    '}',
    ...(/\babort\('/.test(text)
      ? [
          'function abort(name) {',
          '  const controller = signals.get(name);',
          '  signals.delete(name);',
          '  controller?.abort(ABORTED);',
          '}',
        ]
      : []),
  ],
});

/** What a rejection says, in the words of the rules. */
const words: MakePart = () => ({
  isNeeded: names(/\bwordsFor\(/),
  lines: (text) => [
    'function wordsFor(it, error) {',
    "  if (error === it.error) return 'rejected';",
    ...(/\bABORTED\b|\bsignal\('/.test(text)
      ? ["  if (error === ABORTED) return 'rejected with the reason of its signal';"]
      : []),
    '  const said = queue.ending?.(error);',
    "  if (said?.kind === 'aborted') return 'rejected with the reason of its signal';",
    "  if (said?.kind === 'cleared') return 'cleared';",
    "  if (said?.kind === 'closed') return 'refused: closed';",
    "  if (said?.kind !== 'taken-back') return 'rejected with the wrong error';",
    "  if (said.hold !== it.controls?.hold) return 'taken back with the wrong number';",
    '  const ages = `held ${said.heldMs} ms, silent ${said.silentMs} ms`;',
    "  return `taken back (${said.reason})${said.lane === undefined ? '' : ` from ${said.lane}, ${ages}`}`;",
    '}',
  ],
});

const signalOf: MakePart = () => ({
  isNeeded: names(/\bsignalOf\(/),
  lines: () => [
    'function signalOf(it) {',
    '  const signal = it.controls?.signal;',
    `  return signal?.aborted ? wordsFor(it, signal.reason) : '${NOT_ABORTED}';`,
    '}',
  ],
});

/** The caller of a task: what became of it is written down only where somebody asks. */
const told: MakePart = ({ moments }) => ({
  isNeeded: names(/\btold\(/),
  lines: (text) => {
    const isAsked = /\.outcome\b/.test(text);
    const reaches = moments.some(({ event }) => event.type === 'plant' && event.site === 'caller');
    if (!isAsked && !reaches) return ['const told = (_task, promise) => void promise.catch(() => {});'];
    const reached = reaches ? ["    reach('caller', it.lane);"] : [];
    const done = (how: string): string[] => [...(isAsked ? [`    it.outcome = ${how};`] : []), ...reached];
    return [
      'function told(it, promise) {',
      '  const fulfilled = (value) => {',
      ...done("value === it.name ? 'fulfilled' : 'fulfilled with the wrong value'"),
      '  };',
      '  const rejected = (error) => {',
      ...done('wordsFor(it, error)'),
      '  };',
      '  promise.then(fulfilled, rejected);',
      '}',
    ];
  },
});

const noticed: MakePart = ({ setup, moments }) => ({
  isNeeded: names(/\bnoticed\(/, /\bnotices\b/),
  lines: (text) => {
    const reaches = moments.some(({ event }) => event.type === 'plant' && event.site === 'notice');
    const asksWhat = /\.said\b/.test(text);
    return [
      ...(/\bnotices\b/.test(text) ? ['const notices = [];'] : []),
      `function noticed(it${asksWhat ? ', says' : ''}) {`,
      ...(/\bnotices\b/.test(text) ? ['  notices.push(it);'] : []),
      ...(asksWhat
        ? ['  it.said = says && `waited ${says.waitedMs} ms, ${says.queued} queued, ${says.active} active`;']
        : []),
      ...(reaches ? ["  reach('notice', it.lane);"] : []),
      ...(/throws: true/.test(text) ? [`  if (it.throws) throw ${LISTENER_ERROR};`] : []),
      ...(setup.listeners === 'return' ? [] : ['  return listened();']),
      '}',
    ];
  },
});

/** A body that is controlled from outside. */
const task: MakePart = ({ moments, contract }) => ({
  isNeeded: names(/\btask\('/),
  lines: (text) => {
    const reaches = moments.some(({ event }) => event.type === 'plant' && event.site === 'body');
    const has = (name: RegExp, line: string): string[] => (name.test(text) ? [line] : []);
    const isControlled = /\.controls\b/.test(text);
    const settles = /\.(complete|fail)\(\)/.test(text);
    const [throws, listens, odd] = [/throws: true/, /listens: true/, /odd: true/].map((one) => one.test(text));
    const how = throws || listens || odd ? ', how = {}' : '';
    const hasError = throws || /\.fail\(\)|\.error\b/.test(text);
    const fields = [
      'name',
      'lane',
      ...(hasError ? ['error: new Error(`${name} failed`)'] : []),
      ...has(/\.outcome\b/, `outcome: '${NO_ANSWER}'`),
      ...(throws && /it\.throws/.test(text) ? ['throws: how.throws'] : []),
    ];
    const lanes = contract.lanes.filter((lane) => moments.some(({ event }) => isIn(event, lane)));
    return [
      `// A body that hangs${settles ? ' until the script settles it' : ''}.`,
      `const started = { ${lanes.map((lane) => `${/^\w+$/.test(lane) ? lane : JSON.stringify(lane)}: []`).join(', ')} };`,
      `function task(name, lane${how}) {`,
      `  const it = { ${fields.join(', ')} };`,
      ...(settles
        ? [
            '  const settled = new Promise((fulfil, fail) => {',
            ...has(/\.complete\(\)/, '    it.complete = () => fulfil(name);'),
            ...has(/\.fail\(\)/, '    it.fail = () => fail(it.error);'),
            '  });',
          ]
        : ['  const settled = new Promise(() => {});']),
      `  it.body = (${isControlled ? 'controls' : ''}) => {`,
      '    started[lane].push(name);',
      ...(isControlled ? ['    it.controls = controls;'] : []),
      ...(listens ? ['    if (how.listens) it.signal = controls.signal;'] : []),
      ...(reaches ? ["    reach('body', lane);"] : []),
      ...(throws ? ['    if (how.throws) throw it.error;'] : []),
      `    return ${odd ? 'how.odd ? sayingItTwice(settled) : settled' : 'settled'};`,
      '  };',
      '  return it;',
      '}',
    ];
  },
});

const odd: MakePart = () => ({
  isNeeded: names(/odd: true/),
  lines: () => [
    '// It has a `then` of its own: when it is over it says so, and then that it came to the other end.',
    'function sayingItTwice(settled) {',
    '  const odd = settled.then((value) => value);',
    '  odd.catch(() => {});',
    '  const then = (fulfil, fail) =>',
    '    void settled.then((value) => (fulfil(value), fail(new Error())), (error) => (fail(error), fulfil(undefined)));',
    '  return Object.assign(odd, { then });',
    '}',
  ],
});

const LISTENED: readonly CallSite[] = ['body', 'caller', 'notice'];

const queue: MakePart = (verdict) => ({
  isNeeded: always,
  lines: (text) => {
    const { setup, moments } = verdict;
    const isQuiet = setup.listeners === 'return';
    const reaches = moments.some(({ event }) => event.type === 'plant' && !LISTENED.includes(event.site));
    const tells = isQuiet ? [] : ['    return listened();'];
    const heard = hearing(verdict, text);
    const quiet = (name: string): string => (isQuiet ? `  ${name}() {},` : `  ${name}: listened,`);
    const listen = isQuiet
      ? ['  listen: reach,']
      : ['  listen(event, lane) {', '    reach(event, lane);', ...tells, '  },'];
    return [
      ...(/\bwarnings\b/.test(text) ? ['const warnings = [];'] : []),
      ...(/\bsaid\b/.test(heard.join('')) ? ['let said;'] : []),
      ...(/\btoldOf\b/.test(text) ? ['let toldOf = 0;'] : []),
      'const queue = adapter.make({',
      '  clock,',
      ...setupLines(setup),
      ...(heard.length === 0 ? [quiet('warn')] : ['  warn(it) {', ...heard, ...tells, '  },']),
      ...(reaches ? listen : [quiet('listen')]),
      '});',
    ];
  },
});

/** What is written down of a warning, where that is asked for in the end. */
function hearing({ divergence }: Verdict, text: string): string[] {
  if (divergence.key === key.reclaimsToldOf) return ['    toldOf += it.reclaimsHeldBack ?? 0;'];
  if (!divergence.key.startsWith('warning ')) return [];
  const about = divergence.key
    .replace(/^warning /, '')
    .replace(/, \d+\.$/, '')
    .replaceAll("'", String.raw`\'`);
  const isIt = `    if (\`\${it.kind} in \${it.lane}\` === '${about}')`;
  if (/\bwarnings\b/.test(text)) return [`${isIt} warnings.push(now);`];
  if (!about.startsWith('blocked ')) return [`${isIt} said = it.kind;`];
  return [
    isIt,
    '      said =',
    '        `active ${it.active} of ${it.concurrency}, queued ${it.queued}, ` +',
    '        `oldest ${it.oldestActiveAgeMs} ms, stalled ${it.stalled}`;',
  ];
}

function setupLines({ concurrency, stallCeilingMs, blockedAfterMs, warnEveryMs, ...rest }: Verdict['setup']): string[] {
  return [
    '  setup: {',
    `    ${fieldsOf({ concurrency, stallCeilingMs, blockedAfterMs, warnEveryMs })},`,
    `    ${fieldsOf(rest)},`,
    '  },',
  ];
}

function fieldsOf(values: object): string {
  return literal(values).slice('{ '.length, -' }'.length);
}

function isIn(event: Verdict['moments'][number]['event'], lane: string): boolean {
  const call = event.type === 'plant' ? event.call : event;
  return call.type === 'enqueue' && call.lane === lane;
}

/** In the order in which they are written: each uses only what is above it, or is called when all is there. */
const PARTS: readonly MakePart[] = [
  strays,
  turn,
  time,
  advance,
  signals,
  listened,
  inside,
  words,
  signalOf,
  told,
  noticed,
  odd,
  task,
  queue,
];
