import { grouped } from '../report/duration.ts';
import { campaign, type Report } from '../search/index.ts';
import { incident, mended, type BadQueue } from '../zoo/index.ts';
import { atMostOne, given, wholeNumber } from './arguments.ts';
import { print } from './colours.ts';
import { BROKEN, HOLDS, UNCLEAR, type ExitStatus } from './exit-status.ts';
import { interruption, type Interruption } from './interruption.ts';
import { invocation } from './invocation.ts';
import type { Io } from './io.ts';
import { meter, SILENT } from './progress.ts';
import { UsageError } from './usage-error.ts';

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  commands: { type: 'string', default: '20000' },
  json: { type: 'boolean', default: false },
} as const;

interface Search {
  readonly seed: number;
  readonly budget: number;
}

/** What came of one queue of the incident. */
interface Row {
  readonly name: string;
  /** The rule that it was to be caught on; undefined for the one without a defect. */
  readonly rule: BadQueue['rule'] | undefined;
  readonly isAsItMust: boolean;
  /** After how many commands it was caught; of the one without a defect, how many it came through. */
  readonly commands: number;
  /** How long the counterexample is. */
  readonly shortest: number | undefined;
}

/** Lets the queues of the incident be caught, one after the other, each on a line as it is; then the mended one must hold. */
export async function zoo(args: readonly string[], io: Io): Promise<ExitStatus> {
  const { values, positionals } = given('zoo', args, OPTIONS);
  const unwanted = atMostOne('zoo', positionals);
  if (unwanted !== undefined) throw new UsageError(`zoo: received ${JSON.stringify(unwanted)}; it takes no argument.`);
  const seed = wholeNumber('--seed', values.seed, -(2 ** 31), 2 ** 31 - 1);
  const budget = wholeNumber('--commands', values.commands, 1, Number.MAX_SAFE_INTEGER);

  const stop = interruption(io);
  const rows: Row[] = [];
  for (const queue of [...incident, { ...mended, rule: undefined, origin: 'the same queue without a defect' }]) {
    const since = io.now();
    const row = await judged(io, queue, { seed, budget }, stop);
    if (stop.isOver()) break;
    rows.push(row);
    if (!values.json) print(io, line(row, queue.origin, timeTaken(io, since)));
  }
  stop.end();
  if (values.json) io.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
  else if (!stop.isOver()) print(io, `\nSee one of them: ${invocation(io, 'verify')} ${incident[0]!.name}`);
  if (stop.isOver()) return UNCLEAR;
  return rows.every(({ isAsItMust }) => isAsItMust) ? HOLDS : BROKEN;
}

async function judged(
  io: Io,
  { name, rule, load }: Pick<BadQueue, 'name' | 'load'> & { readonly rule: Row['rule'] },
  { seed, budget }: Search,
  { signal }: Interruption,
): Promise<Row> {
  const adapter = await load();
  const { note, onBroken: tell, end } = io.stderr.isTTY === true ? meter(io, adapter.contract) : SILENT;
  let caughtAfter: number | undefined;
  const onBroken = (broken: string, commands: number): void => {
    if (broken === rule) caughtAfter = commands;
    tell(broken);
  };
  const options = { seed, budget, onProgress: note, onBroken, signal, ...(rule !== undefined && { until: rule }) };
  const report = await campaign(adapter, options).finally(end);
  const shortest = rule && report.rules[rule].counterexample?.commands.length;
  const isAsItMust = rule === undefined ? holds(report) : shortest !== undefined;
  return { name, rule, isAsItMust, commands: caughtAfter ?? report.commands, shortest };
}

function holds({ rules }: Report): boolean {
  return Object.values(rules).every(({ status }) => status === 'holds' || status === 'not-promised');
}

/** A line that says on what it was caught, and one that says what was wrong. */
function line({ name, rule, isAsItMust, commands, shortest }: Row, origin: string, took: string): string {
  const mark = isAsItMust ? '✓' : '✗';
  const after = `${grouped(commands).padStart(6)} commands`;
  const shown = shortest === undefined ? '' : `, shown by ${shortest}`;
  const what = rule ?? (isAsItMust ? 'holds' : 'is blamed');
  const row = `${mark} ${name.replace('incident-', '').padEnd(24)}  ${what.padEnd(23)} ${after}${shown.padEnd(12)}${took}`;
  return `${row.trimEnd()}\n  · ${origin}`;
}

/** Only for whoever watches: what is piped is the same bytes each time. */
function timeTaken(io: Io, since: number): string {
  return io.stdout.isTTY === true ? `${((io.now() - since) / 1_000).toFixed(1)} s`.padStart(7) : '';
}
