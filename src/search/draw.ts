import fc from 'fast-check';
import {
  alphabet,
  type Alphabet,
  type Command,
  type CommandKind,
  type Contract,
  type Program,
  type Setup,
} from '../oracle/index.ts';
import { simplerPrograms, type Stretch } from './shrink.ts';

const MOST_SPELLS = 24;
const LONGEST_SPELL = 80;
/** The queue is closed in these, if at all. */
const LAST_SPELLS = 3;

/**
 * How often each kind is drawn before a run's own taste changes it. Enqueueing and the passing of time make everything
 * else possible; a change of width or a reset undoes much of what was built up.
 */
const USUAL_WEIGHTS: Readonly<Record<CommandKind, number>> = {
  enqueue: 8,
  hang: 2,
  progress: 3,
  complete: 7,
  fail: 3,
  'settle late': 3,
  reset: 2,
  clear: 1,
  pause: 1,
  resume: 2,
  abort: 2,
  configure: 1,
  wait: 2,
  'wait for rest': 1,
  'give up waiting': 1,
  close: 2,
  'call from': 2,
  advance: 8,
  oversleep: 1,
  'set the wall clock': 1,
};

/**
 * Programs for a contract, as plain data. Each is drawn by tastes of its own (swarm testing): for a spell some kinds of
 * command are switched off, the others weighted wildly, and of each kind there are only some variants, so that runs
 * differ more than a fixed mixture would let them.
 */
export class ProgramArbitrary extends fc.Arbitrary<Program> {
  readonly #contract: Contract;
  readonly #alphabet: Alphabet;

  constructor(contract: Contract) {
    super();
    this.#contract = contract;
    this.#alphabet = alphabet(contract);
  }

  override generate(random: fc.Random): fc.Value<Program> {
    const setup = drawSetup(this.#contract, random);
    const commands: Command[] = [];
    for (let spells = random.nextInt(1, MOST_SPELLS); spells > 0; spells -= 1) {
      // A closed queue does little more: that is for the last few spells.
      const letters = spells <= LAST_SPELLS ? this.#alphabet : { ...this.#alphabet, close: [] };
      const taste = drawTaste(letters, random);
      for (let left = random.nextInt(1, LONGEST_SPELL); left > 0; left -= 1) {
        const command = drawCommand(taste, random);
        commands.push(command);
        if (command.do === 'call from' && random.nextInt(0, 1) === 0) commands.push(occasion(command));
      }
    }
    return new fc.Value({ setup, commands }, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Program {
    return typeof value === 'object' && value !== null && 'commands' in value;
  }

  /** The context of a value is the stretch whose leaving out has led to it. */
  override shrink(program: Program, context?: unknown): fc.Stream<fc.Value<Program>> {
    const simpler = simplerPrograms(this.#contract, program, context as Stretch | undefined);
    return fc.stream(simpler).map(({ program: one, stretch }) => new fc.Value(one, stretch));
  }
}

interface Taste {
  readonly kinds: readonly { readonly weight: number; readonly variants: Variants }[];
  readonly totalWeight: number;
}

function drawSetup(contract: Contract, random: fc.Random): Setup {
  const one = <Value>(values: readonly Value[]): Value => values[random.nextInt(0, values.length - 1)]!;
  const { setups } = contract;
  return {
    concurrency: one(setups.concurrency),
    stallCeilingMs: one(setups.stallCeilingMs),
    blockedAfterMs: one(setups.blockedAfterMs),
    warnEveryMs: one(setups.warnEveryMs),
    maxWarningsPerMinute: one(setups.maxWarningsPerMinute),
    lateMs: one(setups.lateMs),
    graceMs: one(setups.graceMs),
    listeners: one(setups.listeners),
  };
}

function drawTaste(letters: Alphabet, random: fc.Random): Taste {
  const keepOneIn = [1, 3, 10][random.nextInt(0, 2)]!;
  const kinds = (Object.keys(letters) as CommandKind[]).flatMap((kind) => {
    if (letters[kind].length === 0) return [];
    // Without enqueue nothing ever happens, and without resume nothing more: these are never switched off.
    const isOn = kind === 'enqueue' || kind === 'resume' || random.nextInt(0, 3) > 0;
    if (!isOn) return [];
    const weight = USUAL_WEIGHTS[kind] * [1, 1, 4][random.nextInt(0, 2)]!;
    return [{ weight, variants: new Variants(letters[kind], keepOneIn) }];
  });
  return { kinds, totalWeight: kinds.reduce((sum, { weight }) => sum + weight, 0) };
}

/** A task by which somebody who is to call from inside is called soon; if he aborts a signal, it has that one. */
function occasion({ lane, call }: Command & { do: 'call from' }): Command {
  return { do: 'enqueue', lane, ...(call.do === 'abort' && { signal: call.signal }) };
}

/** One in so many of the letters of a kind, at least one, each chosen when it is first drawn. Some may come twice. */
class Variants {
  readonly #letters: readonly Command[];
  readonly #chosen: Command[] = [];
  readonly #size: number;

  constructor(letters: readonly Command[], oneIn: number) {
    this.#letters = letters;
    this.#size = Math.ceil(letters.length / oneIn);
  }

  draw(random: fc.Random): Command {
    const all = this.#letters;
    const place = random.nextInt(0, this.#size - 1);
    if (this.#size === all.length) return all[place]!;
    return (this.#chosen[place] ??= all[random.nextInt(0, all.length - 1)]!);
  }
}

function drawCommand({ kinds, totalWeight }: Taste, random: fc.Random): Command {
  let left = random.nextInt(1, totalWeight);
  const kind = kinds.find(({ weight }) => (left -= weight) <= 0)!;
  return kind.variants.draw(random);
}
