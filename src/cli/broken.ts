import { join } from 'node:path';
import { RULE_NAMES, type RuleName } from '../oracle/index.ts';
import { verdictOf, type Rerun, type Verdict } from '../report/verdict.ts';
import type { Counterexample, RuleVerdict } from '../search/index.ts';
import { writeText } from './files.ts';
import { replayCommand } from './invocation.ts';
import type { Io } from './io.ts';
import { RENDERERS } from './renderers.ts';
import { rerun } from './rerun.ts';
import type { Subject } from './subjects.ts';

/** A counterexample that was run again: what all that is printed of it is made from. */
export interface Broken {
  readonly rule: RuleName;
  readonly rerun: Rerun;
  /** Undefined if the queue did as it must this time. */
  readonly verdict: Verdict | undefined;
  /** For the terminal. */
  readonly text: string;
}

type Rules = Readonly<Record<RuleName, RuleVerdict>>;

/** Leaves each counterexample of a search as a file in this folder, and runs it again. */
export async function recordBroken(io: Io, subject: Subject, rules: Rules, folder: string): Promise<Broken[]> {
  const found: Broken[] = [];
  for (const rule of RULE_NAMES) {
    const { counterexample, certificate, stuck } = rules[rule];
    if (counterexample === undefined) continue;
    const file = join(folder, `${fileName(counterexample)}.json`);
    writeText(file, `${JSON.stringify(counterexample, undefined, 2)}\n`, '--out');
    const command = replayCommand(io, file, subject.name);
    const again = await rerun(subject.adapter, counterexample, { certificate, stuck }, command);
    found.push(brokenOf(rule, again));
  }
  return found;
}

export function brokenOf(rule: RuleName, again: Rerun): Broken {
  const verdict = verdictOf(again);
  const text = verdict === undefined ? fickleText(rule, again) : RENDERERS.text.render(verdict, again);
  return { rule, rerun: again, verdict, text };
}

/** What of a name can stand in the name of a file anywhere. */
function fileName({ subject, rule }: Counterexample): string {
  return `${subject.replaceAll(/[^\w.@-]+/g, '-')}.${rule}`;
}

/** The same commands came to something else. */
function fickleText(rule: RuleName, { counterexample: { subject }, replay }: Rerun): string {
  return [
    `! ${rule} · ${subject}`,
    '  It broke in the search, and did not when its commands were carried out once more: what this queue does',
    '  depends on something else than what is done to it. Look for chance, real time, and what queues share.',
    '',
    `  Replay: ${replay}`,
  ].join('\n');
}
