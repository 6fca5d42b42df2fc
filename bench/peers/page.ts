import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { barTable, tableText, type Section } from './section.ts';
import { REPEATS } from './turns.ts';

const PAGE = 'docs/performance.md';
/** What stands below it is written by hand, and kept. */
const BY_HAND = '<!-- Written by hand from here on; `npm run bench -- --write` keeps it. -->';

/** Writes the sections as the page, and leaves alone what people have written on it. */
export function writePage(sections: readonly Section[]): void {
  const parts = [opening(), ...sections.map(sectionText), byHand()];
  writeFileSync(PAGE, `${parts.join('\n\n').trimEnd()}\n`);
  console.log(`\nWritten to ${PAGE}.`);
}

function opening(): string {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const versions = ['p-queue', 'p-limit', 'fastq', 'async'].map((name) => `${name} ${devDependencies[name]}`);
  return [
    '# Performance',
    '',
    'What the queue costs beside four that are widely used, and whether it meets the bars that were set for it. Made again by',
    '',
    '```sh',
    'npm run bench              # all of it, to the terminal: some four minutes',
    'npm run bench -- heap      # throughput, heap, backlog or abort alone',
    'npm run bench -- --write   # all of it, and this page anew',
    '```',
    '',
    `Node ${process.version} on ${availableParallelism()} cores, against ${versions.join(', ')} (\`fastq.promise\`, \`async.queue\`).`,
    `All figures are of one run. Queues are measured in turn, ${REPEATS} times, so that a change of the machine's speed meets all of`,
    'them; ratios are taken pair by pair within a repeat. Times differ from machine to machine, ratios hardly.',
  ].join('\n');
}

function sectionText({ title, how, tables, bars }: Section): string {
  return [`## ${title}`, how, ...[...tables, barTable(bars)].map(tableText)].join('\n\n');
}

function byHand(): string {
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const at = page.indexOf(BY_HAND);
  if (at !== -1) return page.slice(at);
  return [BY_HAND, '## What is left on the table, and why', '- (to be filled from a profile)'].join('\n\n');
}
