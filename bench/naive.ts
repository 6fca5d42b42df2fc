/**
 * Every known-bad queue against the naive harness, for as many seeds as asked for (default 10): how often it is caught
 * within the usual budget, and how long what is left of it is once fast-check has shrunk it. A run that breaks another rule
 * than the declared one passes; how often and when any rule was first found broken is told beside it. Medians and mosts
 * are of the seeds that caught it. Lengths are without the check at the end of a run, and one command may combine what the
 * project's own never do: they can be below the fewest known. The reference queue comes first, and must come out clean:
 * exits with 1 if it does not.
 */
import reference from '../src/adapters/reference.ts';
import { expectShortLives } from '../src/cli/short-lived.ts';
import type { Adapter, RuleName } from '../src/oracle/index.ts';
import { zoo } from '../test/zoo/index.ts';
import { naiveCampaign, type NaiveReport } from './naive/harness.ts';
import { progress } from './peers/progress.ts';
import { USUAL_BUDGET } from '../src/search/budget.ts';

async function reports(adapter: Adapter, seeds: number, until?: RuleName): Promise<NaiveReport[]> {
  const all: NaiveReport[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    progress(`${adapter.name}: seed ${seed} of ${seeds}`);
    all.push(await naiveCampaign(adapter, { seed, budget: USUAL_BUDGET, ...(until && { until }) }));
  }
  progress('');
  return all;
}

function spread(values: readonly number[]): { readonly median: string; readonly most: string } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string => String(sorted[Math.floor(share * (sorted.length - 1))] ?? '–');
  return { median: at(0.5), most: at(1) };
}

function row(name: string, rule: string, known: string, all: readonly NaiveReport[]): string {
  const found = all.flatMap((report) => report.found ?? []);
  const first = all.flatMap((report) => report.first ?? []);
  const until = spread(found.map(({ commands }) => commands));
  const untilAny = spread(first.map(({ commands }) => commands));
  return [
    name.padEnd(26),
    rule.padEnd(24),
    `${found.length}/${all.length}`.padStart(8),
    until.median.padStart(7),
    until.most.padStart(7),
    known.padStart(13),
    spread(found.map(({ length }) => length)).median.padStart(7),
    `${first.length}/${all.length}`.padStart(15),
    untilAny.median.padStart(7),
    untilAny.most.padStart(7),
  ].join(' ');
}

expectShortLives();
const seeds = Number(process.argv[2] ?? 10);
console.log(
  [
    'member                     rule                      on that  commands until    length:  median     on any rule  commands until',
    '                                                     rule      median    most     known  shrunk                   median    most',
  ].join('\n'),
);
const clean = await reports(reference, seeds);
console.log(row(reference.name, '–', '–', clean));
for (const member of zoo) {
  const { name, rule, length } = member;
  console.log(row(name, rule, String(length), await reports(await member.load(), seeds, rule)));
}
process.exitCode = clean.some(({ first }) => first !== undefined) ? 1 : 0;
