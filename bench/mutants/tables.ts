import { RULE_NAMES } from '../../src/oracle/index.ts';
import { grouped } from '../../src/report/duration.ts';
import { atLeast, type Bar, type Table } from '../peers/section.ts';
import type { Explained } from './reasons.ts';
import { isKilled, isSurvivor, type Result } from './result.ts';
import type { Kind } from './survivors.ts';

const LEAST_KILLED_PERCENT = 95;
const KINDS: readonly Kind[] = ['unchecked', 'elsewhere', 'unpromised', 'same'];

/** Of all that were tried, whether or not they break a promise. */
export function barOf(results: readonly Result[]): Bar {
  const killed = results.filter(isKilled).length;
  const all = killed + results.filter(isSurvivor).length;
  return atLeast('killed, percent', LEAST_KILLED_PERCENT, (100 * killed) / all, ` (${killed} of ${all})`);
}

export function fileTable(results: readonly Result[], explained: readonly Explained[]): Table {
  const files = [...new Set(results.map(({ mutant }) => mutant.file))];
  const row = (name: string, isIn: (result: Result) => boolean): string[] => {
    const mine = results.filter(isIn);
    const of = (kind: Kind): number => explained.filter((one) => one.kind === kind && isIn(one.result)).length;
    const beyond = mine.filter(({ outcome }) => outcome.end === 'beyond').length;
    const killed = mine.filter(isKilled).length;
    const counts = [mine.length, beyond, killed, mine.filter(isSurvivor).length];
    return [name, ...[...counts, ...KINDS.map(of)].map(String)];
  };
  return {
    title: 'By file',
    head: ['', 'mutants', 'beyond', 'killed', 'survivors', ...KINDS],
    rows: [...files.map((file) => row(file, ({ mutant }) => mutant.file === file)), row('all', () => true)],
  };
}

/** Which rule was the first to be found broken. */
export function ruleTable(results: readonly Result[]): Table {
  const ends = results.map(({ outcome }) => (outcome.end === 'killed' ? outcome.rule : outcome.end));
  const names = [...RULE_NAMES, 'crashed', 'endless'] as const;
  const rows = names.map((name) => [name, String(ends.filter((end) => end === name).length)]);
  return { title: 'By what was broken first', head: ['', 'mutants'], rows: rows.filter(([, count]) => count !== '0') };
}

/** How many commands it took. */
export function effortTable(results: readonly Result[]): Table {
  const bounds = [10, 100, 1_000, 10_000, 100_000];
  const kills = results.flatMap(({ outcome }) => (outcome.end === 'killed' ? [outcome] : []));
  const first = kills.filter(({ effort }) => effort === 0);
  const rows = bounds.map((bound, at) => {
    const isIn = (commands: number): boolean => commands <= bound && (at === 0 || commands > bounds[at - 1]!);
    return [`up to ${grouped(bound)}`, String(first.filter(({ commands }) => isIn(commands)).length)];
  });
  return {
    title: 'By how many commands it took',
    head: ['', 'mutants'],
    rows: [...rows, ['the second campaign', String(kills.length - first.length)]],
  };
}
