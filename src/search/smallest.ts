import {
  usualSetup,
  type Command,
  type CommandKind,
  type Contract,
  type Program,
  type RuleName,
  type Setup,
} from '../oracle/index.ts';
import { around, isTime } from './around.ts';
import { coreAlphabet, isSame, plainAlphabet, specialAlphabet, twoLaneAlphabet } from './letters.ts';
import { isCall, Order, sizeOf } from './order.ts';
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
 * Of all programs that break the rule the first in their order (`order.ts`), as far as that can be searched. So one defect
 * comes to one text, whichever program chance has found. Of those of one length, what needs nothing special and
 * shows without an epilogue is preferred.
 */
export async function smallest(runs: Runs, rule: RuleName, found: Program, epilogue: boolean): Promise<Smallest> {
  const search = new Search(runs, rule, epilogue);
  const program = await search.smallest(found);
  return { program, certificate: search.certificateFor(program) };
}

/** Where a length of a family takes more, that family is not gone into any further. */
const MOST = { looks: 50_000, runs: 3_500 };
/** The same where less is to be hoped for. */
const MOST_FARTHER = { looks: 15_000, runs: 1_500 };
/** The same for each of the many setups near the usual one. */
const MOST_NEAR = { looks: 1_000, runs: 300 };

/** What is common and no longer is as good as it gets. */
const SHORT = 3;
/** So many programs around one are carried out, and no more. */
const MOST_AROUND = 40_000;

/** What hardly a program goes without. */
const KERNEL: readonly CommandKind[] = ['enqueue', 'complete', 'advance'];

/** Programs that are searched together, those of one length after those that are shorter. */
interface Family {
  readonly setup: Setup;
  readonly letters: readonly Command[];
  readonly most: { readonly looks: number; readonly runs: number };
}

class Search {
  readonly #contract: Contract;
  readonly #runs: Runs;
  readonly #rule: RuleName;
  readonly #order: Order;
  readonly #usual: Setup;
  readonly #core: readonly Command[];
  readonly #kernel: readonly Command[];
  /** What most programs are made of. */
  readonly #common: readonly Family[];
  /** Families in which nothing was found, and to which length. */
  readonly #barren = new Map<string, number>();
  /** How far nothing was found, by runs with the epilogue and by runs without. */
  readonly #certificates = new Map<boolean, Certificate>();
  #epilogue: boolean;

  constructor(runs: Runs, rule: RuleName, epilogue: boolean) {
    const { contract } = runs;
    this.#contract = contract;
    this.#runs = runs;
    this.#rule = rule;
    this.#epilogue = epilogue;
    this.#order = new Order(contract);
    this.#usual = usualSetup(contract);
    this.#core = coreAlphabet(contract);
    this.#kernel = this.#core.filter(({ do: kind }) => KERNEL.includes(kind));
    const common = [this.#core, plainAlphabet(contract), specialAlphabet(contract), twoLaneAlphabet(contract)];
    this.#common = common.map((letters) => ({ setup: this.#usual, letters, most: MOST }));
  }

  /** What has been tried that is shorter than this program. What shows with the epilogue is not ruled out by runs without. */
  certificateFor(program: Program): Certificate {
    const proofs = [true, ...(this.#epilogue ? [] : [false])].map((epilogue) => this.#certificate(epilogue));
    const { letters, length } = proofs.reduce((best, one) => (isStronger(one, best) ? one : best));
    return { letters, length: Math.min(length, sizeOf(program) - 1) };
  }

  /** Each program on the way comes before the one from which it was found, so that there is an end. */
  async smallest(found: Program): Promise<Program> {
    for (let program = found; ;) {
      const nearer = await this.#before(program, this.#atHand(program));
      if (nearer === undefined) {
        // What is found there does not depend on the program: little else is looked for.
        const common = await this.#inCommon(program);
        if (common !== undefined) {
          const shorter = sizeOf(common) > SHORT ? await this.#withMoreChanged(common) : undefined;
          if (shorter === undefined) return common;
          program = shorter;
          continue;
        }
      }
      const next =
        nearer ??
        (await this.#before(program, this.#farther(program))) ??
        (await this.#withOneChanged(program)) ??
        (await this.#withMoreChanged(program));
      if (next === undefined) return program;
      program = next;
    }
  }

  /** In plain words, without an epilogue. */
  async #inCommon(program: Program): Promise<Program | undefined> {
    for await (const first of this.#firsts(this.#common, sizeOf(program), false)) {
      this.#epilogue = false;
      return first;
    }
    return undefined;
  }

  /** The first that is found in these families and comes before the program. */
  async #before(program: Program, families: readonly Family[]): Promise<Program | undefined> {
    for await (const first of this.#firsts(families, sizeOf(program), this.#epilogue))
      if (this.#order.comesBefore(first, program)) return first;
    return undefined;
  }

  /** Over little more than the letters of the program itself. */
  #atHand({ setup, commands }: Program): readonly Family[] {
    // Whoever calls from inside might call from outside instead.
    const outside = commands.map((one) => (one.do === 'call from' ? one.call : one));
    return this.#within(
      this.#setups(setup),
      [commands, [...this.#kernel, ...outside], [...this.#kernel, ...commands]],
      MOST,
    );
  }

  /** With all ways of letting time pass, with more of the core and of the program's kind, and in setups near the usual one. */
  #farther({ setup, commands }: Program): readonly Family[] {
    const times = commands.some(isTime) ? this.#order.letters.filter(isTime) : [];
    const kin = this.#order.letters.filter((letter) => commands.some((one) => this.#isKin(letter, one)));
    const [, plain, special, twoLane] = this.#common.map(({ letters }) => letters);
    const { one, two } = this.#order.near;
    const isUsual = isSame(setup, this.#usual);
    const related = two.filter((near) => this.#sharesOddity(near, setup));
    return [
      ...this.#within(
        this.#setups(setup),
        [
          [...times, ...commands],
          [...this.#core, ...kin],
          [...this.#wider(commands), ...commands],
        ],
        MOST_FARTHER,
      ),
      ...this.#within(one, isUsual ? [commands] : [commands, this.#core, special!, twoLane!], MOST_NEAR),
      ...this.#within(related, [commands, plain!, special!], MOST_NEAR),
    ];
  }

  /** What is said of a lane may be said of all; and somebody comes to each of the lanes. */
  #wider(commands: readonly Command[]): readonly Command[] {
    const ofAll = commands.map((command) => {
      const { lane: _, ...rest } = command as Command & { lane?: string };
      return rest as Command;
    });
    const comers = this.#contract.lanes.map((lane): Command => ({ do: 'enqueue', lane }));
    return [...comers, ...ofAll.filter((command) => this.#order.placeOf(command) !== -1)];
  }

  /** They have the same value of a parameter, and it is not the usual one. */
  #sharesOddity(one: Setup, other: Setup): boolean {
    const names = Object.keys(this.#usual) as (keyof Setup)[];
    return names.some((name) => one[name] !== this.#usual[name] && one[name] === other[name]);
  }

  #setups(setup: Setup): readonly Setup[] {
    return isSame(setup, this.#usual) ? [setup] : [this.#usual, setup];
  }

  #within(setups: readonly Setup[], alphabets: readonly (readonly Command[])[], most: Family['most']): Family[] {
    return setups.flatMap((setup) => alphabets.map((some) => ({ setup, letters: this.#order.sorted(some), most })));
  }

  async #withOneChanged({ setup, commands }: Program): Promise<Program | undefined> {
    for (const [place, own] of commands.entries()) {
      for (const letter of this.#order.letters.slice(0, this.#order.placeOf(own))) {
        if (isCall(letter) && !isCall(own)) continue;
        const changed = { setup, commands: commands.with(place, letter) };
        if (await this.#fails(changed)) return changed;
      }
    }
    return undefined;
  }

  async #withMoreChanged(program: Program): Promise<Program | undefined> {
    let runs = 0;
    for (const changed of around(this.#contract, program)) {
      if (!this.#order.comesBefore(changed, program)) continue;
      if ((runs += 1) > MOST_AROUND) return undefined;
      if (await this.#fails(changed)) return changed;
    }
    return undefined;
  }

  /** As special as the other, which says that something is so by naming it, and not after it. */
  #isKin(letter: Command, other: Command): boolean {
    return (
      letter.do === other.do &&
      isSame(Object.keys(letter), Object.keys(other)) &&
      this.#order.placeOf(letter) <= this.#order.placeOf(other)
    );
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
    let reached = 0;
    for await (const { program, run: outcome } of everySequenceBy(run, this.#contract, sequences)) {
      if (family.setup === this.#usual) this.#certify(epilogue, family.letters, program.commands.length - 1);
      if (outcome.broken === this.#rule) return program;
      reached = program.commands.length;
    }
    // Where it did not get so far it never will.
    this.#barren.set(name, reached < longest - 1 ? Infinity : longest);
    return undefined;
  }

  #certify(epilogue: boolean, letters: readonly Command[], length: number): void {
    const certificate = { letters, length };
    if (isStronger(certificate, this.#certificate(epilogue))) this.#certificates.set(epilogue, certificate);
  }

  #certificate(epilogue: boolean): Certificate {
    return this.#certificates.get(epilogue) ?? { letters: [], length: 0 };
  }
}

/** It goes farther, or as far over more letters. */
function isStronger(one: Certificate, other: Certificate): boolean {
  return one.length === other.length ? one.letters.length > other.letters.length : one.length > other.length;
}
