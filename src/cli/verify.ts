import { RULE_NAMES } from '../oracle/index.ts';
import { campaignTable } from '../report/index.ts';
import { campaign, isolatedCampaign, type CampaignOptions, type Report } from '../search/index.ts';
import { USUAL_BUDGET } from '../search/budget.ts';
import { atMostOne, given, patience, PATIENCE_OPTION, SUBJECT_OPTIONS, wholeNumber } from './arguments.ts';
import { recordBroken } from './broken.ts';
import { CAMPAIGN_FILE_OPTIONS, writeCampaign } from './campaign-files.ts';
import { print } from './colours.ts';
import { BROKEN, HOLDS, UNCLEAR, type ExitStatus } from './exit-status.ts';
import { tellGitHub } from './github.ts';
import { interruption } from './interruption.ts';
import type { Io } from './io.ts';
import { meter } from './progress.ts';
import { findSubject, type Subject } from './subjects.ts';

const OPTIONS = {
  ...SUBJECT_OPTIONS,
  seed: { type: 'string', default: '1' },
  commands: { type: 'string', default: String(USUAL_BUDGET) },
  patience: PATIENCE_OPTION,
  out: { type: 'string', default: '.stallproof' },
  ...CAMPAIGN_FILE_OPTIONS,
  json: { type: 'boolean', default: false },
} as const;

/** Puts a queue to the test and prints what came of it; each broken promise leaves a file that replays it. */
export async function verify(args: readonly string[], io: Io): Promise<ExitStatus> {
  const { values, positionals } = given('verify', args, OPTIONS);
  const asked = atMostOne('verify', [...positionals, ...(values.subject === undefined ? [] : [values.subject])]);
  const seed = wholeNumber('--seed', values.seed, -(2 ** 31), 2 ** 31 - 1);
  const budget = wholeNumber('--commands', values.commands, 1, Number.MAX_SAFE_INTEGER);
  const patienceMs = patience(values.patience);
  const subject = await findSubject(asked ?? 'reference', values.zoo);

  const stop = interruption(io);
  const { note, onBroken, end } = meter(io, subject.adapter.contract);
  const options = { seed, budget, onProgress: note, onBroken, signal: stop.signal };
  const report = await search(subject, options, patienceMs).finally(end);
  stop.end();

  const broken = await recordBroken(io, subject, { rules: report.rules, folder: values.out, by: `seed-${seed}` });
  if (values.json) io.stdout.write(`${json(report, seed, stop.isOver())}\n`);
  else print(io, [campaignTable(report), ...broken.map(({ text }) => text)].join('\n\n'));
  tellGitHub(io, { subject, broken, rules: report.rules, isJson: values.json });
  // Last: what was found is not lost where no file can be written.
  writeCampaign(io, values, { subject, report, broken, isInterrupted: stop.isOver() });
  return stop.isOver() ? UNCLEAR : exitStatus(report);
}

async function search({ adapter, module }: Subject, options: CampaignOptions, patienceMs: number): Promise<Report> {
  return module === undefined ? campaign(adapter, options) : isolatedCampaign(module, { ...options, patienceMs });
}

function json({ subject, commands, rules }: Report, seed: number, isInterrupted: boolean): string {
  const interrupted = isInterrupted ? { interrupted: true } : {};
  return JSON.stringify({ subject, seed, commands, ...interrupted, rules }, undefined, 2);
}

function exitStatus({ rules }: Report): ExitStatus {
  const statuses = RULE_NAMES.map((rule) => rules[rule].status);
  if (statuses.includes('broken')) return BROKEN;
  return statuses.includes('not-reached') ? UNCLEAR : HOLDS;
}
