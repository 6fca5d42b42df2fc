import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import type { Mutant } from './mutant.ts';

const CORE = join('src', 'core');

/** Most strings are what an error says in words; those that decide something stand in a comparison, which is changed. */
const NOT_MADE = ['StringLiteral'];

export interface Mutated {
  /** In the order of files and lines. */
  readonly mutants: readonly Mutant[];
  /** The sources, by file, with a note in each place of a mutant that it was executed. */
  readonly noting: ReadonlyMap<string, string>;
  /** How many changes there would have been of kinds that are not made. */
  readonly notMade: number;
}

/** Every small change to the core that the instrumenter knows. */
export async function mutate(): Promise<Mutated> {
  const files = coreFiles().map((name) => ({ name, content: coreSource(name), mutate: true }));
  const instrumenter = new Instrumenter(SILENT);
  const made = await instrumenter.instrument(files, { plugins: null, excludedMutations: NOT_MADE, ignorers: [] });
  const wanted = made.mutants.filter(({ statusReason }) => statusReason === undefined);
  const named = new Map<string, number>();
  const mutants = wanted.map((one) => {
    const { change, ...mutant } = mutantOf(one);
    const nth = (named.get(`${mutant.file} ${change}`) ?? 0) + 1;
    named.set(`${mutant.file} ${change}`, nth);
    return { ...mutant, change: nth === 1 ? change : `${change} (${nth})` };
  });
  const noting = new Map(made.files.map(({ name, content }) => [name, content]));
  return { mutants, noting, notMade: made.mutants.length - wanted.length };
}

export function coreFiles(): string[] {
  return readdirSync(CORE).filter((file) => file.endsWith('.ts'));
}

export function coreSource(file: string): string {
  return readFileSync(join(CORE, file), 'utf8');
}

type Made = Awaited<ReturnType<Instrumenter['instrument']>>['mutants'][number];

function mutantOf({ id, fileName: file, mutatorName, location, replacement }: Made): Mutant {
  const source = coreSource(file);
  const lines = source.split('\n');
  const offsetOf = ({ line, column }: Made['location']['start']): number =>
    lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, column);
  const [start, end] = [offsetOf(location.start), offsetOf(location.end)];
  const original = source.slice(start, end);
  const isBlock = mutatorName === 'BlockStatement';
  // What takes the place of an expression must not fall apart among its neighbours.
  const isExpression = !isBlock && !/^(?:case|default|for)\b/.test(original);
  const { line } = location.start;
  const what = isBlock ? 'emptied' : `${shortened(original)} → ${shortened(replacement)}`;
  return {
    id: Number(id),
    file,
    line: line + 1,
    change: `${lines[line]!.trim()} ⟶ ${what}`,
    splice: { start, end, text: isExpression ? `(${replacement})` : replacement },
  };
}

const LONGEST = 60;

function shortened(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}

const nothing = (): void => {};
const no = (): boolean => false;
const SILENT = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: no,
  isErrorEnabled: no,
  isFatalEnabled: no,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
