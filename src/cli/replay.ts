import { readFileSync } from 'node:fs';
import { stuckIn, type Counterexample } from '../search/index.ts';
import { invocation } from './invocation.ts';
import { tell } from '../harness/told.ts';
import { findSubject, moduleOf } from './subjects.ts';
import { UsageError } from './usage.ts';

export interface ReplayArguments {
  readonly file: string | undefined;
  readonly subject: string | undefined;
  readonly zoo: string | undefined;
}

/** Runs a recorded counterexample again, on the queue that it was found on or on another. */
export async function replayFile({ file, subject, zoo }: ReplayArguments): Promise<number> {
  if (file === undefined) throw new UsageError('replay: received no file; pass the path of a recorded counterexample.');
  const counterexample = read(file);
  const name = subject ?? counterexample.subject;
  const adapter = await findSubject(name, zoo);
  const module = moduleOf(name);
  const stuck = module === undefined ? undefined : await stuckIn(module, counterexample);
  const command = `${invocation('replay')} ${file} --subject ${name}`;
  const { verdict, text } = await tell(
    adapter,
    { ...counterexample, subject: adapter.name },
    { stuck, replay: command },
  );
  console.log(text);
  return verdict === undefined ? 0 : 1;
}

function read(file: string): Counterexample {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file}: cannot be read; pass the path of a recorded counterexample.`);
  }
  const counterexample = parse(text);
  if (counterexample?.format !== 1 || !Array.isArray(counterexample.commands)) {
    throw new UsageError(`${file}: is no counterexample of format 1; pass a file that \`verify\` has written.`);
  }
  return counterexample;
}

function parse(text: string): Counterexample | undefined {
  try {
    return JSON.parse(text) as Counterexample;
  } catch {
    return undefined;
  }
}
