/**
 * Small changes to the source of the queue, one at a time, judged by the harness alone: no test, no scenario. Prints how many
 * of them it notices, and by which rule. Exits with 1 if these are too few, or if one survives without a reason, or a
 * reason without a survivor. Names of files pick some of the changes; `--write` makes `docs/mutants.md` of all of them, and
 * `--json` prints what became of each.
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { expectShortLives } from '../src/cli/short-lived.ts';
import { coreFiles, mutate } from './mutants/mutate.ts';
import { writePage } from './mutants/page.ts';
import { reasonsFor } from './mutants/reasons.ts';
import { tryAll } from './mutants/run.ts';
import { barOf, effortTable, fileTable, ruleTable } from './mutants/tables.ts';
import { barTable, tableText } from './peers/section.ts';

const { positionals: files, values } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, json: { type: 'boolean' } },
});
const unknown = files.filter((file) => !coreFiles().includes(file));
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: pass any of ${coreFiles().join(', ')}.`);
if (values.write === true && files.length > 0) throw new Error('--write: the page is written from all files.');

expectShortLives();
const start = performance.now();
const isWanted = ({ file }: { readonly file: string }): boolean => files.length === 0 || files.includes(file);
const mutated = await mutate();
const results = await tryAll(mutated, isWanted);
const { explained, complaints } = reasonsFor(results, isWanted);
const bar = barOf(results);
if (values.json === true) {
  console.log(JSON.stringify(results, undefined, 1));
} else {
  const tables = [fileTable(results, explained), ruleTable(results), effortTable(results), barTable([bar])];
  for (const table of tables) console.log(`\n${tableText(table)}`);
  const digest = createHash('sha1').update(JSON.stringify(results.map(({ outcome }) => outcome)));
  console.log(
    `\nverdicts ${digest.digest('hex').slice(0, 12)}, after ${Math.round((performance.now() - start) / 1_000)} s`,
  );
}
for (const complaint of complaints) console.error(`\n${complaint}`);
if (values.write === true) writePage(mutated, results, explained);
process.exitCode = bar.isMet && complaints.length === 0 ? 0 : 1;
