import { readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { again } from './again.ts';
import { atMostOne, given, patience, PATIENCE_OPTION, SUBJECT_OPTIONS } from './arguments.ts';
import { print } from './colours.ts';
import { BROKEN, HOLDS, type ExitStatus } from './exit-status.ts';
import { writeText } from './files.ts';
import { heldText, type AdapterFile } from '../report/index.ts';
import type { Io } from './io.ts';
import { RENDERERS, type Format, type Renderer } from './renderers.ts';
import type { Subject } from './subjects.ts';
import { UsageError } from './usage-error.ts';

/** The formats that are written into a file that an option names. */
const FILES = Object.entries(RENDERERS).filter(([format]) => format !== 'text') as [
  Exclude<Format, 'text'>,
  Renderer,
][];
const FILE_OPTIONS = Object.fromEntries(FILES.map(([format]) => [format, { type: 'string' as const }]));

const OPTIONS = {
  ...SUBJECT_OPTIONS,
  ...FILE_OPTIONS,
  patience: PATIENCE_OPTION,
  text: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Runs a recorded counterexample again and writes down what it shows, in as many ways as are asked for. */
export async function report(args: readonly string[], io: Io): Promise<ExitStatus> {
  const { values, positionals } = given('report', args, OPTIONS);
  const { subject, zoo, text, json } = values;
  const file = atMostOne('report', positionals);
  if (file === undefined) throw new UsageError('report: received no file; pass the path of a recorded counterexample.');
  const patienceMs = patience(values.patience);
  const { subject: queue, counterexample, broken } = await again(io, { file, subject, zoo, patienceMs });
  if (broken === undefined) {
    if (json) io.stdout.write('null\n');
    else print(io, `${heldText(counterexample)}\n  Nothing is written: there is nothing to report.`);
    return HOLDS;
  }
  const asked = FILES.flatMap(([format, { render }]) => {
    const path = (values as Readonly<Record<string, unknown>>)[format];
    return typeof path === 'string' ? [{ format, path, render }] : [];
  });
  for (const { format, path, render } of asked) {
    writeText(path, ended(render(broken.verdict, adapterFile(queue, path))), `--${format}`);
    io.stderr.write(`${path} is written.\n`);
  }
  if (json) io.stdout.write(`${JSON.stringify(broken.verdict, undefined, 2)}\n`);
  else if (text || asked.length === 0) print(io, broken.text);
  return BROKEN;
}

/** The adapter, as a file at this path imports it. */
function adapterFile({ module }: Subject, path: string): AdapterFile | undefined {
  if (module === undefined) return undefined;
  const way = relative(dirname(resolve(path)), fileURLToPath(module))
    .split(sep)
    .join('/');
  const source = readFileSync(fileURLToPath(module), 'utf8');
  return { path: way.startsWith('.') ? way : `./${way}`, source };
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
