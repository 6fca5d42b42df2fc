/**
 * Every sequence of an alphabet, carried out on the reference queue, on all cores: what was covered, and apart from that
 * what had to be executed for it, and how fast. Exits with 1 if a sequence broke a rule.
 *
 *     npm run exhaustive -- [most commands in a sequence, default 5]
 */
import { availableParallelism } from 'node:os';
import reference from '../src/adapters/reference.ts';
import { expectShortLives } from '../src/cli/short-lived.ts';
import { usualSetup, type Command } from '../src/oracle/index.ts';
import { grouped } from '../src/report/duration.ts';
import { coreAlphabet, everySequence, plainAlphabet, sequencesOf } from '../src/search/index.ts';
import { crew } from './crew.ts';

const ALPHABETS = { core: coreAlphabet, plain: plainAlphabet } as const;

/** More than there are cores, so that none is done long before the others. */
const PARTS = 6;

interface Errand {
  readonly alphabet: keyof typeof ALPHABETS;
  readonly longest: number;
  readonly epilogue: boolean;
  readonly part: { readonly nth: number; readonly of: number };
}

interface Counts {
  readonly runs: number;
  readonly commands: number;
  readonly afterwards: number;
  readonly ms: number;
  readonly broken: readonly { readonly rule: string; readonly commands: readonly Command[] }[];
}

const { contract } = reference;
const setup = usualSetup(contract);

async function search({ alphabet, longest, epilogue, part }: Errand): Promise<Counts> {
  let [runs, commands, afterwards] = [0, 0, 0];
  const broken: Counts['broken'][number][] = [];
  const start = performance.now();
  const letters = ALPHABETS[alphabet](contract);
  for await (const { program, run } of everySequence(reference, { setup, letters, longest, epilogue, part })) {
    runs += 1;
    commands += run.commands;
    afterwards += run.epilogue;
    if (run.divergence !== undefined) broken.push({ rule: run.divergence.rule, commands: program.commands });
  }
  return { runs, commands, afterwards, ms: performance.now() - start, broken };
}

async function follow(): Promise<void> {
  expectShortLives();
  await search({ alphabet: 'core', longest: 4, epilogue: true, part: { nth: 0, of: 1 } });
  process.on('message', (errand: Errand) => void search(errand).then((counts) => process.send!(counts)));
}

async function lead(longest: number): Promise<void> {
  const searches = (['core', 'plain'] as const).flatMap((alphabet) =>
    [true, false].map((epilogue) => ({ alphabet, longest, epilogue })),
  );
  const parts = Array.from({ length: PARTS }, (_, nth) => ({ nth, of: PARTS }));
  const counts = await crew<Counts>(
    new URL(import.meta.url),
    searches.flatMap((one) => parts.map((part) => ({ ...one, part }))),
  );
  const cores = availableParallelism();
  const rows = [
    ['alphabet', 'letters', 'to', 'sequences covered', 'runs', 'commands', 'of epilogues', 'executed a second'],
  ];
  for (const [place, { alphabet }] of searches.entries()) {
    const mine = counts.slice(place * PARTS, (place + 1) * PARTS);
    const sum = (one: 'runs' | 'commands' | 'afterwards' | 'ms'): number =>
      mine.reduce((all, part) => all + part[one], 0);
    const letters = ALPHABETS[alphabet](contract).length;
    const executed = sum('commands') + sum('afterwards');
    const figures = [letters, longest, sequencesOf(letters, longest), sum('runs'), sum('commands'), sum('afterwards')];
    rows.push([alphabet, ...figures.map(grouped), grouped(Math.round((executed * 1_000 * cores) / sum('ms')))]);
    for (const one of mine.flatMap(({ broken }) => broken)) {
      console.log(JSON.stringify(one));
      process.exitCode = 1;
    }
  }
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padStart(widths[column]!)).join('  '));
  console.log(`on ${cores} cores; what a core comes to is a part of that`);
}

if (process.send === undefined) await lead(Number(process.argv[2] ?? 5));
else await follow();
