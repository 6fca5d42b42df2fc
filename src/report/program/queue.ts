import { CALL_SITES, key } from '../../oracle/index.ts';
import type { Verdict } from '../verdict.ts';
import { isPlanted } from './callers.ts';
import { literal } from './literal.ts';
import type { MakePart } from './part.ts';

/** The line from which on the subject is there. */
export const MAKES_QUEUE = 'const queue = adapter.make({';

/** What the others are called by themselves; these are listeners of the queue's. */
const LISTENED = CALL_SITES.filter((site) => site !== 'body' && site !== 'caller' && site !== 'notice');

/** The queue, in its surroundings. */
export const queue: MakePart = (verdict) => ({
  isNeeded: () => true,
  lines: (text) => {
    const isQuiet = verdict.setup.listeners === 'return';
    const told = isQuiet ? [] : ['    return listened();'];
    const heard = hearing(verdict, text);
    const plain = (name: string): string => (isQuiet ? `${name}() {}` : `${name}: listened`);
    const warn = heard.length === 0 ? [`  ${plain('warn')},`] : hearer([...heard, ...told]);
    const answers = ['  listen(event, lane) {', '    reach(event, lane);', ...told, '  },'];
    const isReached = isPlanted(verdict, ...LISTENED);
    const listen = !isReached ? [`  ${plain('listen')},`] : isQuiet ? ['  listen: reach,'] : answers;
    const isShort = warn.length === 1 && listen.length === 1;
    return [
      ...noted(text),
      MAKES_QUEUE,
      ...setupLines(verdict.setup),
      ...(isShort ? [`  clock,${warn[0]!.slice(1)}${listen[0]!.slice(1)}`] : ['  clock,', ...warn, ...listen]),
      '});',
    ];
  },
});

function hearer(does: readonly string[]): string[] {
  return does.length === 1 ? [`  warn(warning) { ${does[0]!.trim()} },`] : ['  warn(warning) {', ...does, '  },'];
}

/** Where it is written down what warnings said. */
function noted(text: string): string[] {
  if (/\bwarnings\b/.test(text)) return ['const warnings = [];'];
  if (/\btoldOf\b/.test(text)) return ['let toldOf = 0;'];
  return /\[warned, /.test(text) || /expect\(warned, /.test(text) ? ["let warned = 'nothing';"] : [];
}

/** What is written down of a warning, where that is asked for in the end. */
function hearing({ divergence }: Verdict, text: string): string[] {
  if (divergence.key === key.reclaimsToldOf) return ['    toldOf += warning.reclaimsHeldBack ?? 0;'];
  if (!divergence.key.startsWith('warning ')) return [];
  const about = divergence.key.replace(/^warning /, '').replace(/, \d+\.$/, '');
  const isIt = `    if (\`\${warning.kind} in \${warning.lane}\` === ${literal(about)})`;
  if (/\bwarnings\b/.test(text)) return [`${isIt} warnings.push(now);`];
  if (!about.startsWith('blocked ')) return [`${isIt} warned = warning.kind;`];
  return [
    `${isIt} {`,
    '      warned = `active ${warning.active} of ${warning.concurrency}, queued ${warning.queued}`;',
    '      warned += `, oldest ${warning.oldestActiveAgeMs} ms, stalled ${warning.stalled}`;',
    '    }',
  ];
}

function setupLines({ concurrency, stallCeilingMs, blockedAfterMs, warnEveryMs, ...rest }: Verdict['setup']): string[] {
  const first = { concurrency, stallCeilingMs, blockedAfterMs, warnEveryMs };
  return [`  setup: { ${fields(first)},`, `    ${fields(rest)} },`];
}

function fields(values: object): string {
  return literal(values).slice('{ '.length, -' }'.length);
}
