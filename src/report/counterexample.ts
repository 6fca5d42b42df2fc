import { RULES, type Observed, type Run } from '../oracle/index.ts';
import type { Certificate, Counterexample } from '../search/index.ts';
import { counted } from './campaign.ts';
import { seconds } from './duration.ts';
import { phrase, reading, seen } from './phrases.ts';

/** A counterexample and what was seen when it was run again. */
export interface Shown {
  readonly counterexample: Counterexample;
  readonly run: Run;
  readonly steps: readonly Observed[];
  /** How far it is known that nothing shorter breaks the rule, where that was looked for. */
  readonly certificate?: Certificate | undefined;
  /** The command that runs it again. */
  readonly replay: string;
}

const WIDTH = 100;

/** A counterexample for the terminal: the promise, the program and what came of it, expected against actual, how to see it again. */
export function counterexampleText({ counterexample, run, steps, certificate, replay }: Shown): string {
  const { rule, subject, commands } = counterexample;
  const { divergence } = run;
  if (divergence === undefined) {
    return [`✓ ${rule}   ${subject} · ${counted(commands.length)}`, '  The queue does as it must.'].join('\n');
  }
  const title = `✗ ${divergence.rule}`;
  const at = steps.at(-1)?.at ?? 0;
  return [
    `${title.padEnd(34)} ${subject} · ${counted(commands.length)}`,
    `  ${RULES[divergence.rule]}`,
    '',
    ...setupLines(counterexample),
    ...programLines(steps),
    '',
    `  expected  ${reading(divergence.key, divergence.expected)}    (at ${seconds(at)})`,
    `  actual    ${reading(divergence.key, divergence.actual)}`,
    '',
    ...certificateLines(certificate),
    `  Replay: ${replay}`,
  ].join('\n');
}

function certificateLines(certificate: Certificate | undefined): string[] {
  if (certificate === undefined || certificate.length === 0) return [];
  const { letters, length } = certificate;
  return [
    `  Shorter: no sequence of up to ${counted(length)} breaks it, over ${letters.length} letters in the usual setup.`,
  ];
}

function setupLines({ setup }: Counterexample): string[] {
  const { concurrency, stallCeilingMs, blockedAfterMs, warnEveryMs, maxWarningsPerMinute } = setup;
  const slots = concurrency === 1 ? '1 slot a lane' : `${concurrency} slots a lane`;
  const warnings = `blocked after ${seconds(blockedAfterMs)}, warnings every ${seconds(warnEveryMs)}`;
  return [`  ${slots}, ceiling ${seconds(stallCeilingMs)}, ${warnings}, at most ${maxWarningsPerMinute} a minute`, ''];
}

/** A line a command, with what was seen to come of it; what happens in the epilogue is one line at the end. */
function programLines(steps: readonly Observed[]): string[] {
  const lines: string[] = [];
  let number = 0;
  for (let from = 0; from < steps.length;) {
    const { command } = steps[from]!;
    let to = from + 1;
    const isSame = (step: Observed): boolean => step.command === command && step.number === steps[from]!.number;
    while (to < steps.length && isSame(steps[to]!)) to += 1;
    const group = steps.slice(from, to);
    const isEpilogue = command === undefined;
    const label = isEpilogue ? '…' : String((number += 1));
    const shown = isEpilogue ? group.slice(-1) : group;
    const what = isEpilogue ? `at the end, ${phrase(undefined, shown[0]!.event)}` : phrase(command, group[0]!.event);
    lines.push(line(label, what, seconds(group.at(-1)!.at), consequences(shown)));
    from = to;
  }
  return lines;
}

function line(label: string, what: string, at: string, came: string): string {
  const start = `  ${label.padStart(2)}  ${what.padEnd(44)} ${at.padStart(8)}`;
  if (came === '') return start;
  return start.length + came.length + 3 <= WIDTH ? `${start}   ${came}` : `${start}\n          ${came}`;
}

/** What was seen, each thing once, with how often where it came more than once. */
function consequences(steps: readonly Observed[]): string {
  const times = new Map<string, number>();
  for (const { readings } of steps) {
    for (const [key, value] of readings) {
      const words = seen(key, value);
      if (words !== undefined) times.set(words, (times.get(words) ?? 0) + 1);
    }
  }
  return [...times].map(([words, count]) => (count === 1 ? words : `${words} ×${count}`)).join('; ');
}
