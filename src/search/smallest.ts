import {
  drive,
  usualSetup,
  type Adapter,
  type Command,
  type Contract,
  type Program,
  type RuleName,
  type Setup,
} from '../oracle/index.ts';
import { coreAlphabet, isSame, plainAlphabet, specialAlphabet, twoLaneAlphabet, wholeAlphabet } from './letters.ts';
import { everySequence, type Sequences } from './tree.ts';

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
export async function smallest(adapter: Adapter, rule: RuleName, found: Program, epilogue: boolean): Promise<Smallest> {
  const search = new Search(adapter, rule, epilogue);
  for (let program = found; ;) {
    const better = await search.better(program);
    if (better === undefined) return { program, certificate: search.certificateFor(program) };
    program = better;
  }
}

/** A search that takes more runs is given up there. */
const MOST_RUNS = 10_000;
/** A program that is longer is not looked for in the many setups near the usual one. */
const MOST_NEAR = 4;

/** What is searched for a program that comes before another: in each of these setups. */
interface Reach extends Omit<Sequences, 'setup'> {
  readonly setups: readonly Setup[];
  readonly epilogue: boolean;
  readonly isPlain: boolean;
}

class Search {
  #certificate: Certificate = { letters: [], length: 0 };
  readonly #adapter: Adapter;
  readonly #rule: RuleName;
  readonly #usual: Setup;
  readonly #core: readonly Command[];
  /** What most programs are made of. */
  readonly #common: readonly (readonly Command[])[];
  readonly #whole: readonly Command[];
  /** Where each letter stands in the order of all. */
  readonly #places: ReadonlyMap<string, number>;
  /** Searches that have found nothing, and to which length. */
  readonly #barren = new Map<string, number>();
  #epilogue: boolean;

  constructor(adapter: Adapter, rule: RuleName, epilogue: boolean) {
    const { contract } = adapter;
    this.#adapter = adapter;
    this.#rule = rule;
    this.#epilogue = epilogue;
    this.#usual = usualSetup(contract);
    this.#core = coreAlphabet(contract);
    this.#common = [plainAlphabet(contract), specialAlphabet(contract), twoLaneAlphabet(contract)];
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
    for (const reach of this.#reaches(program)) {
      const first = await this.#first(reach);
      if (first === undefined) continue;
      this.#epilogue = reach.epilogue;
      if (!isSame(first, program)) return first;
      // Nothing comes before what is first among plain programs.
      if (reach.isPlain) return undefined;
    }
    return this.#withOneChanged(program);
  }

  /** Where to look, what is most worth while first. */
  *#reaches({ setup, commands }: Program): Generator<Reach> {
    // In plain words, without an epilogue: it may take a little longer to say.
    const longest = sizeOf(commands) + (this.#epilogue ? 2 : 0);
    for (const letters of this.#common) {
      yield { setups: [this.#usual], letters, longest, epilogue: false, isPlain: true };
    }
    // Over the letters of the program, with all ways of letting time pass, and with more of their kind.
    const setups = isSame(setup, this.#usual) ? [setup] : [this.#usual, setup];
    const times = commands.some(isTime) ? this.#whole.filter(isTime) : [];
    const kin = this.#whole.filter((letter) => commands.some((one) => this.#isKin(letter, one)));
    for (const some of [
      [...times, ...commands],
      [...this.#core, ...kin],
    ]) {
      const places = new Set(some.map((letter) => this.#placeOf(letter)));
      const letters = this.#whole.filter((_, place) => places.has(place));
      yield { setups, letters, longest: commands.length, epilogue: this.#epilogue, isPlain: false };
    }
    // Where the setup is special another one may show it sooner.
    if (!isSame(setup, this.#usual) && commands.length <= MOST_NEAR) {
      const letters = commands.length < MOST_NEAR ? this.#common[2]! : this.#core;
      const near = nearUsual(this.#adapter.contract);
      yield { setups: near, letters, longest: commands.length - 1, epilogue: this.#epilogue, isPlain: false };
    }
  }

  async #withOneChanged({ setup, commands }: Program): Promise<Program | undefined> {
    for (const [place, own] of commands.entries()) {
      for (const letter of this.#whole.slice(0, this.#placeOf(own))) {
        if (letter.do === 'call from' && own.do !== 'call from') continue;
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
    const { divergence } = await drive(this.#adapter, program, { epilogue: this.#epilogue });
    return divergence?.rule === this.#rule;
  }

  async #first({ setups, letters, longest, epilogue }: Reach): Promise<Program | undefined> {
    for (const setup of setups) {
      const search = JSON.stringify([setup, letters, epilogue]);
      if ((this.#barren.get(search) ?? 0) >= longest) continue;
      let runs = 0;
      for await (const { program, run } of everySequence(this.#adapter, { setup, letters, longest, epilogue })) {
        // What shows with the epilogue is not ruled out by runs without one.
        const isProof = setup === this.#usual && (epilogue || !this.#epilogue);
        if (isProof) this.#certify(letters, program.commands.length - 1);
        if (run.divergence?.rule === this.#rule) return program;
        runs += 1;
        if (runs === MOST_RUNS) break;
      }
      this.#barren.set(search, longest);
    }
    return undefined;
  }

  #certify(letters: readonly Command[], length: number): void {
    if (length > this.#certificate.length) this.#certificate = { letters, length };
  }
}

/** Setups with up to two parameters that are not usual, those with one first. */
function nearUsual(contract: Contract): readonly Setup[] {
  const usual = usualSetup(contract);
  const changes = Object.entries<readonly (number | string)[]>(contract.setups).flatMap(([name, values]) =>
    [...new Set(values)].slice(1).map((value) => ({ [name]: value })),
  );
  const pairs = changes.flatMap((one, place) =>
    changes.slice(place + 1).map((other) => ({ ...usual, ...one, ...other })),
  );
  return [...changes.map((one) => ({ ...usual, ...one })), ...pairs];
}

function isTime({ do: kind }: Command): boolean {
  return kind === 'advance' || kind === 'oversleep';
}

/** A call from inside takes as much to understand as three commands: who is called, when, and what he does. */
function sizeOf(commands: readonly Command[]): number {
  return commands.reduce((size, command) => size + (command.do === 'call from' ? 3 : 1), 0);
}
