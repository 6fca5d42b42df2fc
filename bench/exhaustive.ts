/**
 * Every sequence of an alphabet, carried out on the reference queue: what was covered, and apart from that what had to be
 * executed for it, and how fast. Exits with 1 if a sequence broke a rule.
 *
 *     npm run exhaustive -- [most commands in a sequence, default 4]
 */
import reference from '../src/adapters/reference.ts';
import { expectShortLives } from '../src/cli/short-lived.ts';
import { usualSetup, type Command } from '../src/oracle/index.ts';
import { grouped } from '../src/report/duration.ts';
import { coreAlphabet, everySequence, plainAlphabet, sequencesOf } from '../src/search/index.ts';

interface Row {
  readonly alphabet: string;
  readonly letters: readonly Command[];
  readonly epilogue: boolean;
}

const { contract } = reference;
const setup = usualSetup(contract);
const longest = Number(process.argv[2] ?? 4);

async function search({ alphabet, letters, epilogue }: Row): Promise<string[]> {
  let [runs, commands, afterwards] = [0, 0, 0];
  const start = performance.now();
  for await (const { program, run } of everySequence(reference, { setup, letters, longest, epilogue })) {
    runs += 1;
    commands += run.commands;
    afterwards += run.epilogue;
    if (run.divergence === undefined) continue;
    console.log(JSON.stringify({ rule: run.divergence.rule, commands: program.commands }));
    process.exitCode = 1;
  }
  const ms = performance.now() - start;
  const figures = [letters.length, longest, sequencesOf(letters.length, longest), runs, commands, afterwards];
  const perSecond = Math.round(((commands + afterwards) * 1_000) / ms);
  return [alphabet, ...figures.map(grouped), grouped(perSecond)];
}

expectShortLives();
const [core, plain] = [coreAlphabet(contract), plainAlphabet(contract)];
await search({ alphabet: 'warm-up', letters: core, epilogue: true });
const rows = [
  ['alphabet', 'letters', 'to', 'sequences covered', 'runs', 'commands', 'of epilogues', 'executed a second'],
  await search({ alphabet: 'core', letters: core, epilogue: true }),
  await search({ alphabet: 'core', letters: core, epilogue: false }),
  await search({ alphabet: 'plain', letters: plain, epilogue: true }),
  await search({ alphabet: 'plain', letters: plain, epilogue: false }),
];
const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
for (const row of rows) console.log(row.map((cell, column) => cell.padStart(widths[column]!)).join('  '));
