import {
  usualSetup,
  type Command,
  type CommandKind,
  type Contract,
  type Program,
  type RuleName,
  type Setup,
} from '../oracle/index.ts';
import { coreAlphabet, isSame, plainAlphabet, specialAlphabet, twoLaneAlphabet, wholeAlphabet } from './letters.ts';
import type { Outcome, Runs } from './runs.ts';
import { everySequenceBy } from './tree.ts';

/** That nothing shorter fails: every sequence of these letters up to this length was tried in the usual setup, and does not. */
export interface Certificate {
  readonly letters: readonly Command[];
  readonly length: number;
}

export interface Smallest {
  readonly program: Program;
  readonly certificate: Certificate;
}

/**
 * Of all programs that break the rule the first, the shortest first and then in the order of their letters, as far as that
 * can be searched. So one defect comes to one text, whichever program chance has found. What needs nothing special and
 * shows without an epilogue is preferred, even where it is a little longer.
 */
export async function smallest(runs: Runs, rule: RuleName, found: Program, epilogue: boolean): Promise<Smallest> {
  const search = new Search(runs, rule, epilogue);
  for (let program = found; ;) {
    const better = await search.better(program);
    if (better === undefined) return { program, certificate: search.certificateFor(program) };
    program = better;
  }
}

/** Where a length of a family takes more, that family is not gone into any further. */
const MOST = { looks: 50_000, runs: 3_500 };
/** The same for each of the many setups near the usual one. */
const MOST_NEAR = { looks: 1_000, runs: 300 };

/** What hardly a program goes without. */
const KERNEL: readonly CommandKind[] = ['enqueue', 'complete', 'advance'];

/** Programs that are searched together, those of one length after those that are shorter. */
interface Family {
  readonly setup: Setup;
  readonly letters: readonly Command[];
  readonly most: { readonly looks: number; readonly runs: number };
}

class Search {
  #certificate: Certificate = { letters: [], length: 0 };
  readonly #contract: Contract;
  readonly #runs: Runs;
  readonly #rule: RuleName;
  readonly #usual: Setup;
  readonly #nearUsual: ReturnType<typeof nearUsual>;
  readonly #core: readonly Command[];
  readonly #kernel: readonly Command[];
  /** What most programs are made of. */
  readonly #common: readonly Family[];
  readonly #whole: readonly Command[];
  /** Where each letter stands in the order of all. */
  readonly #places: ReadonlyMap<string, number>;
  /** Families in which nothing was found, and to which length. */
  readonly #barren = new Map<string, number>();
  #epilogue: boolean;

  constructor(runs: Runs, rule: RuleName, epilogue: boolean) {
    const { contract } = runs;
    this.#contract = contract;
    this.#runs = runs;
    this.#rule = rule;
    this.#epilogue = epilogue;
    this.#usual = usualSetup(contract);
    this.#nearUsual = nearUsual(contract);
    this.#core = coreAlphabet(contract);
    this.#kernel = this.#core.filter(({ do: kind }) => KERNEL.includes(kind));
    const common = [this.#core, plainAlphabet(contract), specialAlphabet(contract), twoLaneAlphabet(contract)];
    this.#common = common.map((letters) => ({ setup: this.#usual, letters, most: MOST }));
    this.#whole = wholeAlphabet(contract);
    this.#places = new Map(this.#whole.map((letter, place) => [JSON.stringify(letter), place]));
  }

  /** What has been tried that is shorter than this program. */
  certificateFor({ commands }: Program): Certificate {
    const { letters, length } = this.#certificate;
    return { letters, length: Math.min(length, commands.length - 1) };
  }

  /** A program that comes before this one; undefined if none is found. */
  async better(program: Program): Promise<Program | undefined> {
    // In plain words, without an epilogue: it may take a little longer to say.
    const longest = sizeOf(program) + (this.#epilogue ? 2 : 0);
    for await (const plain of this.#firsts(this.#common, longest, false)) {
      this.#epilogue = false;
      return isSame(plain, program) ? undefined : plain;
    }
    for await (const first of this.#firsts(this.#families(program), sizeOf(program), this.#epilogue))
      if (this.#comesBefore(first, program)) return first;
    return this.#withOneChanged(program);
  }

  /** Where a program may be that comes before this one, what is nearest to it first. */
  #families({ setup, commands }: Program): readonly Family[] {
    const [, plain, special, twoLane] = this.#common.map(({ letters }) => letters);
    const { one, two } = this.#nearUsual;
    const own = this.#inOrder(commands);
    // Whoever calls from inside might call from outside instead.
    const outside = this.#inOrder([...this.#kernel, ...commands.map((one) => (one.do === 'call from' ? one.call : one))]);
    const times = commands.some(isTime) ? this.#whole.filter(isTime) : [];
    const kin = this.#whole.filter((letter) => commands.some((one) => this.#isKin(letter, one)));
    const akin = [own, outside, [...this.#kernel, ...own], [...times, ...own], [...this.#core, ...kin]];
    const isUsual = isSame(setup, this.#usual);
    return [
      ...this.#within(isUsual ? [setup] : [this.#usual, setup], akin, MOST),
      ...this.#within(one, [own], MOST_NEAR),
      ...(isUsual ? [] : this.#within(one, [this.#core, special!, twoLane!], MOST_NEAR)),
      // What needs two parameters that are not usual may need another two.
      ...(isUsual || one.some((near) => isSame(near, setup)) ? [] : this.#within(two, [own, plain!, special!], MOST_NEAR)),
    ];
  }

  #within(setups: readonly Setup[], alphabets: readonly (readonly Command[])[], most: Family['most']): Family[] {
    return setups.flatMap((setup) => alphabets.map((some) => ({ setup, letters: this.#inOrder(some), most })));
  }

  /** The shorter one, else the one with fewer parameters that are not usual, else the one with the earlier letters. */
  #comesBefore(one: Program, other: Program): boolean {
    const rank = ({ setup, commands }: Program): number[] => [
      sizeOf({ setup, commands }),
      commands.filter(isCall).length,
      this.#oddityOf(setup),
      ...commands.map((command) => this.#placeOf(command)),
    ];
    const ranks = rank(other);
    const [mine, others] = rank(one).flatMap((value, place) => (value === ranks[place] ? [] : [[value, ranks[place]!]]))[0] ?? [0, 0];
    return mine! < others!;
  }

  /** Where a setup stands among those near the usual one. */
  #oddityOf(setup: Setup): number {
    const { one, two } = this.#nearUsual;
    const place = [this.#usual, ...one, ...two].findIndex((near) => isSame(near, setup));
    return place === -1 ? Infinity : place;
  }

  #inOrder(letters: readonly Command[]): readonly Command[] {
    const places = new Set(letters.map((letter) => this.#placeOf(letter)));
    return this.#whole.filter((_, place) => places.has(place));
  }

  async #withOneChanged({ setup, commands }: Program): Promise<Program | undefined> {
    for (const [place, own] of commands.entries()) {
      for (const letter of this.#whole.slice(0, this.#placeOf(own))) {
        if (isCall(letter) && !isCall(own)) continue;
        const changed = { setup, commands: commands.with(place, letter) };
        if (await this.#fails(changed)) return changed;
      }
    }
    return undefined;
  }

  /** As special as the other, which says that something is so by naming it, and not after it. */
  #isKin(letter: Command, other: Command): boolean {
    return (
      letter.do === other.do &&
      isSame(Object.keys(letter), Object.keys(other)) &&
      this.#placeOf(letter) <= this.#placeOf(other)
    );
  }

  #placeOf(letter: Command): number {
    return this.#places.get(JSON.stringify(letter)) ?? -1;
  }

  async #fails(program: Program): Promise<boolean> {
    return (await this.#runs.of(program, this.#epilogue)).broken === this.#rule;
  }

  /** Of each family the first that breaks the rule, the shortest first, then in the order of the families. */
  async *#firsts(families: readonly Family[], longest: number, epilogue: boolean): AsyncGenerator<Program> {
    for (let length = 1; length <= longest; length += 1) {
      for (const family of families) {
        const first = await this.#firstOfLength(family, length, epilogue);
        if (first !== undefined) yield first;
      }
    }
  }

  async #firstOfLength(family: Family, longest: number, epilogue: boolean): Promise<Program | undefined> {
    const name = JSON.stringify([family, epilogue]);
    if ((this.#barren.get(name) ?? 0) >= longest) return undefined;
    const asking = epilogue ? undefined : this.#rule;
    const sequences = { ...family, longest, epilogue, asking };
    const run = (program: Program): Promise<Outcome> => this.#runs.of(program, epilogue);
    for await (const { program, run: outcome } of everySequenceBy(run, this.#contract, sequences)) {
      // What shows with the epilogue is not ruled out by runs without one.
      const isProof = family.setup === this.#usual && (epilogue || !this.#epilogue);
      if (isProof) this.#certify(family.letters, program.commands.length - 1);
      if (outcome.broken === this.#rule) return program;
    }
    this.#barren.set(name, longest);
    return undefined;
  }

  #certify(letters: readonly Command[], length: number): void {
    const best = this.#certificate;
    const isBetter = length === best.length ? letters.length > best.letters.length : length > best.length;
    if (isBetter) this.#certificate = { letters, length };
  }
}

/** Setups with one parameter that is not usual, and with two. */
function nearUsual(contract: Contract): { readonly one: readonly Setup[]; readonly two: readonly Setup[] } {
  const usual = usualSetup(contract);
  const changes = Object.entries<readonly (number | string)[]>(contract.setups).flatMap(([name, values]) =>
    [...new Set(values)].slice(1).map((value) => ({ [name]: value })),
  );
  const pairs = changes.flatMap((change, place) => changes.slice(place + 1).map((other) => ({ ...change, ...other })));
  const isTwo = (pair: object): boolean => Object.keys(pair).length === 2;
  return {
    one: changes.map((change) => ({ ...usual, ...change })),
    two: pairs.filter(isTwo).map((pair) => ({ ...usual, ...pair })),
  };
}

function isCall({ do: kind }: Command): boolean {
  return kind === 'call from';
}

function isTime({ do: kind }: Command): boolean {
  return kind === 'advance' || kind === 'oversleep';
}

/** A call from inside takes as much to understand as three commands: who is called, when, and what he does. */
function sizeOf({ commands }: Program): number {
  return commands.reduce((size, command) => size + (isCall(command) ? 3 : 1), 0);
}
