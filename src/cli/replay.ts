import { again } from './again.ts';
import { atMostOne, given, patience, PATIENCE_OPTION, SUBJECT_OPTIONS } from './arguments.ts';
import { print } from './colours.ts';
import { BROKEN, HOLDS, type ExitStatus } from './exit-status.ts';
import { tellGitHub } from './github.ts';
import { heldText } from '../report/index.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

const OPTIONS = {
  ...SUBJECT_OPTIONS,
  patience: PATIENCE_OPTION,
  json: { type: 'boolean', default: false },
} as const;

/** Runs a recorded counterexample again and shows it; as JSON: its verdict, or null if the queue does as it must. */
export async function replay(args: readonly string[], io: Io): Promise<ExitStatus> {
  const { values, positionals } = given('replay', args, OPTIONS);
  const file = atMostOne('replay', positionals);
  if (file === undefined) throw new UsageError('replay: received no file; pass the path of a recorded counterexample.');
  const { subject, counterexample, broken } = await again(io, {
    ...values,
    subject: values.subject,
    zoo: values.zoo,
    patienceMs: patience(values.patience),
    file,
  });
  if (values.json) io.stdout.write(`${JSON.stringify(broken?.verdict ?? null, undefined, 2)}\n`);
  else print(io, broken?.text ?? heldText(counterexample));
  tellGitHub(io, { subject, broken: broken === undefined ? [] : [broken], isJson: values.json });
  return broken === undefined ? HOLDS : BROKEN;
}
