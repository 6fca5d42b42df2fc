import { coreAlphabet, sequences } from './exhaustive.ts';
import { alphabet, type Command, type Contract, type Program, type Setup, usualSetup } from '../oracle/index.ts';

/** Up to this length two changes are tried at once; beyond it there are too many pairs of them. */
const SHORT = 12;
/** Up to this length everything shorter is tried. */
const EXHAUSTED = 3;

/**
 * Programs that are simpler than this one, the greatest savings first: fewer commands, then the usual setup, then plainer
 * commands; what takes longest comes last. Each is strictly simpler, so that shrinking ends.
 */
export function* simplerPrograms(contract: Contract, program: Program): Generator<Program> {
  yield* withFewerCommands(contract, program);
  yield* withPlainerSetup(contract, program);
  yield* inFirstLane(contract, program);
  yield* withPlainerCommand(contract, program);
  yield* everythingShorter(contract, program);
}

/** Stretches left out; and, where the program is short, one command left out with something else changed to make up for it. */
function* withFewerCommands(contract: Contract, { setup, commands }: Program): Generator<Program> {
  for (const fewer of withoutStretches(commands)) yield { setup, commands: fewer };
  if (commands.length > SHORT) return;
  for (const fewer of withoutPairs(commands)) yield { setup, commands: fewer };
  yield* withWidthFromTheStart(contract, { setup, commands });
  for (const left of commands.keys()) {
    const fewer = commands.toSpliced(left, 1);
    for (const other of otherSetups(contract, setup)) yield { setup: other, commands: fewer };
    for (const other of withOtherTime(contract, fewer)) yield { setup, commands: other };
    for (const other of withOneMoved(fewer)) yield { setup, commands: other };
    for (const other of withOneReplaced(contract, fewer)) yield { setup, commands: other };
  }
}

/** A lane that is widened on the way may as well be wide from the start, if then another command comes at another time. */
function* withWidthFromTheStart(contract: Contract, { setup, commands }: Program): Generator<Program> {
  for (const [place, command] of commands.entries()) {
    if (command.do !== 'configure' || !contract.setups.concurrency.includes(command.concurrency)) continue;
    const wide = { ...setup, concurrency: command.concurrency };
    const fewer = commands.toSpliced(place, 1);
    for (const other of withOneMoved(fewer)) yield { setup: wide, commands: other };
    for (const other of withOtherTime(contract, fewer)) yield { setup: wide, commands: other };
  }
}

/**
 * What is short already but needs an unusual setup is held against everything shorter, over the letters that most short
 * programs are made of and in all setups near by: there, small steps get stuck.
 */
function* everythingShorter(contract: Contract, { setup, commands }: Program): Generator<Program> {
  if (commands.length > EXHAUSTED || isSame(setup, usualSetup(contract))) return;
  const { enqueue } = alphabet(contract);
  const inAnyLane = enqueue.filter((command) => !('detach' in command) && !('priority' in command));
  const letters = [...coreAlphabet(contract), ...inAnyLane.slice(1)];
  const setups = [setup, ...otherSetups(contract, setup)];
  for (const shorter of sequences(letters, commands.length - 1)) {
    for (const one of setups) yield { setup: one, commands: shorter };
  }
}

/** Halves, quarters, … single commands left out. */
function* withoutStretches(commands: readonly Command[]): Generator<readonly Command[]> {
  for (let length = Math.ceil(commands.length / 2); length >= 1; length = length > 1 ? Math.ceil(length / 2) : 0) {
    for (let from = 0; from < commands.length; from += length) yield commands.toSpliced(from, length);
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

function* withOneMoved(commands: readonly Command[]): Generator<readonly Command[]> {
  for (const [from, moved] of commands.entries()) {
    const rest = commands.toSpliced(from, 1);
    for (let to = 0; to <= rest.length; to += 1) if (to !== from) yield rest.toSpliced(to, 0, moved);
  }
}

/** One command becomes a plain one of another kind. */
function* withOneReplaced(contract: Contract, commands: readonly Command[]): Generator<readonly Command[]> {
  for (const place of commands.keys()) {
    for (const [plainest] of Object.values(alphabet(contract))) if (plainest) yield commands.with(place, plainest);
  }
}

/** The clock goes elsewhere, once. */
function* withOtherTime(contract: Contract, commands: readonly Command[]): Generator<readonly Command[]> {
  const { advance } = alphabet(contract);
  for (const [place, command] of commands.entries()) {
    if (command.do !== 'advance') continue;
    for (const other of advance) if (!isSame(other, command)) yield commands.with(place, other);
  }
}

/** A parameter of the setup nearer to its usual value; the clock may have to go elsewhere to see the same then. */
function* withPlainerSetup(contract: Contract, { setup, commands }: Program): Generator<Program> {
  for (const plainer of otherSetups(contract, setup, 'plainer')) {
    yield { setup: plainer, commands };
    for (const other of withOtherTime(contract, commands)) yield { setup: plainer, commands: other };
  }
}

/** Setups that differ in one parameter. */
function* otherSetups(contract: Contract, setup: Setup, which: 'plainer' | 'any' = 'any'): Generator<Setup> {
  for (const name of Object.keys(setup) as (keyof Setup)[]) {
    const values: readonly Setup[keyof Setup][] = contract.setups[name];
    const own = values.indexOf(setup[name]);
    for (const [place, value] of values.entries()) {
      if (place < own || (which === 'any' && place > own)) yield { ...setup, [name]: value };
    }
  }
}

function* inFirstLane(contract: Contract, { setup, commands }: Program): Generator<Program> {
  const lane = contract.lanes[0]!;
  const moved = commands.map((command) => ('lane' in command ? { ...command, lane } : command));
  if (moved.some((command, place) => !isSame(command, commands[place]!))) yield { setup, commands: moved };
}

function* withPlainerCommand(contract: Contract, { setup, commands }: Program): Generator<Program> {
  const letters = alphabet(contract);
  for (const [place, command] of commands.entries()) {
    const variants = letters[command.do];
    const own = variants.findIndex((variant) => isSame(variant, command));
    for (const plainer of variants.slice(0, Math.max(0, own))) yield { setup, commands: commands.with(place, plainer) };
  }
}

/** The same data. */
export function isSame(one: Command | Setup, other: Command | Setup): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
