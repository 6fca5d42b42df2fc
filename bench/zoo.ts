/**
 * Every known-bad queue against the default budget, for as many seeds as asked for (default 50), by chance alone: the
 * exhaustive opening, which no seed changes, is left out. Exits with 1 unless each is caught on the rule that it declares,
 * by a counterexample as small as the smallest that is known, for every seed.
 */
import { expectShortLives } from '../src/cli/short-lived.ts';
import { campaign } from '../src/search/index.ts';
import { sizeOf } from '../src/search/order.ts';
import { zoo, type ZooMember } from '../test/zoo/index.ts';
import { known } from '../test/zoo/known.ts';

interface Tally {
  readonly caught: number;
  readonly smallest: number;
  readonly texts: number;
  readonly medianCommands: number;
  readonly mostCommands: number;
}

async function tally({ name, rule, load }: ZooMember, seeds: number): Promise<Tally> {
  const adapter = await load();
  const commands: number[] = [];
  const texts = new Set<string>();
  let smallest = 0;
  for (let seed = 1; seed <= seeds; seed += 1) {
    const report = await campaign(adapter, { seed, until: rule, exhaustiveTo: 0 });
    const { counterexample } = report.rules[rule];
    if (counterexample === undefined) continue;
    commands.push(report.commands);
    texts.add(JSON.stringify([counterexample.setup, counterexample.commands]));
    if (sizeOf(counterexample) === sizeOf(known(name))) smallest += 1;
  }
  const sorted = commands.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { caught: commands.length, smallest, texts: texts.size, medianCommands: at(0.5), mostCommands: at(1) };
}

expectShortLives();
const seeds = Number(process.argv[2] ?? 50);
let isClean = true;
console.log(
  'member                     rule                      length   caught  smallest  texts   commands until found: median  most',
);
for (const member of zoo) {
  const { caught, smallest, texts, medianCommands, mostCommands } = await tally(member, seeds);
  if (caught < seeds || smallest < seeds) isClean = false;
  const row = [
    member.name.padEnd(26),
    member.rule.padEnd(24),
    String(member.length).padStart(7),
    `${caught}/${seeds}`.padStart(8),
    `${smallest}/${seeds}`.padStart(9),
    String(texts).padStart(6),
    String(medianCommands).padStart(29),
    String(mostCommands).padStart(5),
  ];
  console.log(row.join(' '));
}
process.exitCode = isClean ? 0 : 1;
