/**
 * The naive harness: what a competent engineer writes in one afternoon to check a lane queue against the model, with
 * fast-check's documented defaults. It is the yardstick for the project's own generator and is left alone.
 *
 * Model, observation and comparison are the project's. What is drawn is not: a class for each kind of command, all kinds
 * alike, targets by index, times by chance, as many commands as `fc.commands` draws of itself, and its own shrinking.
 * Nobody calls the queue from inside, no process oversleeps and no wall clock is set: an afternoon does not get so far.
 */
import fc from 'fast-check';
import type { Adapter, Contract, RuleName, Setup } from '../../src/oracle/index.ts';
import { commands } from './commands.ts';
import { run } from './run.ts';

export interface NaiveOptions {
  readonly seed: number;
  /** How many commands are carried out before it ends; those of shrinking are not counted. */
  readonly budget: number;
  /** Goes on until this rule is found broken: a run that breaks another passes. Without it any rule will do. */
  readonly until?: RuleName;
}

/** A rule that broke, and how many commands had been carried out by then. */
export interface Detection {
  readonly rule: RuleName;
  readonly commands: number;
}

export interface NaiveReport {
  readonly commands: number;
  readonly runs: number;
  /** The first rule found broken, whether or not it was wanted. */
  readonly first: Detection | undefined;
  /** What the campaign ended with; length and text are of what fast-check shrunk it to. */
  readonly found: (Detection & { readonly length: number; readonly counterexample: string }) | undefined;
}

/** The golden ratio's share of 2³²: seeds that follow each other by it do not meet for long. */
const SEED_STEP = 0x9e3779b9;

/** Checks of a hundred runs each, one after the other, until one fails or the budget is spent. */
export async function naiveCampaign(adapter: Adapter, { seed, budget, until }: NaiveOptions): Promise<NaiveReport> {
  const seen: { first?: Detection; found?: Detection } = {};
  const spent = { commands: 0, runs: 0 };
  let length = 0;
  const property = fc.asyncProperty(
    fc.commands(commands(adapter.contract)),
    setups(adapter.contract),
    async (sequence, setup) => {
      const isShrinking = seen.found !== undefined;
      if (!isShrinking && spent.commands >= budget) return;
      const ran = await run(adapter, setup, sequence);
      if (!isShrinking) {
        spent.commands += ran.commands;
        spent.runs += 1;
      }
      if (ran.broken === undefined) return;
      const { rule } = ran.broken.divergence;
      seen.first ??= { rule, commands: spent.commands };
      if (until !== undefined && rule !== until) return;
      seen.found ??= { rule, commands: spent.commands };
      // The last that fails is the one that fast-check shows.
      length = ran.commands;
      throw ran.broken;
    },
  );
  for (let round = 0; spent.commands < budget; round += 1) {
    const { failed, errorInstance, counterexample } = await fc.check(property, {
      seed: (seed + round * SEED_STEP) | 0,
    });
    if (!failed) continue;
    // It was not the queue that failed.
    if (seen.found === undefined) throw errorInstance;
    const found = {
      ...seen.found,
      length,
      counterexample: counterexample!.map((part) => fc.stringify(part)).join('; '),
    };
    return { ...spent, first: seen.first, found };
  }
  return { ...spent, first: seen.first, found: undefined };
}

function setups({ setups: of }: Contract): fc.Arbitrary<Setup> {
  return fc.record({
    concurrency: fc.constantFrom(...of.concurrency),
    stallCeilingMs: fc.constantFrom(...of.stallCeilingMs),
    blockedAfterMs: fc.constantFrom(...of.blockedAfterMs),
    warnEveryMs: fc.constantFrom(...of.warnEveryMs),
    maxWarningsPerMinute: fc.constantFrom(...of.maxWarningsPerMinute),
    lateMs: fc.constantFrom(...of.lateMs),
    graceMs: fc.constantFrom(...of.graceMs),
    listeners: fc.constantFrom(...of.listeners),
  });
}
