import { checkAdapter, RULE_NAMES, withQueue, type Adapter, type Queue, type RuleName } from '../oracle/index.ts';
import { campaignTable } from '../report/index.ts';
import { USUAL_BUDGET } from '../search/budget.ts';
import type * as Search from '../search/index.ts';
import type { Counterexample, Report } from '../search/index.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { shown } from './replay.ts';

/** How long to look, and from where. */
export interface VerifyOptions {
  /** What is drawn follows from it: the same seed, the same report. A whole number. Default 1. */
  readonly seed?: number;
  /** How many commands are carried out; those by which a counterexample is made short are not counted. Default 100 000. */
  readonly budget?: number;
}

/** A promise that is broken. */
export interface Broken {
  readonly rule: RuleName;
  readonly counterexample: Counterexample;
  /** The counterexample for a person: the commands, what came of each, what was expected, and how to run it again. */
  readonly text: string;
}

/** What came of looking. Plain JSON, the same for the same queue, seed and budget. */
export interface Verification {
  /** True if every promise was demanded at least once, and none is broken. */
  readonly ok: boolean;
  readonly broken: readonly Broken[];
  /** What is promised and was never demanded: that proves nothing. */
  readonly notReached: readonly RuleName[];
  readonly report: Report;
  /** All of it for a person: a row a rule, then each counterexample. */
  readonly text: string;
}

/**
 * Does to a queue what may be done to it, tens of thousands of times, and compares what it does with what it promises.
 * Calls of it wait for each other. Takes seconds: give a test that calls it more time than the five that some have.
 *
 * @throws AdapterError or TypeError if the adapter cannot work, before anything is compared: the message says why.
 */
export async function verify(queue: Queue, options: VerifyOptions = {}): Promise<Verification> {
  return oneAtATime(() => withQueue(queue, (adapter) => verifyAdapter(adapter, options)));
}

async function verifyAdapter(
  adapter: Adapter,
  { seed = 1, budget = USUAL_BUDGET }: VerifyOptions,
): Promise<Verification> {
  checkWhole('seed', seed, -(2 ** 31), 2 ** 31 - 1);
  checkWhole('budget', budget, 1, Number.MAX_SAFE_INTEGER);
  await checkAdapter(adapter);
  const { campaign } = await loadSearch();
  const report = await campaign(adapter, { seed, budget });
  const broken: Broken[] = [];
  for (const rule of RULE_NAMES) {
    const { counterexample, certificate } = report.rules[rule];
    if (counterexample === undefined) continue;
    const { text } = await shown(adapter, counterexample, certificate);
    broken.push({ rule, counterexample, text });
  }
  const notReached = RULE_NAMES.filter((rule) => report.rules[rule].status === 'not-reached');
  const text = [campaignTable(report), ...broken.map((one) => one.text)].join('\n\n');
  return { ok: broken.length === 0 && notReached.length === 0, broken, notReached, report, text };
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name}: received ${String(value)}; pass a whole number from ${least} to ${most}.`);
}

/** fast-check is a peer: an adapter can be written, and a counterexample replayed, without it. */
async function loadSearch(): Promise<typeof Search> {
  try {
    return await import('../search/index.ts');
  } catch (cause) {
    if (!String(cause).includes('fast-check')) throw cause;
    throw new Error('fast-check is not installed; run `npm install --save-dev fast-check`.', { cause });
  }
}
