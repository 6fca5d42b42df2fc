import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expectShortLives } from '../../src/cli/short-lived.ts';
import {
  drive,
  GlobalClock,
  type Adapter,
  type Observed,
  type Program,
  type RuleName,
} from '../../src/oracle/index.ts';
import { phrase, reading } from '../../src/report/phrases.ts';
import { campaign } from '../../src/search/index.ts';
import type { Broken, Errand, Report, Told } from './crew.ts';
import { LIBRARIES, termsOf } from './versions.ts';

expectShortLives();
// Node warns of promises that are rejected and handled late; some versions do that by the thousand.
process.removeAllListeners('warning');
process.on('warning', () => {});
const tell = (told: Told): void => void process.send!(told);
// Armed before time is made virtual.
setInterval(() => tell({ type: 'alive' }), 1_000).unref();

process.once('message', (errand: Errand) => {
  void run(errand).then((report) => {
    process.send!({ type: 'report', report } satisfies Told, () => process.exit());
  });
});

async function run({ kind, version, folder, seed, budget, program, terms }: Errand): Promise<Report> {
  // Before the queue is loaded: what keeps a reference to a global from before keeps the real one.
  GlobalClock.install();
  const library = LIBRARIES[kind];
  const exported = await load(library.package, folder);
  const adapter = library.adapter(`${kind} ${version}`, exported as never, { ...termsOf(kind, version), ...terms });
  if (program !== undefined) return runOne(adapter, program);
  const found = new Map<RuleName, number>();
  const { rules, commands } = await campaign(adapter, {
    seed,
    budget,
    onBroken: (rule, after) => found.set(rule, after),
    onProgress: ({ commands: after }) => tell({ type: 'progress', commands: after }),
  });
  const broken: Broken[] = [];
  for (const [rule, after] of found) {
    const shortest = rules[rule].counterexample!;
    broken.push({ rule, after, program: shortest, words: await inWords(adapter, shortest) });
  }
  return { commands, broken };
}

async function runOne(adapter: Adapter, program: Program): Promise<Report> {
  const { commands, divergence } = await drive(adapter, program);
  if (divergence === undefined) return { commands, broken: [] };
  return {
    commands,
    broken: [{ rule: divergence.rule, after: commands, program, words: await inWords(adapter, program) }],
  };
}

async function load(name: string, folder: string): Promise<unknown> {
  const path = createRequire(join(folder, 'anything.js')).resolve(name);
  const { default: exported } = (await import(pathToFileURL(path).href)) as { default: unknown };
  return exported;
}

/** What is done, what is seen then, and what should be. */
async function inWords(adapter: Adapter, program: Program): Promise<string> {
  const steps: Observed[] = [];
  const { divergence } = await drive(adapter, program, { observe: (step) => steps.push(step) });
  const first = steps.filter(({ command, number }, place) => {
    const before = steps[place - 1];
    return before?.number !== number || before.command !== command;
  });
  const { concurrency } = program.setup;
  const done = [
    ...(concurrency === 1 ? [] : [`${concurrency} slots`]),
    ...first.map(({ command, event }) =>
      command === undefined ? 'in the end all is let run' : phrase(command, event),
    ),
  ];
  const { key, expected, actual } = divergence!;
  return `${done.join('; ')}: ${reading(key, actual)}, not ${reading(key, expected)}`
    .replaceAll(/ (in|of) main/g, '')
    .replaceAll(/start, (\d+)\./g, (_, nth) => (nth === '2' ? 'second start' : `start number ${nth}`))
    .replaceAll('all lanes', 'the queue');
}
