import { alphabet, type Command, type Contract, type Program, type Setup } from '../oracle/index.ts';
import { isSame } from './letters.ts';

/** Up to this length two changes are tried at once; beyond it there are too many pairs of them. */
const SHORT = 20;
/** Up to this length a command is also tried in any other place, or as one of another kind. */
const SHORTER = 8;
/** Up to this length a change may also be to something that is not plain. */
const VERY_SHORT = 5;

/** Commands next to each other that could be spared. */
export interface Stretch {
  readonly from: number;
  readonly length: number;
}

/** A simpler program, and, if it is one by leaving out a stretch, which. */
export interface Simpler {
  readonly program: Program;
  readonly stretch?: Stretch;
}

/**
 * Programs that are simpler than this one, what is cheap to try first: stretches left out, then the usual setup and plainer
 * commands, then one command less with something else changed to make up for it; what takes longest comes last. Each is
 * strictly simpler, so that shrinking ends.
 */
export function* simplerPrograms(contract: Contract, program: Program, resume?: Stretch): Generator<Simpler> {
  yield* withoutStretches(program, resume);
  for (const simpler of otherwiseSimpler(contract, program)) yield { program: simpler };
}

function* otherwiseSimpler(contract: Contract, program: Program): Generator<Program> {
  if (program.commands.length <= SHORT) yield* withoutPairs(program);
  yield* withPlainerSetup(contract, program);
  yield* renamed(contract, program);
  yield* withPlainerCommand(contract, program);
  if (program.commands.length <= SHORT) yield* withOneLess(contract, program);
}

/** One command left out with something else changed to make up for it. */
function* withOneLess(contract: Contract, { setup, commands }: Program): Generator<Program> {
  yield* withWidthFromTheStart(contract, { setup, commands });
  for (const left of commands.keys()) {
    const fewer = commands.toSpliced(left, 1);
    for (const other of otherSetups(contract, setup)) yield { setup: other, commands: fewer };
    for (const other of withOtherTime(contract, fewer)) yield { setup, commands: other };
    if (commands.length > SHORTER) continue;
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
 * Halves, quarters, … single commands left out. After one that could be spared it goes on from there: those before it were
 * tried a moment ago. They are tried again when nothing more can be spared behind it.
 */
function* withoutStretches({ setup, commands }: Program, resume?: Stretch): Generator<Simpler> {
  const longest = Math.ceil(commands.length / 2);
  let from = resume?.from ?? 0;
  for (let length = Math.min(resume?.length ?? longest, longest); length >= 1; length = half(length)) {
    for (; from < commands.length; from += length) {
      yield { program: { setup, commands: commands.toSpliced(from, length) }, stretch: { from, length } };
    }
    from = 0;
  }
  if (resume !== undefined) yield* withoutStretches({ setup, commands });
}

function half(length: number): number {
  return length > 1 ? Math.ceil(length / 2) : 0;
}

/** A command and the one that makes up for it (an enqueue and its completion, say) can only go together. */
function* withoutPairs({ setup, commands }: Program): Generator<Program> {
  for (let first = 0; first < commands.length; first += 1) {
    for (let second = first + 1; second < commands.length; second += 1) {
      yield { setup, commands: commands.filter((_, place) => place !== first && place !== second) };
    }
  }
}

function* withOneMoved(commands: readonly Command[]): Generator<readonly Command[]> {
  for (const [from, moved] of commands.entries()) {
    const rest = commands.toSpliced(from, 1);
    for (let to = 0; to <= rest.length; to += 1) if (to !== from) yield rest.toSpliced(to, 0, moved);
  }
}

/** One command becomes a plain one of another kind, or, where the program is very short, any enqueue. */
function* withOneReplaced(contract: Contract, commands: readonly Command[]): Generator<readonly Command[]> {
  const letters = alphabet(contract);
  const plainest = Object.values(letters).flatMap((variants) => variants.slice(0, 1));
  const others = commands.length <= VERY_SHORT ? [...plainest, ...letters.enqueue] : plainest;
  for (const place of commands.keys()) for (const other of others) yield commands.with(place, other);
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

/** Other names: all in the first lane; and of two lanes or signals, the one that comes first is called by the first name. */
function* renamed({ lanes }: Contract, { setup, commands }: Program): Generator<Program> {
  const [first, second] = lanes;
  const all = commands.map((command) => named(command, (name) => (lanes.includes(name) ? first! : name)));
  if (!isSame(all, commands)) yield { setup, commands: all };
  for (const pair of [
    [first, second],
    ['one', 'other'],
  ] as const) {
    const swap = (name: string): string => (name === pair[0] ? pair[1]! : name === pair[1] ? pair[0]! : name);
    const used = JSON.stringify(commands);
    const isSwapped = used.includes(`"${pair[1]}"`) && !used.split(`"${pair[1]}"`)[0]!.includes(`"${pair[0]}"`);
    if (isSwapped) yield { setup, commands: commands.map((command) => named(command, swap)) };
  }
}

/** The command with its lanes and signals, also of a call that it plants, under other names. */
function named<One extends Command>(command: One, name: (name: string) => string): One {
  const entries = Object.entries(command).map(([key, value]) => {
    if ((key === 'lane' || key === 'signal') && typeof value === 'string') return [key, name(value)];
    return [key, key === 'call' ? named(value as Command, name) : value];
  });
  return Object.fromEntries(entries) as One;
}

function* withPlainerCommand(contract: Contract, { setup, commands }: Program): Generator<Program> {
  const letters = alphabet(contract);
  for (const [place, command] of commands.entries()) {
    const variants = letters[command.do];
    const own = variants.findIndex((variant) => isSame(variant, command));
    for (const plainer of variants.slice(0, Math.max(0, own))) yield { setup, commands: commands.with(place, plainer) };
  }
}
