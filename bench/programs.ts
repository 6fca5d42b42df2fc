/**
 * For every known-bad queue the program and the vitest test of its shortest counterexample. Each program is run alone, in a
 * fresh process: against the bad queue it must fail with the symptom that the rule names, against the reference queue it
 * must end well; the tests likewise, all in one run of vitest. Exits with 1 unless all do. With names: these members alone.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { programOf, vitestOf } from '../src/report/program.ts';
import { verdictOf, type Verdict } from '../src/report/verdict.ts';
import { replay } from '../src/search/index.ts';
import type { Observed } from '../src/oracle/index.ts';
import { zoo, type ZooMember } from '../test/zoo/index.ts';
import { known } from '../test/zoo/known.ts';
import { projectRoot } from '../test/zoo/patched.ts';

interface Outcome {
  readonly name: string;
  readonly rule: string;
  readonly lines: number | undefined;
  /** What is wrong; nothing where all is well. */
  readonly faults: string[];
}

const QUEUES = ['bad', 'good'] as const;
type Which = (typeof QUEUES)[number];

async function verdictFor({ name, rule, load }: ZooMember): Promise<Verdict> {
  const adapter = await load();
  const counterexample = { format: 1, subject: name, rule, ...known(name) } as const;
  const steps: Observed[] = [];
  const run = await replay(adapter, counterexample, (step) => steps.push(step));
  const { contract, time } = adapter;
  const verdict = verdictOf({ counterexample, contract, time, run, steps, replay: '' });
  if (verdict === undefined) throw new Error(`${name}: its shortest program does not show it any more.`);
  return verdict;
}

/** Writes both forms for both queues. */
async function write(folder: string, member: ZooMember): Promise<Outcome> {
  const verdict = await verdictFor(member);
  const outcome: Outcome = { name: member.name, rule: verdict.rule, lines: undefined, faults: [] };
  const home = join(folder, member.name);
  mkdirSync(home);
  const zooUrl = new URL('../test/zoo/index.js', import.meta.url).href;
  const bad = `import { zoo } from '${zooUrl}';\nexport default await zoo.find(({ name }) => name === '${member.name}').load();\n`;
  const good = `export { default } from '${new URL('../src/adapters/reference.js', import.meta.url).href}';\n`;
  writeFileSync(join(home, 'bad.mjs'), bad);
  writeFileSync(join(home, 'good.mjs'), good);
  let lines: number | undefined;
  for (const which of QUEUES) {
    const options = { subject: `./${which}.mjs` };
    const [program, test] = [programOf(verdict, options), vitestOf(verdict, options)];
    for (const { reason } of [program, test]) if (reason !== undefined) outcome.faults.push(reason);
    if (program.source === undefined || test.source === undefined) break;
    lines = program.source.trimEnd().split('\n').length;
    writeFileSync(join(home, `${which}.program.mjs`), program.source);
    writeFileSync(join(home, `${which}.test.mjs`), test.source);
  }
  return { ...outcome, lines };
}

function runAlone(folder: string, { name, rule, faults }: Outcome): void {
  for (const which of QUEUES) {
    const file = join(folder, name, `${which}.program.mjs`);
    const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 30_000 });
    const fault = which === 'good' ? faultOfGood(status) : faultOfBad(status, stderr, rule);
    if (fault !== undefined)
      faults.push(`program: ${fault}: ${stderr.trim().split('\n').slice(0, 8).join(' / ').slice(0, 400)}`);
  }
}

function faultOfGood(status: number | null): string | undefined {
  return status === 0 ? undefined : `with the good queue it ends with ${status}`;
}

function faultOfBad(status: number | null, text: string, rule: string): string | undefined {
  if (status === 0) return 'with the bad queue it ends well';
  const isSymptom = text.includes('AssertionError') && text.includes(`${rule}: `) && text.includes('expected');
  return isSymptom ? undefined : 'it fails with something else';
}

interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string; readonly failureMessages: readonly string[] }[];
  }[];
}

function runTests(folder: string, outcomes: readonly Outcome[]): void {
  const [vitest, report] = [join(projectRoot(), 'node_modules', 'vitest', 'vitest.mjs'), join(folder, 'report.json')];
  const args = ['run', '--root', folder, '--reporter', 'json', '--outputFile', report];
  writeFileSync(join(folder, 'vitest.config.mjs'), "export default { test: { include: ['**/*.test.mjs'] } };\n");
  spawnSync(process.execPath, [vitest, ...args], { encoding: 'utf8' });
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as TestReport;
  for (const { name, rule, faults } of outcomes) {
    for (const which of QUEUES) {
      const file = join(folder, name, `${which}.test.mjs`);
      const fault = faultOfTest(
        testResults.find((one) => one.name === file),
        which,
        rule,
      );
      if (fault !== undefined) faults.push(`test: ${fault}`);
    }
  }
}

function faultOfTest(
  result: TestReport['testResults'][number] | undefined,
  which: Which,
  rule: string,
): string | undefined {
  const [one] = result?.assertionResults ?? [];
  if (one === undefined) return `no test was run for the ${which} queue`;
  const said = one.failureMessages.join(' ');
  if (which === 'good')
    return one.status === 'passed' ? undefined : `with the good queue it fails: ${said.slice(0, 300)}`;
  if (one.status === 'passed') return 'with the bad queue it passes';
  return said.includes(`${rule}: `) && said.includes('AssertionError')
    ? undefined
    : `it fails with something else: ${said.slice(0, 300)}`;
}

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const keeps = process.argv.includes('--keep');
const members = wanted.length === 0 ? zoo : zoo.filter(({ name }) => wanted.includes(name));
const folder = mkdtempSync(join(tmpdir(), 'stallproof-programs-'));
symlinkSync(join(projectRoot(), 'node_modules'), join(folder, 'node_modules'));
const outcomes: Outcome[] = [];
for (const member of members) outcomes.push(await write(folder, member));
const written = outcomes.filter(({ lines }) => lines !== undefined);
for (const outcome of written) runAlone(folder, outcome);
runTests(folder, written);

console.log('member                               rule                       lines');
for (const { name, rule, lines, faults } of outcomes) {
  console.log(
    [name.padEnd(36), rule.padEnd(26), String(lines ?? '-').padStart(5), ...faults.map((one) => `\n    ${one}`)].join(
      ' ',
    ),
  );
}
const lines = written.map((one) => one.lines!).toSorted((a, b) => a - b);
const clean = outcomes.filter(({ faults }) => faults.length === 0).length;
const median = lines[Math.floor(lines.length / 2)];
console.log(
  `\n${clean} of ${outcomes.length} fail and pass as they must, alone and in vitest; lines: ${median} in the median, ${lines.at(-1)} at most`,
);
if (keeps) console.log(pathToFileURL(folder).href);
else rmSync(folder, { recursive: true });
process.exitCode = clean === outcomes.length ? 0 : 1;
