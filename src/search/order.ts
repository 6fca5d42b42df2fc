import { usualSetup, type Command, type Contract, type Program, type Setup } from '../oracle/index.ts';
import { wholeAlphabet } from './letters.ts';

/** Which of two programs is the plainer one, whichever way they were found. */
export class Order {
  /** All letters, in their order. */
  readonly letters: readonly Command[];
  /** Setups with one parameter that is not usual, and with two. */
  readonly near: { readonly one: readonly Setup[]; readonly two: readonly Setup[] };
  readonly #places: ReadonlyMap<string, number>;
  readonly #usual: Setup;
  readonly #oddities: ReadonlyMap<string, number>;

  constructor(contract: Contract) {
    this.letters = wholeAlphabet(contract);
    this.near = setupsNear(contract);
    this.#places = placesOf(this.letters);
    this.#usual = usualSetup(contract);
    this.#oddities = placesOf([this.#usual, ...this.near.one, ...this.near.two]);
  }

  placeOf(letter: Command): number {
    return this.#places.get(JSON.stringify(letter)) ?? -1;
  }

  sorted(letters: readonly Command[]): readonly Command[] {
    const places = new Set(letters.map((letter) => this.placeOf(letter)));
    return this.letters.filter((_, place) => places.has(place));
  }

  /** The smaller one, else the one with fewer calls from inside, else in the plainer setup, else with the earlier letters. */
  comesBefore(one: Program, other: Program): boolean {
    const [ranks, others] = [this.#rank(one), this.#rank(other)];
    const place = ranks.findIndex((rank, at) => rank !== others[at]);
    return place !== -1 && ranks[place]! < (others[place] ?? Infinity);
  }

  /** The usual setup, then those near it in their order, then any other with the fewest parameters that are not usual. */
  #oddityOf(setup: Setup): number {
    const place = this.#oddities.get(JSON.stringify(setup));
    const names = Object.keys(setup) as (keyof Setup)[];
    return place ?? this.#oddities.size + names.filter((name) => setup[name] !== this.#usual[name]).length;
  }

  #rank(program: Program): readonly number[] {
    return [
      sizeOf(program),
      program.commands.filter(isCall).length,
      this.#oddityOf(program.setup),
      ...program.commands.map((command) => this.placeOf(command)),
    ];
  }
}

/** How much there is to read: a call from inside is a place, a moment and a call. */
export function sizeOf({ commands }: Program): number {
  return commands.length + 2 * commands.filter(isCall).length;
}

export function isCall({ do: kind }: Command): boolean {
  return kind === 'call from';
}

function placesOf(all: readonly unknown[]): ReadonlyMap<string, number> {
  return new Map(all.map((one, place) => [JSON.stringify(one), place]));
}

function setupsNear(contract: Contract): Order['near'] {
  const usual = usualSetup(contract);
  const changes = Object.entries<readonly (number | string)[]>(contract.setups).flatMap(([name, values]) =>
    values.filter((value, place) => place > 0 && values.indexOf(value) === place).map((value) => ({ name, value })),
  );
  const pairs = changes.flatMap((one, place) => changes.slice(place + 1).map((other) => [one, other] as const));
  const changed = (...some: typeof changes): Setup =>
    some.reduce((setup, { name, value }) => ({ ...setup, [name]: value }), usual);
  return {
    one: changes.map((change) => changed(change)),
    two: pairs.filter(([one, other]) => one.name !== other.name).map((pair) => changed(...pair)),
  };
}
