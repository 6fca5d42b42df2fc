import {
  promises,
  RULE_NAMES,
  TESTED_DIRECTLY,
  usualSetup,
  type Adapter,
  type Command,
  type RuleName,
} from '../oracle/index.ts';
import { promisedOf, type Progress, type RuleVerdict } from './campaign.ts';
import { everySequence, type Visit } from './tree.ts';

/** What is known of a queue once every sequence of an alphabet was tried. Plain JSON. */
export interface Exhaustive {
  readonly subject: string;
  /** The alphabet. */
  readonly letters: readonly Command[];
  /** Sequences had up to so many commands. */
  readonly depth: number;
  /** How many sequences that are. Those of which it is certain that they add nothing were not carried out. */
  readonly sequences: number;
  /** How many were. */
  readonly runs: number;
  /** How many commands of theirs meant something and were carried out. */
  readonly commands: number;
  /** False if it was stopped before the last sequence. */
  readonly isWhole: boolean;
  readonly rules: Readonly<Record<RuleName, RuleVerdict>>;
}

export interface ExhaustiveOptions {
  readonly letters: readonly Command[];
  readonly depth: number;
  /** Ends after so many runs. Default: none. */
  readonly mostRuns?: number;
  /** Told after each run. */
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the search once it aborts. */
  readonly signal?: AbortSignal;
}

/**
 * Carries out every sequence of an alphabet on the real queue, in the usual setup, the shortest first. So the first that
 * breaks a rule is one of the shortest that do, and nothing has to be made short. What shows by commands alone is preferred
 * to what is shorter and shows only when the run is brought to its end.
 */
export async function exhaustive(adapter: Adapter, options: ExhaustiveOptions): Promise<Exhaustive> {
  return new Search(adapter, options).run();
}

class Search {
  readonly #adapter: Adapter;
  readonly #options: ExhaustiveOptions;
  readonly #share: ShareDone;
  readonly #exercised = new Map<RuleName, number>();
  readonly #broken = new Map<RuleName, Visit>();
  #commands = 0;
  #runs = 0;
  #isWhole = true;

  constructor(adapter: Adapter, options: ExhaustiveOptions) {
    this.#adapter = adapter;
    this.#options = options;
    this.#share = new ShareDone(options.depth);
  }

  async run(): Promise<Exhaustive> {
    const { letters, depth, signal, mostRuns = Infinity } = this.#options;
    const setup = usualSetup(this.#adapter.contract);
    // What a queue does not come back from is begun before it can be counted: then nothing is begun.
    const longest = mostRuns === 0 ? 0 : depth;
    if (longest < depth) this.#isWhole = false;
    for await (const visit of everySequence(this.#adapter, { setup, letters, longest })) {
      this.#note(visit);
      if (signal?.aborted !== true && this.#runs < mostRuns) continue;
      this.#isWhole = false;
      break;
    }
    return this.#found();
  }

  #note(visit: Visit): void {
    const { program, run } = visit;
    this.#runs += 1;
    this.#commands += run.commands;
    for (const [rule, times] of run.exercised) this.#exercised.set(rule, (this.#exercised.get(rule) ?? 0) + times);
    this.#noteBroken(visit);
    this.#share.note(program.commands, run.stateAfter !== undefined);
    const [reached, broken] = [promisedOf(this.#adapter, this.#exercised), this.#broken.size];
    this.#options.onProgress?.({
      commands: this.#commands,
      runs: this.#runs,
      share: this.#share.value,
      reached,
      broken,
    });
  }

  /** A reader should see every step: what commands show is preferred to what only the end of a run does. */
  #noteBroken(visit: Visit): void {
    const rule = visit.run.divergence?.rule;
    if (rule === undefined) return;
    const known = this.#broken.get(rule);
    if (known === undefined || (isAtEnd(known) && !isAtEnd(visit))) this.#broken.set(rule, visit);
  }

  #found(): Exhaustive {
    const { letters, depth } = this.#options;
    const rules = Object.fromEntries(RULE_NAMES.map((rule) => [rule, this.#verdict(rule)]));
    return {
      subject: this.#adapter.name,
      letters,
      depth,
      sequences: sequencesOf(letters.length, depth),
      runs: this.#runs,
      commands: this.#commands,
      isWhole: this.#isWhole,
      rules: rules as Record<RuleName, RuleVerdict>,
    };
  }

  #verdict(rule: RuleName): RuleVerdict {
    const { contract, name: subject } = this.#adapter;
    const exercised = this.#exercised.get(rule) ?? 0;
    if (!promises(contract, rule)) return { status: 'not-promised', exercised: 0 };
    if (TESTED_DIRECTLY.includes(rule)) return { status: 'tested', exercised: 0 };
    const broken = this.#broken.get(rule);
    if (broken === undefined) return { status: exercised > 0 ? 'holds' : 'not-reached', exercised };
    const { program } = broken;
    const certificate = { letters: this.#options.letters, length: program.commands.length - 1 };
    return { status: 'broken', exercised, counterexample: { format: 1, subject, rule, ...program }, certificate };
  }
}

/** The commands had all been carried out by then. */
function isAtEnd({ run }: Visit): boolean {
  return run.stateAfter !== undefined;
}

/** How many sequences there are, from one command to the longest. */
export function sequencesOf(letters: number, depth: number): number {
  let all = 0;
  for (let length = 1; length <= depth; length += 1) all += letters ** length;
  return all;
}

/**
 * How much of a search of every sequence is done. How many there will be is known only at the end: each length is taken to
 * have as many times more than the one before as that had, or as letters come to one beginning.
 */
class ShareDone {
  readonly #depth: number;
  #length = 0;
  /** Runs of the lengths that are done, and of the last of them. */
  #before = 0;
  #last = 1;
  /** How many beginnings this length has, how many of them were gone on from, and how many there are for the next. */
  #beginnings = 1;
  #begun = 0;
  #next = 0;
  #runs = 0;
  #beginning: readonly Command[] | undefined;

  constructor(depth: number) {
    this.#depth = depth;
  }

  note(commands: readonly Command[], goesOn: boolean): void {
    if (commands.length !== this.#length) this.#lengthen(commands.length);
    const isSame = this.#beginning?.every((one, place) => one === commands[place]) ?? false;
    if (!isSame) {
      this.#beginning = commands.slice(0, -1);
      this.#begun += 1;
    }
    this.#runs += 1;
    if (goesOn) this.#next += 1;
  }

  #lengthen(length: number): void {
    this.#before += this.#runs;
    this.#last = Math.max(1, this.#runs);
    this.#beginnings = Math.max(1, this.#next);
    [this.#length, this.#runs, this.#begun, this.#next, this.#beginning] = [length, 0, 0, 0, undefined];
  }

  get value(): number {
    // The beginning that is being gone on from is half done.
    const ofThis = (this.#runs * this.#beginnings) / Math.max(1, this.#begun - 0.5);
    const ratio = this.#length === 1 ? ofThis : ofThis / this.#last;
    let expected = this.#before + ofThis;
    for (let length = this.#length + 1, many = ofThis; length <= this.#depth; length += 1) {
      many *= ratio;
      expected += many;
    }
    return Math.min(1, (this.#before + this.#runs) / expected);
  }
}
