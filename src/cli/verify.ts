import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAdapter, RULE_NAMES } from '../oracle/index.ts';
import { campaign, isolatedCampaign, type Counterexample, type Report } from '../search/index.ts';
import { campaignTable } from '../report/index.ts';
import { invocation } from './invocation.ts';
import { tell } from '../harness/told.ts';
import { findSubject, moduleOf } from './subjects.ts';
import { UsageError } from './usage.ts';

const FOLDER = '.stallproof';

export interface VerifyArguments {
  readonly subject: string;
  readonly seed: string;
  readonly commands: string;
  readonly patience: string;
  readonly json: boolean;
  readonly zoo: string | undefined;
}

/** Puts a queue to the test and prints what came of it; each broken promise leaves a file that replays it. */
export async function verify(given: VerifyArguments): Promise<number> {
  const seed = wholeNumber('--seed', given.seed, -(2 ** 31), 2 ** 31 - 1);
  const budget = wholeNumber('--commands', given.commands, 1, Number.MAX_SAFE_INTEGER);
  const patienceMs = wholeNumber('--patience', given.patience, 1, 2 ** 31 - 1);
  const adapter = await findSubject(given.subject, given.zoo);
  await checkAdapter(adapter);
  const module = moduleOf(given.subject);
  const options = { seed, budget, ...progress(budget) };
  const report = await (module === undefined
    ? campaign(adapter, options)
    : isolatedCampaign(module, { ...options, patienceMs }));
  for (const counterexample of counterexamples(report)) record(counterexample);
  if (given.json) {
    const { subject, commands, rules } = report;
    console.log(JSON.stringify({ subject, seed, commands, rules }, undefined, 2));
  } else {
    console.log(campaignTable(report));
    for (const counterexample of counterexamples(report)) {
      const replayCommand = `${invocation('replay')} ${fileOf(counterexample)} --subject ${given.subject}`;
      const { certificate, stuck } = report.rules[counterexample.rule];
      const { text } = await tell(adapter, counterexample, { certificate, stuck, replay: replayCommand });
      console.log(`\n${text}`);
    }
  }
  return exitStatus(report);
}

function exitStatus({ rules }: Report): number {
  const statuses = RULE_NAMES.map((rule) => rules[rule].status);
  if (statuses.includes('broken')) return 1;
  return statuses.includes('not-reached') ? 2 : 0;
}

function counterexamples({ rules }: Report): Counterexample[] {
  return RULE_NAMES.flatMap((rule) => rules[rule].counterexample ?? []);
}

function fileOf({ subject, rule }: Counterexample): string {
  return join(FOLDER, `${subject}.${rule}.json`);
}

function record(counterexample: Counterexample): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf(counterexample), `${JSON.stringify(counterexample, undefined, 2)}\n`);
}

function progress(budget: number): { onProgress?: (commands: number) => void } {
  if (!process.stderr.isTTY) return {};
  let shownTenth = -1;
  return {
    onProgress(commands) {
      const tenth = Math.floor((10 * commands) / budget);
      if (tenth === shownTenth) return;
      shownTenth = tenth;
      const done = '█'.repeat(Math.min(10, tenth)).padEnd(10, '░');
      process.stderr.write(tenth >= 10 ? '\r\x1b[K' : `\r${done} ${commands} of ${budget} commands`);
    },
  };
}

function wholeNumber(argument: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`${argument}: received ${JSON.stringify(text)}; pass a whole number from ${least} to ${most}.`);
}
