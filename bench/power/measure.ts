import { naiveCampaign } from '../naive/harness.ts';
import type { Adapter, Program } from '../../src/oracle/index.ts';
import { campaign, type Certificate } from '../../src/search/index.ts';
import { sizeOf } from '../../src/search/order.ts';
import type { Smallest } from '../../src/search/smallest.ts';
import { shortest } from '../../src/search/shortest.ts';
import type { ZooMember } from '../../test/zoo/index.ts';
import { USUAL_BUDGET } from '../../src/search/budget.ts';

/** What the harness is only compared with gets no more seeds than this: what it does not find takes the whole budget. */
const MOST_COMPARED = 10;

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
  readonly certificate: Certificate;
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
  const shorten = shortener(member);
  const shrunk: Shrunk[] = [];
  const usual = await each(seeds, async (seed) => {
    const found = await find(await member.load(), member, { seed });
    if (found !== undefined) shrunk.push(await shorten(found.program));
    return found;
  });
  const compared = Math.min(seeds, MOST_COMPARED);
  const chance = await each(compared, async (seed) => find(await member.load(), member, { seed, exhaustiveTo: 0 }));
  const naiveLengths: number[] = [];
  const naive = await each(compared, async (seed) => {
    const start = performance.now();
    const { found } = await naiveCampaign(await member.load(), { seed, budget: USUAL_BUDGET, until: member.rule });
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
  adapter: Adapter,
  { rule }: ZooMember,
  options: { readonly seed: number; readonly exhaustiveTo?: number },
): Promise<(Found & { readonly program: Program }) | undefined> {
  const start = performance.now();
  let found: Found | undefined;
  const onBroken = (broken: string, commands: number): void => {
    if (broken === rule) found = { commands, ms: performance.now() - start };
  };
  const { rules } = await campaign(adapter, {
    ...options,
    budget: USUAL_BUDGET,
    until: rule,
    onBroken,
    shorten: false,
  });
  const { counterexample } = rules[rule];
  if (found === undefined || counterexample === undefined) return undefined;
  return { ...found, program: { setup: counterexample.setup, commands: counterexample.commands } };
}

/** Makes what was found short, as a campaign does. What comes of a program depends on nothing else: each is made short once. */
function shortener({ rule, load }: ZooMember): (program: Program) => Promise<Shrunk> {
  const known = new Map<string, Shrunk>();
  return async (found) => {
    const name = JSON.stringify(found);
    const start = performance.now();
    const shrunk = known.get(name) ?? inWords(await shortest(await load(), rule, found), start);
    known.set(name, shrunk);
    return shrunk;
  };
}

function inWords(smallest: Smallest | undefined, start: number): Shrunk {
  const { program, certificate } = smallest!;
  const text = JSON.stringify([program.setup, program.commands]);
  return { size: sizeOf(program), text, ms: performance.now() - start, certificate };
}
