import { promises, RULES, type Contract, type Observed, type RuleName, type Run } from '../oracle/index.ts';
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
  /** What of the setup matters; without it all of it is shown. */
  readonly contract?: Contract | undefined;
  /** The command that runs it again. */
  readonly replay: string;
}

const WIDTH = 100;

/** A counterexample for the terminal: the promise, the program and what came of it, expected against actual, how to see it again. */
export function counterexampleText({ counterexample, run, steps, certificate, contract, replay }: Shown): string {
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
    ...setupLines(counterexample, contract),
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

/** The rules to which a part of the setup makes a difference. */
const CEILING_RULES: readonly RuleName[] = ['no-permanent-saturation', 'progress', 'never-silent'];
const WARNING_RULES: readonly RuleName[] = ['never-silent', 'warnings-bounded'];

function setupLines({ setup }: Counterexample, contract: Contract | undefined): string[] {
  const { concurrency, stallCeilingMs, blockedAfterMs, warnEveryMs, maxWarningsPerMinute } = setup;
  const concerns = (rules: readonly RuleName[]): boolean =>
    contract === undefined || rules.some((rule) => promises(contract, rule));
  const slots = concurrency === 1 ? '1 slot' : `${concurrency} slots`;
  const warnings = `blocked after ${seconds(blockedAfterMs)}, warnings every ${seconds(warnEveryMs)}`;
  const parts = [
    contract?.lanes.length === 1 ? slots : `${slots} a lane`,
    ...(concerns(CEILING_RULES) ? [`ceiling ${seconds(stallCeilingMs)}`] : []),
    ...(concerns(WARNING_RULES) ? [`${warnings}, at most ${maxWarningsPerMinute} a minute`] : []),
  ];
  return [`  ${parts.join(', ')}`, ''];
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
