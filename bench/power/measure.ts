import { naiveCampaign } from '../naive/harness.ts';
import { campaign, type Certificate, type Counterexample } from '../../src/search/index.ts';
import { sizeOf } from '../../src/search/order.ts';
import type { ZooMember } from '../../test/zoo/index.ts';

const BUDGET = 50_000;

/** What a child is asked. */
export interface Errand {
  readonly member: string;
  readonly seeds: number;
}

/** How soon a defect was found, for each seed that found it. */
export interface Detections {
  readonly trials: number;
  readonly commands: readonly number[];
  readonly ms: readonly number[];
}

/** What a defect was shrunk to, for each seed. */
export interface Shrunk {
  /** A call from inside counts for three commands. */
  readonly size: number;
  readonly text: string;
  readonly ms: number;
  readonly certificate: Certificate | undefined;
}

export interface Power {
  readonly name: string;
  /** As a user runs it: the opening, then chance. */
  readonly usual: Detections;
  readonly shrunk: readonly Shrunk[];
  /** Without the opening. */
  readonly chance: Detections;
  readonly naive: Detections;
  readonly naiveLengths: readonly number[];
}

/** Puts one defect to all the tests, for seeds from 1 on. */
export async function measure(member: ZooMember, seeds: number): Promise<Power> {
  const shrunk: Shrunk[] = [];
  const usual = await each(seeds, async (seed) => {
    const found = await find(member, seed, { shorten: true });
    if (found?.shrunk !== undefined) shrunk.push(found.shrunk);
    return found;
  });
  const chance = await each(seeds, (seed) => find(member, seed, { exhaustiveTo: 0, shorten: false }));
  const naiveLengths: number[] = [];
  const naive = await each(seeds, async (seed) => {
    const start = performance.now();
    const { found } = await naiveCampaign(await member.load(), { seed, budget: BUDGET, until: member.rule });
    if (found === undefined) return undefined;
    naiveLengths.push(found.length);
    return { commands: found.commands, ms: performance.now() - start };
  });
  return { name: member.name, usual, shrunk, chance, naive, naiveLengths };
}

interface Found {
  readonly commands: number;
  readonly ms: number;
}

async function each(seeds: number, one: (seed: number) => Promise<Found | undefined>): Promise<Detections> {
  const found: Found[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) found.push(...[await one(seed)].filter((it) => it !== undefined));
  return { trials: seeds, commands: found.map(({ commands }) => commands), ms: found.map(({ ms }) => ms) };
}

async function find(
  { rule, load }: ZooMember,
  seed: number,
  options: { exhaustiveTo?: number; shorten: boolean },
): Promise<(Found & { readonly shrunk: Shrunk | undefined }) | undefined> {
  const adapter = await load();
  const start = performance.now();
  let found: Found | undefined;
  const onBroken = (broken: string, commands: number): void => {
    if (broken === rule) found = { commands, ms: performance.now() - start };
  };
  const { rules } = await campaign(adapter, { seed, budget: BUDGET, until: rule, onBroken, ...options });
  if (found === undefined) return undefined;
  const { counterexample, certificate } = rules[rule];
  const ms = performance.now() - start - found.ms;
  const isShrunk = options.shorten && counterexample !== undefined;
  return { ...found, shrunk: isShrunk ? { ...inWords(counterexample), ms, certificate } : undefined };
}

function inWords({ setup, commands }: Counterexample): { size: number; text: string } {
  return { size: sizeOf({ setup, commands }), text: JSON.stringify([setup, commands]) };
}
