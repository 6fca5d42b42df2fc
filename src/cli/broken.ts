import { join } from 'node:path';
import { RULE_NAMES, type RuleName } from '../oracle/index.ts';
import { tell, type Told } from '../harness/told.ts';
import type { Verdict } from '../report/index.ts';
import type { Counterexample, RuleVerdict } from '../search/index.ts';
import { writeText } from './files.ts';
import { replayCommand } from './invocation.ts';
import type { Io } from './io.ts';
import type { Subject } from './subjects.ts';

/** A counterexample that was run again: what all that is printed of it is made from. */
export interface Broken {
  readonly rule: RuleName;
  /** Undefined if the queue did as it must this time. */
  readonly verdict: Verdict | undefined;
  /** For the terminal. */
  readonly text: string;
}

type Rules = Readonly<Record<RuleName, RuleVerdict>>;

/** What a search found, and where that is left. */
export interface Found {
  readonly rules: Rules;
  readonly folder: string;
  /** By what it was found, for the name of the file: `seed-1`, `depth-4`. */
  readonly by: string;
}

/** Leaves each counterexample of a search as a file, and runs it again. */
export async function recordBroken(io: Io, subject: Subject, { rules, folder, by }: Found): Promise<Broken[]> {
  const found: Broken[] = [];
  for (const rule of RULE_NAMES) {
    const { counterexample, certificate, stuck } = rules[rule];
    if (counterexample === undefined) continue;
    const file = join(folder, `${fileName(counterexample)}.${by}.json`);
    writeText(file, `${JSON.stringify(counterexample, undefined, 2)}\n`, '--out');
    const replay = replayCommand(io, file, subject.name);
    const told = await tell(subject.adapter, counterexample, { certificate, stuck, replay });
    found.push(brokenOf(counterexample, told, replay));
  }
  return found;
}

function brokenOf(counterexample: Counterexample, { verdict, text }: Told, replay: string): Broken {
  return {
    rule: counterexample.rule,
    verdict,
    text: verdict === undefined ? fickleText(counterexample, replay) : text,
  };
}

/** Which queue, and which promise, in what can stand in the name of a file anywhere. */
export function fileName({ subject, rule }: Pick<Counterexample, 'subject' | 'rule'>): string {
  return `${subject.replaceAll(/[^\p{L}\p{N}_.@-]+/gu, '-')}.${rule}`;
}

/** The same commands came to something else. */
function fickleText({ rule, subject }: Counterexample, replay: string): string {
  return [
    `! ${rule} · ${subject}`,
    '  It broke in the search, and did not when its commands were carried out once more: what this queue does',
    '  depends on something else than what is done to it. Look for chance, real time, and what queues share.',
    '',
    `  Replay: ${replay}`,
  ].join('\n');
}
