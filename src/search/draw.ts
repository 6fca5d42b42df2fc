import fc from 'fast-check';
import { alphabet, type Alphabet, type Command, type Contract, type Program, type Setup } from '../oracle/index.ts';
import { Idioms } from './idioms.ts';
import { oneOf } from './one-of.ts';
import { simplerPrograms, type Stretch } from './shrink.ts';
import { drawCommand, Palate } from './taste.ts';

const LONGEST_SPELL = 70;
/** The queue is closed in these, if at all. */
const LAST_SPELLS = 2;

/** What programs are made with. Each can be done without, to see what it is worth: `npm run ablation`. */
export interface Ingredients {
  /** What is drawn from. Default: all that the contract offers. */
  readonly letters: Alphabet;
  /** Each spell has a taste of its own (swarm testing); otherwise all kinds are drawn as often as usual, and all letters. */
  readonly tastes: boolean;
  /** A command is often drawn with what belongs to it. */
  readonly idioms: boolean;
  /** A run has as many spells at most. */
  readonly mostSpells: number;
}

/** What a spell is drawn with. */
interface Language {
  readonly palate: Palate;
  readonly idioms: Idioms;
}

/**
 * Programs for a contract, as plain data. Each is drawn by tastes of its own (swarm testing): for a spell some kinds of
 * command are switched off, the others weighted wildly, and of each kind there are only some variants, so that runs
 * differ more than a fixed mixture would let them.
 */
export class ProgramArbitrary extends fc.Arbitrary<Program> {
  readonly #contract: Contract;
  readonly #with: Ingredients;
  /** A closed queue does little more, and nothing brings it back: until the last spells it stays open. */
  readonly #open: Language;
  readonly #closing: Language;

  constructor(contract: Contract, ingredients: Partial<Ingredients> = {}) {
    super();
    const usual = { tastes: true, idioms: true, mostSpells: 20 };
    const { letters = alphabet(contract) } = ingredients;
    this.#contract = contract;
    this.#with = { ...usual, ...ingredients, letters };
    const language = (spoken: Alphabet): Language => ({
      palate: new Palate(spoken),
      idioms: new Idioms(contract, spoken),
    });
    this.#open = language(withoutClosing(letters));
    this.#closing = language(letters);
  }

  override generate(random: fc.Random): fc.Value<Program> {
    const setup = drawSetup(this.#contract, random);
    const commands: Command[] = [];
    for (let spells = random.nextInt(1, this.#with.mostSpells); spells > 0; spells -= 1) {
      this.#spell(spells <= LAST_SPELLS ? this.#closing : this.#open, random, commands);
    }
    return new fc.Value({ setup, commands }, undefined);
  }

  #spell({ palate, idioms }: Language, random: fc.Random, commands: Command[]): void {
    const taste = this.#with.tastes ? palate.draw(random) : palate.all();
    const later: Command[] = [];
    for (let left = random.nextInt(1, LONGEST_SPELL); left > 0; left -= 1) {
      if (later.length > 0 && random.nextInt(0, 1) === 0) {
        commands.push(later.shift()!);
        continue;
      }
      const command = drawCommand(taste, random);
      const idiom = this.#with.idioms ? idioms.around(command, random) : { now: [command], later: [] };
      commands.push(...idiom.now);
      later.push(...idiom.later);
    }
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

/** The letters that leave the queue open, whoever makes the calls. */
function withoutClosing(letters: Alphabet): Alphabet {
  const calls = letters['call from'].filter((command) => command.do === 'call from' && command.call.do !== 'close');
  return { ...letters, close: [], 'call from': calls };
}

function drawSetup(contract: Contract, random: fc.Random): Setup {
  const { setups } = contract;
  return {
    concurrency: oneOf(setups.concurrency, random),
    stallCeilingMs: oneOf(setups.stallCeilingMs, random),
    blockedAfterMs: oneOf(setups.blockedAfterMs, random),
    warnEveryMs: oneOf(setups.warnEveryMs, random),
    maxWarningsPerMinute: oneOf(setups.maxWarningsPerMinute, random),
    lateMs: oneOf(setups.lateMs, random),
    graceMs: oneOf(setups.graceMs, random),
    listeners: oneOf(setups.listeners, random),
  };
}
