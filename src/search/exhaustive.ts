import { usualSetup, type Command, type Contract, type Program, alphabet } from '../oracle/index.ts';

/** The plainest command of each kind, and both ways of letting time pass: what the core of a lane queue is about. */
export function coreAlphabet(contract: Contract): readonly Command[] {
  const letters = alphabet(contract);
  const ceiling: Command = { do: 'advance', to: 'at', deadline: 'ceiling' };
  return [...Object.values(letters).flatMap((variants) => variants.slice(0, 1)), ceiling];
}

/** Every sequence over the letters, shortest first, up to a length. */
export function* sequences(letters: readonly Command[], longest: number): Generator<readonly Command[]> {
  let previous: (readonly Command[])[] = [[]];
  for (let length = 1; length <= longest; length += 1) {
    previous = previous.flatMap((start) => letters.map((letter) => [...start, letter]));
    yield* previous;
  }
}

/** Every program of the core alphabet up to a length, in the usual setup. */
export function* exhaustivePrograms(contract: Contract, longest: number): Generator<Program> {
  const setup = usualSetup(contract);
  for (const commands of sequences(coreAlphabet(contract), longest)) yield { setup, commands };
}
