import { alphabet, usualSetup, type Command, type CommandKind, type Contract, type Program } from '../oracle/index.ts';

/** The kinds that the core of a lane queue is about. */
const CORE: readonly CommandKind[] = [
  'enqueue',
  'hang',
  'progress',
  'complete',
  'fail',
  'settle late',
  'reset',
  'configure',
  'wait',
  'give up waiting',
  'advance',
];

/** The plainest command of each kind that the contract offers. */
export function plainAlphabet(contract: Contract): readonly Command[] {
  return Object.values(alphabet(contract)).flatMap((variants) => variants.slice(0, 1));
}

/** The plainest command of each kind of the core, and both ways of letting time pass. */
export function coreAlphabet(contract: Contract): readonly Command[] {
  const ceiling: Command = { do: 'advance', to: 'at', deadline: 'ceiling' };
  return [...plainAlphabet(contract).filter((command) => CORE.includes(command.do)), ceiling];
}

/** Every sequence over the letters, shortest first, up to a length. */
export function* sequences(letters: readonly Command[], longest: number): Generator<readonly Command[]> {
  let previous: (readonly Command[])[] = [[]];
  for (let length = 1; length <= longest; length += 1) {
    previous = previous.flatMap((start) => letters.map((letter) => [...start, letter]));
    yield* previous;
  }
}

/**
 * Every program of the core alphabet up to a length, and of all plain letters up to one less, in the usual setup. What
 * they share comes once.
 */
export function* exhaustivePrograms(contract: Contract, longest: number): Generator<Program> {
  const setup = usualSetup(contract);
  const core = coreAlphabet(contract);
  const letters = [...new Map([...core, ...plainAlphabet(contract)].map((one) => [JSON.stringify(one), one])).values()];
  for (const commands of sequences(letters, longest - 1)) yield { setup, commands };
  for (const commands of sequences(core, longest)) if (commands.length === longest) yield { setup, commands };
}
