/**
 * The queue beside others, in one run: throughput, heap, long backlogs, one signal for many tasks. Prints tables, and the
 * bars with `ok` or `short`; with `--write` it makes `docs/performance.md` of them. Names of measures pick some of them.
 */
import { parseArgs } from 'node:util';
import { abort } from './peers/abort.ts';
import { flatness } from './peers/flatness.ts';
import { heap } from './peers/heap.ts';
import { writePage } from './peers/page.ts';
import { barTable, tableText, type Section } from './peers/section.ts';
import { throughput } from './peers/throughput.ts';

const measures: Readonly<Record<string, () => Promise<Section>>> = { throughput, heap, backlog: flatness, abort };

const { positionals, values } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean' } } });
const unknown = positionals.filter((name) => measures[name] === undefined);
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: pass any of ${Object.keys(measures).join(', ')}.`);
if (values.write === true && positionals.length > 0) throw new Error('--write: the page is written from all measures.');

const sections: Section[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(measures)) {
  const section = await measures[name]!();
  sections.push(section);
  console.log(`\n${section.title}`);
  for (const table of [...section.tables, barTable(section.bars)]) console.log(`\n${tableText(table)}`);
}
const bars = sections.flatMap((section) => section.bars);
console.log(`\n${bars.filter(({ isMet }) => isMet).length} of ${bars.length} bars met`);
if (values.write === true) writePage(sections);
