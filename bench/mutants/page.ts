import { writeFileSync } from 'node:fs';
import { grouped } from '../../src/report/duration.ts';
import { barTable, tableText } from '../peers/section.ts';
import type { Mutated } from './mutate.ts';
import type { Explained } from './reasons.ts';
import { isKilled, isSurvivor, type Result } from './result.ts';
import { EFFORTS } from './run.ts';
import type { Kind } from './survivors.ts';
import { barOf, effortTable, fileTable, ruleTable } from './tables.ts';

const PAGE = 'docs/mutants.md';

const KINDS: Readonly<Record<Kind, { readonly title: string; readonly text: string }>> = {
  unchecked: {
    title: 'Unchecked',
    text: 'Promises, or ways to call the queue, that the harness leaves out. These are its gaps.',
  },
  elsewhere: {
    title: 'Elsewhere',
    text: '[The rules](rules.md) say that commands do not show these. Tests of the queue do.',
  },
  unpromised: { title: 'Unpromised', text: 'It shows, and no rule says how it should be.' },
  same: {
    title: 'The same',
    text:
      'Whoever uses the queue cannot tell these from the unchanged one. Where they are executed at all, they have\n' +
      'also run beside it, with every event, every snapshot and all that the harness reads compared.',
  },
};

/** Writes down what became of all mutants. The reasons are those of `survivors.ts`. */
export function writePage(mutated: Mutated, results: readonly Result[], explained: readonly Explained[]): void {
  const tables = [fileTable(results, explained), ruleTable(results), effortTable(results)];
  const parts = [
    opening(mutated, results),
    ...[...tables, barTable([barOf(results)])].map(tableText),
    beyond(results),
    '## The survivors, one by one',
    ...(['unchecked', 'elsewhere', 'unpromised', 'same'] as const).map((kind) => survivors(kind, explained)),
  ];
  writeFileSync(PAGE, `${parts.join('\n\n')}\n`);
  console.log(`\nWritten to ${PAGE}.`);
}

function opening({ notMade }: Mutated, results: readonly Result[]): string {
  const [first, second] = EFFORTS;
  const killed = results.filter(isKilled).length;
  const tried = killed + results.filter(isSurvivor).length;
  return `# Mutants

How much of the queue's source the harness watches over. One small change at a time is made to \`src/core\` (a condition
turned round, a block emptied, a plus made a minus), and the harness alone judges what comes of it, by the contract of the
reference queue: commands, model, comparison. No test of the queue has a part in it. Made again by

\`\`\`sh
npm run mutants               # all of it, to the terminal: ten minutes or so
npm run mutants -- judge.ts   # the changes to some files alone
npm run mutants -- --write    # all of it, and this page anew
\`\`\`

The changes are those that the instrumenter of Stryker knows. There are **${grouped(results.length)}** of them. **${grouped(results.length - tried)}** are in places that
commands can say nothing about. Of the other **${grouped(tried)}** the harness notices **${grouped(killed)}**, which is ${percent(killed, tried)}. Why the rest survive is
said below, one by one: some break a promise that goes unchecked, most break none. Which survive is the same in
every run: what is drawn hangs on seeds, how long on a number of commands.

- Each gets a campaign of ${grouped(first!.budget)} commands with seed ${first!.seed}, as \`verify\` has it, up to the first rule that is found
  broken; who survives that, another of ${grouped(second!.budget)} with seed ${second!.seed}.
- *Beyond* are changes in places that commands can say nothing about. They are not tried; where they are is written in
  [\`beyond.ts\`](../bench/mutants/beyond.ts).
- *Crashed*: the module cannot be imported, no queue can be made of it that runs one task and counts, or it throws where the harness only reads.
  *Endless*: it computes for ten seconds within one run, or eats up all memory. Both are noticed, by whoever waits.
- A change in a place that no campaign has executed cannot make a difference to it, and counts as a survivor.
- Not made are ${grouped(notMade)} changes to strings, most of which are the words of errors. What is made is not checked for types: some
  of it would not compile.
- Every survivor has a reason, every reason a survivor, and what is said to be the same looks the same, or the run fails:
  [\`survivors.ts\`](../bench/mutants/survivors.ts). It fails as well where too few are noticed.
- What is beyond, and which survivor is of which kind, was decided by hand, place by place, with a first run's survivors in
  view.`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function beyond(results: readonly Result[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of results) {
    if (outcome.end === 'beyond') counts.set(outcome.why, (counts.get(outcome.why) ?? 0) + 1);
  }
  const rows = [...counts].map(([why, count]) => [why, String(count)]);
  return `## Beyond commands\n\n${tableText({ title: 'What these places are', head: ['', 'mutants'], rows })}`;
}

function survivors(kind: Kind, explained: readonly Explained[]): string {
  const mine = explained.filter((one) => one.kind === kind);
  const { title, text } = KINDS[kind];
  const groups = [...new Set(mine.map(({ why }) => why))].map((why) => {
    const changes = mine.filter((one) => one.why === why).map(changeText);
    return [`**${why}**`, changes.join('\n')].join('\n\n');
  });
  return [`### ${title} (${mine.length})`, text, ...groups].join('\n\n');
}

function changeText({ result: { mutant, outcome } }: Explained): string {
  const [within, change] = mutant.change.split(' ⟶ ') as [string, string];
  const unreached = outcome.end === 'unreached' ? ' (never executed)' : '';
  return `- ${mutant.file}, \`\` ${within} \`\`: \`\` ${change} \`\`${unreached}`;
}
