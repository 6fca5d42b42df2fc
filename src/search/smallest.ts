import { usualSetup, type Adapter, type Command, type Program, type RuleName, type Setup } from '../oracle/index.ts';
import { coreAlphabet, isSame, plainAlphabet, wholeAlphabet } from './letters.ts';
import { everySequence } from './tree.ts';

/** A search that takes more runs than this is given up where it is. */
const MOST_RUNS = 6_000;

/** That nothing shorter fails: every sequence of these letters up to this length was tried, and does not. */
export interface Certificate {
  readonly letters: readonly Command[];
  readonly length: number;
}

export interface Smallest {
  readonly program: Program;
  readonly certificate: Certificate;
}

/**
 * Of all programs that break the rule the first, shortest first and then in the order of their letters, as far as that can
 * be searched. So one defect comes to one text, whichever program chance has found. It is looked for
 * - over the plain letters, in the usual setup: there a defect is at home that needs nothing special;
 * - over those of the core, and those of the program that was found, with all that are as special and come before them;
 * - over the letters of the program alone, once each of them has been tried in a plainer form.
 */
export async function smallest(adapter: Adapter, rule: RuleName, found: Program, epilogue: boolean): Promise<Smallest> {
  const search = new Search(adapter, rule, epilogue);
  for (let program = found; ;) {
    const better = await search.better(program);
    if (better === undefined) return { program, certificate: search.certificate };
    program = better;
  }
}

class Search {
  certificate: Certificate = { letters: [], length: 0 };
  readonly #adapter: Adapter;
  readonly #rule: RuleName;
  readonly #epilogue: boolean;
  readonly #usual: Setup;
  readonly #plain: readonly Command[];
  readonly #core: readonly Command[];
  readonly #whole: readonly Command[];

  constructor(adapter: Adapter, rule: RuleName, epilogue: boolean) {
    this.#adapter = adapter;
    this.#rule = rule;
    this.#epilogue = epilogue;
    this.#usual = usualSetup(adapter.contract);
    this.#plain = plainAlphabet(adapter.contract);
    this.#core = coreAlphabet(adapter.contract);
    this.#whole = wholeAlphabet(adapter.contract);
  }

  /** A program that comes before this one; undefined if none was found. */
  async better(program: Program): Promise<Program | undefined> {
    const own = program.commands;
    const kin = this.#whole.filter((letter) => own.some((one) => this.#isBefore(letter, one)));
    for (const letters of [this.#plain, this.#inOrder([...this.#core, ...kin]), this.#inOrder(own)]) {
      const first = await this.#first(program, letters);
      if (first !== undefined) return isSame(first, program) ? undefined : first;
    }
    return undefined;
  }

  /** As special as the other, which says that something is so by naming it, and not after it. */
  #isBefore(letter: Command, other: Command): boolean {
    const [place, otherPlace] = [letter, other].map((one) => this.#whole.findIndex((known) => isSame(known, one)));
    return isSame(Object.keys(letter), Object.keys(other)) && letter.do === other.do && place! <= otherPlace!;
  }

  #inOrder(letters: readonly Command[]): readonly Command[] {
    return this.#whole.filter((letter) => letters.some((one) => isSame(one, letter)));
  }

  /** The first program over these letters that fails, and is no longer than this one; undefined if there is none, or too many. */
  async #first({ setup: own, commands }: Program, letters: readonly Command[]): Promise<Program | undefined> {
    const setups = isSame(own, this.#usual) ? [own] : [this.#usual, own];
    for (const setup of setups) {
      let runs = 0;
      const scope = { setup, letters, longest: commands.length, epilogue: this.#epilogue };
      for await (const { program, run } of everySequence(this.#adapter, scope)) {
        this.#certify(letters, program.commands.length - 1);
        if (run.divergence?.rule === this.#rule) return program;
        runs += 1;
        if (runs > MOST_RUNS) break;
      }
    }
    return undefined;
  }

  #certify(letters: readonly Command[], length: number): void {
    if (length > this.certificate.length) this.certificate = { letters, length };
  }
}
