import fc from 'fast-check';
import {
  drive,
  promises,
  RULE_NAMES,
  TESTED_DIRECTLY,
  usualSetup,
  type Adapter,
  type Command,
  type Program,
  type RuleName,
  type Run,
  type Setup,
} from '../oracle/index.ts';
import { USUAL_BUDGET } from './budget.ts';
import { ProgramArbitrary, type Ingredients } from './draw.ts';
import { coreAlphabet, plainAlphabet } from './letters.ts';
import { Order } from './order.ts';
import { scenes } from './scenes.ts';
import { shortest } from './shortest.ts';
import type { Certificate, Smallest } from './smallest.ts';
import { everySequence } from './tree.ts';

/** A program that breaks a rule, as data: enough to see it again. */
export interface Counterexample {
  readonly format: 1;
  readonly subject: string;
  readonly rule: RuleName;
  readonly setup: Setup;
  readonly commands: readonly Command[];
}

/**
 * - `holds`: demanded at least once, and never found broken;
 * - `broken`: found broken;
 * - `not-promised`: left out of the contract;
 * - `not-reached`: never demanded, which proves nothing;
 * - `tested`: not shown by commands, but by tests of the queue's own.
 */
export type Status = 'holds' | 'broken' | 'not-promised' | 'not-reached' | 'tested';

export interface RuleVerdict {
  readonly status: Status;
  /** How many times the rule demanded something. */
  readonly exercised: number;
  readonly counterexample?: Counterexample;
  /** How far it is known that nothing shorter breaks the rule. */
  readonly certificate?: Certificate;
  /** Where the queue never came back from a command of the counterexample. */
  readonly stuck?: Stuck;
}

/** A queue that never came back, and had to be stopped from outside. */
export interface Stuck {
  readonly how: 'loops for ever' | 'exhausts the memory' | 'ends the process';
  /** The command from which it did not come back, from 1; one more than there are where that was in the epilogue. */
  readonly place: number;
}

/** What a campaign found. Plain JSON, and the same for the same seed. */
export interface Report {
  readonly subject: string;
  readonly seed: number;
  readonly commands: number;
  readonly runs: number;
  readonly rules: Readonly<Record<RuleName, RuleVerdict>>;
}

/** How far a search has come. */
export interface Progress {
  readonly commands: number;
  readonly runs: number;
  /** How much of it is done, from 0 to 1. */
  readonly share: number;
  /** How many rules have demanded something. */
  readonly reached: number;
  /** How many were found broken. */
  readonly broken: number;
}

export interface CampaignOptions {
  /** Default 1. */
  readonly seed?: number;
  /** How many commands are carried out before it ends; those of shrinking are not counted. Default 100 000. */
  readonly budget?: number;
  /** The campaign opens with every sequence of the core alphabet up to this length, and more. Default 3; 0 for no opening. */
  readonly exhaustiveTo?: number;
  /** End as soon as this rule is found broken; what else is found broken on the way is not made short. */
  readonly until?: RuleName;
  /** Default true. Otherwise what is found broken is left as long as chance has made it. */
  readonly shorten?: boolean;
  /** What programs are drawn with. Default: everything. */
  readonly ingredients?: Partial<Ingredients>;
  /** Told when a rule is first found broken, before that is made short. */
  readonly onBroken?: (rule: RuleName, commands: number) => void;
  /** Told after each run. */
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Ends the campaign once it aborts: what was found so far is the report. What was being made short then stays as it was
   * found.
   */
  readonly signal?: AbortSignal;
}

/** Puts a queue to the test until the budget is spent; each rule that breaks gets its own shortest counterexample. */
export async function campaign(adapter: Adapter, options: CampaignOptions = {}): Promise<Report> {
  return new Campaign(adapter, options).run();
}

/** A program, as far as it was needed, and the rule that it breaks. */
interface Finding {
  readonly rule: RuleName;
  readonly program: Program;
}

/** The golden ratio's share of 2³²: seeds that follow each other by it do not meet for long. */
const SEED_STEP = 0x9e3779b9;

class Campaign {
  readonly #adapter: Adapter;
  readonly #seed: number;
  readonly #budget: number;
  readonly #exhaustiveTo: number;
  readonly #until: RuleName | undefined;
  readonly #shorten: boolean;
  readonly #ingredients: Partial<Ingredients>;
  readonly #onBroken: ((rule: RuleName, commands: number) => void) | undefined;
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #exercised = new Map<RuleName, number>();
  readonly #broken = new Map<RuleName, Smallest>();
  #commands = 0;
  #runs = 0;

  constructor(adapter: Adapter, options: CampaignOptions) {
    this.#adapter = adapter;
    this.#seed = options.seed ?? 1;
    this.#budget = options.budget ?? USUAL_BUDGET;
    this.#exhaustiveTo = options.exhaustiveTo ?? 3;
    this.#until = options.until;
    this.#shorten = options.shorten ?? true;
    this.#ingredients = options.ingredients ?? {};
    this.#onBroken = options.onBroken;
    this.#onProgress = options.onProgress;
    this.#signal = options.signal;
  }

  async run(): Promise<Report> {
    if (this.#exhaustiveTo > 0) await this.#open();
    for (let round = 0; !this.#isOver; round += 1) await this.#drawUntilBroken((this.#seed + round * SEED_STEP) | 0);
    return this.#report();
  }

  get #isOver(): boolean {
    if (this.#signal?.aborted === true) return true;
    return this.#commands >= this.#budget || (this.#until !== undefined && this.#broken.has(this.#until));
  }

  /**
   * Every sequence of the core alphabet to the length asked for; then of all plain letters, and of the core in the setups
   * near the usual one, to one less; then each call from inside.
   */
  async #open(): Promise<void> {
    const { contract } = this.#adapter;
    const setup = usualSetup(contract);
    const [core, shorter] = [coreAlphabet(contract), this.#exhaustiveTo - 1];
    const scopes = [
      { setup, letters: core, longest: this.#exhaustiveTo },
      { setup, letters: plainAlphabet(contract), longest: shorter },
      ...new Order(contract).near.one.map((near) => ({ setup: near, letters: core, longest: shorter })),
    ];
    for (const scope of scopes) {
      for await (const { program, run } of everySequence(this.#adapter, scope)) {
        if (this.#isOver) return;
        const found = this.#count(program, run);
        if (found !== undefined) await this.#note(found);
      }
    }
    for (const program of scenes(contract, setup)) {
      if (this.#isOver) return;
      const found = await this.#search(program);
      if (found !== undefined) await this.#note(found);
    }
  }

  /** Draws programs until one breaks a rule that was not yet known to be broken. */
  async #drawUntilBroken(seed: number): Promise<void> {
    let found: Finding | undefined;
    const programs = new ProgramArbitrary(this.#adapter.contract, this.#ingredients);
    const property = fc.asyncProperty(programs, async (program) => {
      fc.pre(!this.#isOver);
      found = await this.#search(program);
      return found === undefined;
    });
    const options = { seed, numRuns: this.#budget, maxSkipsPerRun: 0, endOnFailure: true };
    await fc.check(property, options);
    if (found !== undefined) await this.#note(found);
  }

  async #note({ rule, program }: Finding): Promise<void> {
    this.#onBroken?.(rule, this.#commands);
    const isWanted = this.#shorten && (this.#until === undefined || this.#until === rule);
    const asFound = { program, certificate: { letters: [], length: 0 } };
    const short = isWanted ? await shortest(this.#adapter, rule, program, this.#signal) : undefined;
    this.#broken.set(rule, short ?? asFound);
  }

  /** Runs a program on the budget; says which rule it breaks and how far it took, if that was not yet known to be broken. */
  async #search(program: Program): Promise<Finding | undefined> {
    return this.#count(program, await drive(this.#adapter, program));
  }

  #count(program: Program, run: Run): Finding | undefined {
    this.#commands += run.commands;
    this.#runs += 1;
    for (const [rule, times] of run.exercised) this.#exercised.set(rule, this.#timesExercised(rule) + times);
    this.#onProgress?.(this.#progress);
    const rule = run.divergence?.rule;
    if (rule === undefined || this.#broken.has(rule)) return undefined;
    return { rule, program: { ...program, commands: program.commands.slice(0, run.reached) } };
  }

  get #progress(): Progress {
    const share = Math.min(1, this.#commands / this.#budget);
    const [reached, broken] = [promisedOf(this.#adapter, this.#exercised), this.#broken.size];
    return { commands: this.#commands, runs: this.#runs, share, reached, broken };
  }

  #timesExercised(rule: RuleName): number {
    return this.#exercised.get(rule) ?? 0;
  }

  #report(): Report {
    const rules = Object.fromEntries(RULE_NAMES.map((rule) => [rule, this.#verdict(rule)]));
    return {
      subject: this.#adapter.name,
      seed: this.#seed,
      commands: this.#commands,
      runs: this.#runs,
      rules: rules as Record<RuleName, RuleVerdict>,
    };
  }

  #verdict(rule: RuleName): RuleVerdict {
    const exercised = this.#timesExercised(rule);
    if (!promises(this.#adapter.contract, rule)) return { status: 'not-promised', exercised: 0 };
    if (TESTED_DIRECTLY.includes(rule)) return { status: 'tested', exercised: 0 };
    const broken = this.#broken.get(rule);
    if (broken === undefined) return { status: exercised > 0 ? 'holds' : 'not-reached', exercised };
    const { program, certificate } = broken;
    const subject = this.#adapter.name;
    return { status: 'broken', exercised, counterexample: { format: 1, subject, rule, ...program }, certificate };
  }
}

/** How many of these rules are promised: those that are not may demand something all the same, and nobody asks. */
export function promisedOf({ contract }: Adapter, rules: ReadonlyMap<RuleName, number>): number {
  let promised = 0;
  for (const rule of rules.keys()) if (promises(contract, rule)) promised += 1;
  return promised;
}
