import { appendFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { RuleName } from '../oracle/index.ts';
import type { RuleVerdict } from '../search/index.ts';
import type { Broken } from './broken.ts';
import type { Io } from './io.ts';
import { summary } from './summary.ts';
import type { Subject } from './subjects.ts';
import { reasonOf } from './usage-error.ts';

/** What a command has found, for whoever reads the run of a workflow. */
export interface Told {
  readonly subject: Subject;
  readonly broken: readonly Broken[];
  /** All rules and what became of them, where that is known. */
  readonly rules?: Readonly<Record<RuleName, RuleVerdict>> | undefined;
  /** Stdout is for something else: annotations go to stderr, where they are read as well. */
  readonly isJson: boolean;
}

/** In GitHub Actions each broken rule becomes an annotation, and all of it the summary of the job; elsewhere nothing happens. */
export function tellGitHub(io: Io, told: Told): void {
  if (io.env['GITHUB_ACTIONS'] !== 'true') return;
  const sink = told.isJson ? io.stderr : io.stdout;
  for (const one of told.broken) sink.write(`${annotation(told.subject, one)}\n`);
  const file = io.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    appendFileSync(file, `${summary(told)}\n`);
  } catch (error) {
    io.stderr.write(`GITHUB_STEP_SUMMARY: ${file} cannot be written: ${reasonOf(error)}; there is no job summary.\n`);
  }
}

/** A line that makes an annotation, on the file of the adapter where there is one in the repository. */
export function annotation({ name, adapter, module }: Subject, { rule, text }: Broken): string {
  const path = module === undefined ? '..' : relative('', resolve(name)).split(sep).join('/');
  const file = path.startsWith('..') ? '' : `file=${property(path)},`;
  return `::error ${file}title=${property(`${adapter.name} breaks ${rule}`)}::${data(text)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
