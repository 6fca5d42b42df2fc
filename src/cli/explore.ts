import { RULE_NAMES } from '../oracle/index.ts';
import { exhaustiveTable } from '../report/exhaustive.ts';
import {
  coreAlphabet,
  exhaustive,
  isolatedExhaustive,
  plainAlphabet,
  type Exhaustive,
  type ExhaustiveOptions,
} from '../search/index.ts';
import { atMostOne, given, patience, PATIENCE_OPTION, SUBJECT_OPTIONS, wholeNumber } from './arguments.ts';
import { recordBroken } from './broken.ts';
import { print } from './colours.ts';
import { BROKEN, HOLDS, UNCLEAR, type ExitStatus } from './exit-status.ts';
import { tellGitHub } from './github.ts';
import { interruption } from './interruption.ts';
import type { Io } from './io.ts';
import { meter } from './progress.ts';
import { findSubject, type Subject } from './subjects.ts';
import { UsageError } from './usage-error.ts';

const OPTIONS = {
  ...SUBJECT_OPTIONS,
  depth: { type: 'string', default: '4' },
  alphabet: { type: 'string', default: 'core' },
  patience: PATIENCE_OPTION,
  out: { type: 'string', default: '.stallproof' },
  json: { type: 'boolean', default: false },
} as const;

const ALPHABETS = { core: coreAlphabet, plain: plainAlphabet } as const;

/** Carries out every short sequence of a small alphabet, and prints what came of it. */
export async function explore(args: readonly string[], io: Io): Promise<ExitStatus> {
  const { values, positionals } = given('explore', args, OPTIONS);
  const name = atMostOne('explore', [...positionals, ...(values.subject === undefined ? [] : [values.subject])]);
  if (name === undefined) {
    throw new UsageError('explore: received no module; pass the path of an adapter, or `reference`.');
  }
  const depth = wholeNumber('--depth', values.depth, 1, 20);
  const patienceMs = patience(values.patience);
  const alphabet = alphabetOf(values.alphabet);
  const subject = await findSubject(name, values.zoo);

  const stop = interruption(io);
  const { note, end } = meter(io, subject.adapter.contract);
  const letters = alphabet(subject.adapter.contract);
  const options = { letters, depth, onProgress: note, signal: stop.signal };
  const found = await search(subject, options, patienceMs).finally(end);
  stop.end();

  const broken = await recordBroken(io, subject, { rules: found.rules, folder: values.out, by: `depth-${depth}` });
  if (values.json) io.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
  else print(io, [exhaustiveTable(found), ...broken.map(({ text }) => text)].join('\n\n'));
  tellGitHub(io, { subject, broken, rules: found.rules, isJson: values.json });
  return stop.isOver() ? UNCLEAR : exitStatus(found);
}

function alphabetOf(name: string): (typeof ALPHABETS)[keyof typeof ALPHABETS] {
  if (Object.hasOwn(ALPHABETS, name)) return ALPHABETS[name as keyof typeof ALPHABETS];
  const known = Object.keys(ALPHABETS).join(' or ');
  throw new UsageError(`--alphabet: received ${JSON.stringify(name)}; pass ${known}.`);
}

async function search(
  { adapter, module }: Subject,
  options: ExhaustiveOptions,
  patienceMs: number,
): Promise<Exhaustive> {
  return module === undefined ? exhaustive(adapter, options) : isolatedExhaustive(module, options, patienceMs);
}

/** What no short sequence asks for is not what was asked here: that nothing broke is an answer. */
function exitStatus({ rules, isWhole }: Exhaustive): ExitStatus {
  if (RULE_NAMES.some((rule) => rules[rule].status === 'broken')) return BROKEN;
  return isWhole ? HOLDS : UNCLEAR;
}
