import { alphabet, type Command, type Contract, type Program, type Setup } from '../oracle/index.ts';

/** Up to this length every two commands are tried without; beyond it there are too many pairs. */
const LONGEST_FOR_PAIRS = 14;

/**
 * Programs that are simpler than this one, the greatest savings first: fewer commands, then plainer ones, then a plainer
 * setup. Each is strictly simpler, so that shrinking ends.
 */
export function* simplerPrograms(contract: Contract, { setup, commands }: Program): Generator<Program> {
  for (const fewer of withoutStretches(commands)) yield { setup, commands: fewer };
  if (commands.length <= LONGEST_FOR_PAIRS) {
    for (const fewer of withoutPairs(commands)) yield { setup, commands: fewer };
  }
  for (const plainer of withPlainerCommand(contract, commands)) yield { setup, commands: plainer };
  for (const plainer of plainerSetups(contract, setup)) yield { setup: plainer, commands };
}

/** Halves, quarters, … single commands left out. */
function* withoutStretches(commands: readonly Command[]): Generator<readonly Command[]> {
  for (let length = Math.ceil(commands.length / 2); length >= 1; length = length > 1 ? Math.ceil(length / 2) : 0) {
    for (let from = 0; from < commands.length; from += length) {
      yield [...commands.slice(0, from), ...commands.slice(from + length)];
    }
  }
}

/** A command and the one that makes up for it (an enqueue and its completion, say) can only go together. */
function* withoutPairs(commands: readonly Command[]): Generator<readonly Command[]> {
  for (let first = 0; first < commands.length; first += 1) {
    for (let second = first + 1; second < commands.length; second += 1) {
      yield commands.filter((_, place) => place !== first && place !== second);
    }
  }
}

function* withPlainerCommand(contract: Contract, commands: readonly Command[]): Generator<readonly Command[]> {
  const letters = alphabet(contract);
  for (const [place, command] of commands.entries()) {
    const variants = letters[command.do];
    const own = variants.findIndex((variant) => JSON.stringify(variant) === JSON.stringify(command));
    for (const plainer of variants.slice(0, Math.max(0, own))) yield commands.with(place, plainer);
  }
}

function* plainerSetups(contract: Contract, setup: Setup): Generator<Setup> {
  for (const name of Object.keys(setup) as (keyof Setup)[]) {
    const values: readonly number[] = contract.setups[name];
    for (const plainer of values.slice(0, Math.max(0, values.indexOf(setup[name])))) yield { ...setup, [name]: plainer };
  }
}
