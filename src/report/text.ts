import { usualSetup, type RuleName, type Setup } from '../oracle/index.ts';
import { counted } from './campaign.ts';
import { duration } from './duration.ts';
import { reading } from './phrases.ts';
import { pictureLines } from './picture.ts';
import type { Moment, Verdict } from './verdict.ts';

const WIDTH = 100;

/** A verdict for the terminal: the promise, what was done and what came of it, a picture of time, why, and how to see it again. */
export function textOf(verdict: Verdict): string {
  const { rule, subject, promise, commands, moments, divergence, certificate, replay } = verdict;
  return [
    `${`✗ ${rule}`.padEnd(34)} ${subject} · ${counted(commands.length)}`,
    ...folded('  ', promise),
    '',
    ...folded('  ', setupOf(verdict)),
    '',
    ...programLines(moments),
    '',
    ...pictureLines(verdict),
    '',
    ...folded(
      '  expected  ',
      `${reading(divergence.key, divergence.expected)}    (at ${duration(moments.at(-1)?.at ?? 0)})`,
    ),
    ...folded('  actual    ', reading(divergence.key, divergence.actual)),
    '',
    ...verdict.why.slice(1).flatMap((sentence, place) => folded(place === 0 ? '  Why: ' : '       ', sentence)),
    '',
    ...(certificate === undefined || certificate.length === 0 ? [] : [`  ${shorterThan(certificate)}`]),
    `  Replay: ${replay}`,
  ].join('\n');
}

/** What is said where the queue does as it must, though a counterexample says otherwise. */
export function heldText({ rule, subject, commands }: Pick<Verdict, 'rule' | 'subject' | 'commands'>): string {
  return [`✓ ${rule}   ${subject} · ${counted(commands.length)}`, '  The queue does as it must.'].join('\n');
}

/** How far it is known that nothing shorter breaks the rule. */
export function shorterThan({ letters, length }: NonNullable<Verdict['certificate']>): string {
  return `Shorter: none. Every sequence of up to ${counted(length)} was tried, of ${letters} different ones, with the usual settings.`;
}

/** The rules to which a part of the setup makes a difference. */
const CEILING_RULES: readonly RuleName[] = [
  'no-permanent-saturation',
  'progress',
  'never-silent',
  'sibling-safe',
  'clock',
];
const WARNING_RULES: readonly RuleName[] = ['never-silent', 'warnings-bounded'];

/** As much of the setup as the rule is about, or as is not usual. */
export function setupOf({ rule, setup, contract }: Pick<Verdict, 'rule' | 'setup' | 'contract'>): string {
  const { concurrency, stallCeilingMs, blockedAfterMs, warnEveryMs, maxWarningsPerMinute, listeners } = setup;
  const usual = usualSetup(contract);
  const isUnusual = (...names: readonly (keyof Setup)[]): boolean => names.some((name) => setup[name] !== usual[name]);
  const slots = concurrency === 1 ? '1 slot' : `${concurrency} slots`;
  const warnings = `blocked after ${duration(blockedAfterMs)}, warnings every ${duration(warnEveryMs)}`;
  return [
    contract.lanes.length === 1 ? slots : `${slots} a lane`,
    ...(CEILING_RULES.includes(rule) || isUnusual('stallCeilingMs') ? [`ceiling ${duration(stallCeilingMs)}`] : []),
    ...(WARNING_RULES.includes(rule) || isUnusual('blockedAfterMs', 'warnEveryMs', 'maxWarningsPerMinute')
      ? [`${warnings}, at most ${maxWarningsPerMinute} a minute`]
      : []),
    ...(listeners === 'return' ? [] : [`listeners ${listeners}`]),
  ].join(', ');
}

/** What one command came to: its moments, and what was seen in them. */
export interface Line {
  /** Its number among the commands that meant something; undefined at the end. */
  readonly number: number | undefined;
  readonly what: string;
  readonly at: number;
  readonly seen: readonly string[];
}

/** A line a command; what happens at the end is one line. */
export function linesOf(moments: readonly Moment[]): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < moments.length;) {
    const { number } = moments[from]!;
    let to = from + 1;
    while (to < moments.length && moments[to]!.number === number) to += 1;
    const group = number === undefined ? moments.slice(to - 1, to) : moments.slice(from, to);
    const place = number === undefined ? undefined : lines.length + 1;
    lines.push({ number: place, what: group[0]!.what, at: group.at(-1)!.at, seen: onceEach(group) });
    from = to;
  }
  return lines;
}

/** Each thing once, with how often where it came more than once. */
function onceEach(moments: readonly Moment[]): string[] {
  const times = new Map<string, number>();
  for (const words of moments.flatMap(({ seen }) => seen)) times.set(words, (times.get(words) ?? 0) + 1);
  return [...times].map(([words, count]) => (count === 1 ? words : `${words} ×${count}`));
}

function programLines(moments: readonly Moment[]): string[] {
  return linesOf(moments).flatMap(({ number, what, at, seen }) => {
    const words = number === undefined ? `at the end, ${what}` : what;
    const start = `  ${String(number ?? '…').padStart(2)}  ${words.padEnd(44)} ${duration(at).padStart(8)}`;
    const came = seen.join('; ');
    if (start.length > WIDTH)
      return [
        ...folded(`  ${String(number ?? '…').padStart(2)}  `, `${words}  (${duration(at)})`),
        ...(came === '' ? [] : folded('          ', came)),
      ];
    if (came === '') return [start];
    return start.length + came.length + 3 <= WIDTH ? [`${start}   ${came}`] : [start, ...folded('          ', came)];
  });
}

/** Broken into lines of the usual width; those after the first are set in as far. */
function folded(start: string, words: string): string[] {
  const lines: string[] = [];
  let line = start;
  for (const word of words.split(' ')) {
    const isFirst = line.trim() === '' || line === start;
    if (!isFirst && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = ' '.repeat(start.length) + word;
    } else line = isFirst ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line];
}
