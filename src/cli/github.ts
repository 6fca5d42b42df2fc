import { appendFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { RULES, RULE_NAMES, type RuleName } from '../oracle/index.ts';
import type { RuleVerdict } from '../search/index.ts';
import type { Broken } from './broken.ts';
import type { Io } from './io.ts';
import { markdownOf } from '../report/index.ts';
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

/** A summary may have a mebibyte; beyond that GitHub shows nothing of it. */
const MOST_BYTES = 1_000_000;

export function summary({ subject, broken, rules }: Told): string {
  const name = code(subject.adapter.name);
  const title = broken.length === 0 ? `✓ ${name}: no promise is broken` : `✗ ${name}: ${broken.map(named).join(', ')}`;
  const parts = [`## ${title}`, '', ...(rules === undefined ? [] : [...table(rules), ''])];
  let bytes = 0;
  for (const one of broken) {
    const part = `${markdown(one)}\n`;
    bytes += Buffer.byteLength(part);
    if (bytes > MOST_BYTES) {
      parts.push('There is more: the files that `stallproof` has left have all of it.');
      break;
    }
    parts.push(part);
  }
  return parts.join('\n');
}

function named({ rule }: Broken): string {
  return code(rule);
}

const MARKS: Readonly<Record<RuleVerdict['status'], string>> = {
  broken: '✗ broken',
  holds: '✓ holds',
  tested: '✓ by tests of its own',
  'not-reached': '! not reached',
  'not-promised': '· not promised',
};

function table(rules: Readonly<Record<RuleName, RuleVerdict>>): string[] {
  const promised = RULE_NAMES.filter((rule) => rules[rule].status !== 'not-promised');
  const rows = promised.map((rule) => {
    const { status, exercised } = rules[rule];
    return `| ${code(rule)} | ${MARKS[status]} | ${exercised === 0 ? '' : exercised} | ${RULES[rule]} |`;
  });
  return ['| rule | | demanded | promise |', '| --- | --- | ---: | --- |', ...rows];
}

/** As Markdown where that can be rendered, else as the text that it is. */
function markdown({ verdict, text }: Broken): string {
  if (verdict !== undefined) return markdownOf(verdict);
  const fence = '`'.repeat(Math.max(3, longest(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

/** On one line, and nothing in it is markup. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', '¦');
  const ticks = '`'.repeat(longest(line) + 1);
  return line.includes('`') ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`;
}

/** The most backticks that stand in a row. */
function longest(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
}
