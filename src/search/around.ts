import type { Command, Contract, Program, Setup } from '../oracle/index.ts';
import { isSame, specialAlphabet, wholeAlphabet } from './letters.ts';

/** At most so many commands are left out at once; fewer where something else changes, too. */
const FEWER = { alone: 4, inFartherSetups: 2, withExchanges: 2 };
/** The plain ways of letting time pass, in their order. */
const PLAIN_TIMES = 4;

/**
 * What becomes of a program by several changes at once, where each of them alone would leave nothing wrong: commands are
 * left out, while the setup becomes another one, or an enqueue becomes a special one, or time passes in another way.
 */
export function* around(contract: Contract, { setup, commands }: Program): Generator<Program> {
  const special = specialAlphabet(contract);
  const enqueues = special.filter(isEnqueue);
  const times = wholeAlphabet(contract).filter(isTime).slice(0, PLAIN_TIMES);
  const near = setupsAround(contract, setup);
  const farther = near.flatMap((one) => setupsAround(contract, one));

  yield* all(near, [commands]);
  yield* all([setup, ...near], without(commands, FEWER.alone));
  yield* all(farther, without(commands, FEWER.inFartherSetups));
  for (const fewer of without(commands, 1)) yield* all(near, exchanged(fewer, times));
  for (const fewer of without(commands, FEWER.withExchanges)) {
    for (const timed of [fewer, ...exchanged(fewer, times)]) yield* all([setup], exchanged(timed, enqueues));
  }
  yield* all(near, exchanged(commands, special));
}

export function isTime({ do: kind }: Command): boolean {
  return kind === 'advance' || kind === 'oversleep';
}

function isEnqueue({ do: kind }: Command): boolean {
  return kind === 'enqueue';
}

function* all(setups: readonly Setup[], sequences: Iterable<readonly Command[]>): Generator<Program> {
  for (const commands of sequences) for (const setup of setups) yield { setup, commands };
}

/** The setups in which one parameter is another. */
function setupsAround({ setups }: Contract, setup: Setup): Setup[] {
  return Object.entries<readonly (number | string)[]>(setups).flatMap(([name, values]) =>
    [...new Set(values)].map((value): Setup => ({ ...setup, [name]: value })).filter((other) => !isSame(other, setup)),
  );
}

/** The sequence without one of its commands, or without some, up to so many: the longest first. */
function* without(commands: readonly Command[], most: number): Generator<readonly Command[]> {
  let longer: (readonly Command[])[] = [commands];
  for (let count = 1; count <= Math.min(most, commands.length - 1); count += 1) {
    const fewer = longer.flatMap((some) => some.map((_, place) => some.toSpliced(place, 1)));
    longer = [...new Map(fewer.map((some) => [JSON.stringify(some), some])).values()];
    yield* longer;
  }
}

/** The sequence with one of its commands made another one of its kind: of those that let time pass, or enqueue. */
function* exchanged(commands: readonly Command[], letters: readonly Command[]): Generator<readonly Command[]> {
  for (const [place, own] of commands.entries()) {
    for (const letter of letters) {
      const isKin = own.do === letter.do || (isTime(own) && isTime(letter));
      if (isKin && !isSame(own, letter)) yield commands.with(place, letter);
    }
  }
}
