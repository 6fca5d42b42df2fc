/**
 * A deep campaign on the reference queue (or a named one), on all cores: slices of a million commands, each with a seed of
 * its own, until as many commands as asked for have been carried out (default 100 million). Shows where it is; the first
 * interrupt ends it with what it has. Exits with 1 if a rule was found broken.
 *
 *     npm run deep -- [million commands] [subject] [first seed]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { campaignTable } from '../src/report/index.ts';
import { findSubject } from '../src/cli/subjects.ts';
import { expectShortLives } from '../src/cli/short-lived.ts';
import { RULE_NAMES, type RuleName } from '../src/oracle/index.ts';
import { campaign, type Report, type RuleVerdict } from '../src/search/index.ts';
import { progress } from './peers/progress.ts';

const SLICE = 1_000_000;
const ZOO = 'dist/test/zoo/index.js';

const [millions = '100', subject = 'reference', firstSeed = '1'] = process.argv.slice(2);
if (process.send === undefined) await lead(Number(millions), Number(firstSeed));
else await follow();

async function lead(slices: number, seed: number): Promise<void> {
  const reports: Report[] = [];
  const start = performance.now();
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  let next = 0;
  const work = async (): Promise<void> => {
    // A group of its own, so that an interrupt reaches the lead alone, and a slice that was begun is ended.
    const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), { detached: true });
    while (next < slices && !interrupt.signal.aborted) {
      next += 1;
      reports.push(await slice(child, seed + next - 1));
      const broken = RULE_NAMES.filter((rule) => reports.some(({ rules }) => rules[rule].status === 'broken'));
      const perSecond = Math.round((1_000 * reports.length * SLICE) / (performance.now() - start) / 1_000);
      progress(
        `${reports.length} of ${slices} million, ${perSecond} thousand a second, broken: ${broken.join(', ') || 'none'}`,
      );
    }
    child.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), slices) }, work));
  progress('');
  const report = merged(reports, seed);
  console.log(campaignTable(report));
  for (const rule of RULE_NAMES) {
    const { counterexample } = report.rules[rule];
    if (counterexample === undefined) continue;
    process.exitCode = 1;
    console.log(`\n${JSON.stringify(counterexample)}`);
  }
}

function slice(child: ChildProcess, seed: number): Promise<Report> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`seed ${seed}: the process ended with ${code}`));
    child.once('exit', gone);
    child.once('message', (report) => {
      child.off('exit', gone);
      resolve(report as Report);
    });
    child.send(seed);
  });
}

async function follow(): Promise<void> {
  expectShortLives();
  const { adapter } = await findSubject(subject, ZOO);
  process.on('message', (seed: number) => {
    void campaign(adapter, { seed, budget: SLICE }).then((report) => process.send!(report));
  });
}

/** Sums, and of what was found broken the first. */
function merged(reports: readonly Report[], seed: number): Report {
  const verdict = (rule: RuleName): RuleVerdict => {
    const all = reports.map(({ rules }) => rules[rule]);
    const exercised = all.reduce((sum, one) => sum + one.exercised, 0);
    const broken = all.find(({ status }) => status === 'broken') ?? all.find(({ status }) => status !== 'not-reached');
    return { ...(broken ?? all[0] ?? { status: 'not-reached' }), exercised };
  };
  const sum = (one: 'commands' | 'runs'): number => reports.reduce((total, report) => total + report[one], 0);
  const rules = Object.fromEntries(RULE_NAMES.map((rule) => [rule, verdict(rule)])) as Report['rules'];
  return { subject, seed, commands: sum('commands'), runs: sum('runs'), rules };
}
