import { promises } from '../oracle/index.ts';
import { checkLanes, stuckIn, type Counterexample } from '../search/index.ts';
import { tell } from '../harness/told.ts';
import type { Broken } from './broken.ts';
import { replayCommand } from './invocation.ts';
import type { Io } from './io.ts';
import { readRecorded } from './recorded.ts';
import { findSubject, type Subject } from './subjects.ts';
import { UsageError } from './usage-error.ts';

/** A recorded counterexample, run again. */
export interface Again {
  readonly subject: Subject;
  readonly counterexample: Counterexample;
  /** Undefined if the queue does as it must. */
  readonly broken: (Broken & { readonly verdict: NonNullable<Broken['verdict']> }) | undefined;
}

export interface AgainArguments {
  readonly file: string;
  readonly subject: string | undefined;
  readonly zoo: string | undefined;
  /** How long a queue that nobody knows may stay in one command; default 3 000. */
  readonly patienceMs?: number | undefined;
}

/** Runs a recorded counterexample again, on the queue that it was found on or on another. */
export async function again(io: Io, { file, subject: name, zoo, patienceMs }: AgainArguments): Promise<Again> {
  const recorded = readRecorded(file);
  const subject = await subjectOf(recorded, file, name, zoo);
  const { adapter, module } = subject;
  checkFits(subject, recorded, file);
  const counterexample = { ...recorded, subject: adapter.name };
  const stuck = module === undefined ? undefined : await stuckIn(module, counterexample, patienceMs);
  const { verdict, text } = await tell(adapter, counterexample, {
    stuck,
    replay: replayCommand(io, file, subject.name),
  });
  return { subject, counterexample, broken: verdict && { rule: verdict.rule, verdict, text } };
}

/** A counterexample knows its queue by name; where that is is for its reader to say. */
async function subjectOf(
  { subject }: Counterexample,
  file: string,
  name: string | undefined,
  zoo: string | undefined,
): Promise<Subject> {
  if (name !== undefined) return findSubject(name, zoo);
  try {
    return await findSubject(subject, zoo);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const found = `${file}: was found on the queue ${JSON.stringify(subject)}`;
    throw new UsageError(`${found}; say where that is: --subject ./path/to/adapter.js.`);
  }
}

function checkFits({ adapter, name }: Subject, { commands, rule }: Counterexample, file: string): void {
  try {
    checkLanes(adapter.contract, commands);
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
  if (promises(adapter.contract, rule)) return;
  throw new UsageError(
    `${file}: breaks ${rule}, which ${name} does not promise; run it on the queue that it was found on, by --subject.`,
  );
}
