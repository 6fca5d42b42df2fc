import type { CallSite, Event } from '../../oracle/index.ts';
import type { Verdict } from '../verdict.ts';
import { hasStrays } from './clock.ts';
import { literal } from './literal.ts';
import { uses, type MakePart } from './part.ts';
import { NO_ANSWER } from './symptom.ts';

/** Somebody at this place is to call the queue from inside. */
export function isPlanted({ moments }: Verdict, ...sites: readonly CallSite[]): boolean {
  return moments.some(({ event }) => event.type === 'plant' && sites.includes(event.site));
}

export const strays: MakePart = (verdict, isTest) => ({
  isNeeded: () => hasStrays(verdict),
  lines: (text) => [
    'const strays = [];',
    "for (const kind of ['unhandledRejection', 'uncaughtException']) {",
    ...(isTest
      ? [
          '  const others = process.rawListeners(kind);',
          '  process.removeAllListeners(kind);',
          '  onTestFinished(() => void others.reduce((all, one) => all.on(kind, one), process.removeAllListeners(kind)));',
        ]
      : []),
    isTest
      ? '  process.on(kind, (error) => strays.push(`${error}`));'
      : '  process.on(kind, (error) => (console.error(`${kind}: ${error}`), strays.push(`${error}`)));',
    '}',
    ...(text.includes('attempt(')
      ? [
          'function attempt(call) {',
          '  try {',
          '    return call();',
          '  } catch (error) {',
          '    strays.push(`${error}`);',
          '  }',
          '}',
        ]
      : []),
  ],
});

const LISTENER_ERROR = "new Error('a listener that throws')";

export const listened: MakePart = ({ setup: { listeners } }) => ({
  isNeeded: uses('listened'),
  lines: () =>
    listeners === 'reject'
      ? [`const listened = () => Promise.reject(${LISTENER_ERROR});`]
      : [`const listened = () => { throw ${LISTENER_ERROR}; };`],
});

export const inside: MakePart = (verdict) => ({
  isNeeded: uses('inside['),
  lines: (text) => {
    const next = 'inside[`${site} in ${lane}`]?.shift()';
    const made = hasStrays(verdict) ? `attempt(${next} ?? (() => {}))` : `${next}?.()`;
    return [
      '// Calls of the queue that are made from inside something that it calls: each is made once.',
      'const inside = {};',
      `const reach = (site, lane) => void ${made};`,
      ...(text.includes('returned.push') ? ['const returned = [];'] : []),
    ];
  },
});

export const aborted: MakePart = () => ({
  isNeeded: uses('ABORTED'),
  lines: () => ["const ABORTED = new Error('aborted');"],
});

/** What a rejection says: in the words of the rules where it is to say that a slot was taken back, else shortly. */
export const words: MakePart = ({ divergence: { expected } }) => ({
  isNeeded: uses('wordsFor('),
  lines: (text) => {
    if (String(expected).startsWith('taken back')) {
      const isPlain = !String(expected).includes(' from ');
      const ages = isPlain ? '' : ' from ${lane}, held ${heldMs} ms, silent ${silentMs} ms';
      return [
        'function wordsFor(it, error) {',
        `  const { kind, reason, hold${isPlain ? '' : ', lane, heldMs, silentMs'} } = queue.ending?.(error) ?? {};`,
        "  if (kind !== 'taken-back') return `${error}`;",
        "  if (hold !== it.controls?.hold) return 'taken back with the wrong number';",
        `  return \`taken back (\${reason})${ages}\`;`,
        '}',
      ];
    }
    const own = text.includes('ABORTED') ? '[it.error, ABORTED].includes(error)' : 'error === it.error';
    return [
      'const wordsFor = (it, error) =>',
      `  ${own} ? error.message : (queue.ending?.(error)?.kind ?? \`another error: \${error}\`);`,
    ];
  },
});

export const noticed: MakePart = (verdict) => ({
  isNeeded: uses('noticed(', 'notices'),
  lines: (text) => {
    const { setup, divergence } = verdict;
    const asksWho = text.includes('notices');
    const asksWhat = divergence.key.startsWith('notice says');
    return [
      ...(asksWho ? ['const notices = [];'] : []),
      `function noticed(it${asksWhat ? ', says' : ''}) {`,
      ...(asksWho ? ['  notices.push(it);'] : []),
      ...(asksWhat
        ? ['  it.said = says && `waited ${says.waitedMs} ms, ${says.queued} queued, ${says.active} active`;']
        : []),
      ...(isPlanted(verdict, 'notice') ? ["  reach('notice', it.lane);"] : []),
      ...(text.includes('throws: true') ? [`  if (it.throws) throw ${LISTENER_ERROR};`] : []),
      ...(setup.listeners === 'return' ? [] : ['  return listened();']),
      '}',
    ];
  },
});

/** A body that is controlled from outside, and its caller. */
export const task: MakePart = (verdict) => ({
  isNeeded: uses("task('"),
  lines: (text) => {
    const isSettled = text.includes('.complete)') || text.includes('.fail)');
    const how = ['throws', 'listens', 'odd'].filter((one) => text.includes(`${one}: true`));
    const isControlled = text.includes('.controls');
    const settled = isSettled ? 'settled' : 'new Promise(() => {})';
    const promise = how.includes('odd') && isSettled ? `odd ? sayingItTwice(${settled}) : ${settled}` : settled;
    const lanes = verdict.contract.lanes.filter((lane) => verdict.moments.some(({ event }) => isIn(event, lane)));
    const isListed = text.includes('started.') || text.includes('started[');
    const body = [
      ...(isListed ? ['started[lane].push(name);'] : []),
      ...(isControlled ? ['it.controls = controls;'] : []),
      ...(how.includes('listens')
        ? ['if (listens) it.signal = controls.signal; // As whoever listens to it does.']
        : []),
      ...(isPlanted(verdict, 'body') ? ["reach('body', lane);"] : []),
      ...(how.includes('throws') ? ['if (throws) throw it.error;'] : []),
    ];
    const given = isControlled ? 'controls' : '';
    const list = literal(Object.fromEntries(lanes.map((lane) => [lane, []])));
    return [
      `// A body that hangs${isSettled ? ' until it is told to settle' : ''}.`,
      ...(isListed ? [`const started = ${list};`] : []),
      `function task(name, lane${how.length === 0 ? '' : `, { ${how.join(', ')} } = {}`}) {`,
      `  const it = { ${fieldsOf(text, how).join(', ')} };`,
      ...settledLines(text),
      ...bodyLines(given, body, promise),
      ...callerLines(verdict, text),
      '  return it;',
      '}',
    ];
  },
});

/** On one line where it does no more than one thing before it hangs: lines are few. */
function bodyLines(given: string, body: readonly string[], promise: string): string[] {
  if (body.length === 0) return [`  it.body = () => ${promise};`];
  if (body.length === 1) return [`  it.body = (${given}) => { ${body[0]!} return ${promise}; };`];
  return [`  it.body = (${given}) => {`, ...body.map((line) => `    ${line}`), `    return ${promise};`, '  };'];
}

function fieldsOf(text: string, how: readonly string[]): string[] {
  const hasError = how.includes('throws') || text.includes('.fail)') || text.includes('it.error');
  return [
    'name',
    ...(text.includes('it.lane') || text.includes('one.lane') ? ['lane'] : []),
    ...(hasError
      ? [`error: new Error(\`\${name} ${how.includes('throws') ? "${throws ? 'threw' : 'failed'}" : 'failed'}\`)`]
      : []),
    ...(text.includes('.outcome') ? [`outcome: ${literal(NO_ANSWER)}`] : []),
    ...(text.includes('it.throws') ? ['throws'] : []),
  ];
}

function settledLines(text: string): string[] {
  const [completes, fails] = [text.includes('.complete)'), text.includes('.fail)')];
  if (!completes && !fails) return [];
  if (!fails) return ['  const settled = new Promise((fulfil) => (it.complete = () => fulfil(name)));'];
  if (!completes) return ['  const settled = new Promise((_, fail) => (it.fail = () => fail(it.error)));'];
  return [
    '  const settled = new Promise((fulfil, fail) => {',
    '    Object.assign(it, { complete: () => fulfil(name), fail: () => fail(it.error) });',
    '  });',
  ];
}

function callerLines(verdict: Verdict, text: string): string[] {
  if (!text.includes('.fulfilled')) return [];
  const reached = isPlanted(verdict, 'caller') ? "reach('caller', lane)" : undefined;
  const isAsked = text.includes('.outcome');
  const does = (how: string): string => {
    const noted = isAsked ? `it.outcome = ${how}` : undefined;
    return [noted, reached].filter((one) => one !== undefined).join(', ');
  };
  return [
    `  it.fulfilled = (${isAsked ? 'value' : ''}) => (${does("value === name ? 'fulfilled' : 'another value'")});`,
    `  it.rejected = (${isAsked ? 'error' : ''}) => (${does('wordsFor(it, error)')});`,
  ];
}

export const odd: MakePart = () => ({
  isNeeded: uses('odd: true'),
  lines: () => [
    '// A promise with a `then` of its own: when it is over it says so, and then that it came to the other end.',
    'function sayingItTwice(settled) {',
    '  const then = (fulfil, fail) =>',
    '    void settled.then((value) => (fulfil(value), fail(value)), (error) => (fail(error), fulfil(error)));',
    '  const odd = settled.then((value) => value);',
    '  odd.catch(() => {});',
    '  return Object.assign(odd, { then });',
    '}',
  ],
});

function isIn(event: Event, lane: string): boolean {
  const call = event.type === 'plant' ? event.call : event;
  return call.type === 'enqueue' && call.lane === lane;
}
