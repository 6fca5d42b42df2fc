import type fc from 'fast-check';
import type { Alphabet, Command, CommandKind } from '../oracle/index.ts';
import { oneOf } from './one-of.ts';

/**
 * How often each kind is drawn before a spell's own taste changes it. Enqueueing and the passing of time make everything
 * else possible; a reset or a clear undoes much of what was built up.
 */
const USUAL_WEIGHTS: Readonly<Record<CommandKind, number>> = {
  enqueue: 8,
  hang: 2,
  progress: 3,
  complete: 4,
  fail: 2,
  'settle late': 3,
  reset: 1,
  clear: 1,
  pause: 3,
  resume: 2,
  abort: 2,
  configure: 2,
  wait: 2,
  'wait for rest': 1,
  'give up waiting': 1,
  close: 2,
  'call from': 4,
  advance: 8,
  oversleep: 2,
  'set the wall clock': 1,
};

/** What undoes or forbids what the others build up: every other spell goes without. */
const UNDOES: readonly CommandKind[] = ['reset', 'clear', 'pause', 'configure'];

/** Of the other kinds one in so many is off. */
const ONE_OFF_IN = [2, 3, 4];
const TIMES = [1, 1, 4];
/** Of each family of letters a spell keeps one in so many … */
const KEEP_ONE_IN = [3, 10, 20];
/** … unless it has so few. */
const FEW = 8;

/** What a spell draws from, and how often each kind. */
export interface Taste {
  readonly kinds: readonly { readonly weight: number; readonly letters: Letters }[];
  readonly totalWeight: number;
}

/** An alphabet, sorted for tastes to be drawn of it. */
export class Palate {
  readonly #kinds: readonly { readonly kind: CommandKind; readonly families: readonly (readonly Command[])[] }[];

  constructor(letters: Alphabet) {
    const kinds = Object.keys(letters) as CommandKind[];
    this.#kinds = kinds.map((kind) => ({ kind, families: familiesOf(letters[kind]) }));
  }

  /** Some kinds are off, the others are weighted wildly, and of many letters a few are kept. */
  draw(random: fc.Random): Taste {
    const keepOneIn = oneOf(KEEP_ONE_IN, random);
    const oneOffIn = oneOf(ONE_OFF_IN, random);
    const liking = (kind: CommandKind): number => {
      // Without enqueue nothing ever happens.
      const isOn = kind === 'enqueue' || random.nextInt(1, UNDOES.includes(kind) ? 2 : oneOffIn) > 1;
      return isOn ? oneOf(TIMES, random) : 0;
    };
    return this.#taste(liking, keepOneIn);
  }

  /** All kinds, as often as usual, and all letters. */
  all(): Taste {
    return this.#taste(() => 1, 1);
  }

  #taste(liking: (kind: CommandKind) => number, keepOneIn: number): Taste {
    const kinds = this.#kinds.flatMap(({ kind, families }) => {
      if (families.length === 0) return [];
      const weight = USUAL_WEIGHTS[kind] * liking(kind);
      return weight === 0 ? [] : [{ weight, letters: new Letters(families, keepOneIn) }];
    });
    return { kinds, totalWeight: kinds.reduce((sum, { weight }) => sum + weight, 0) };
  }
}

export function drawCommand({ kinds, totalWeight }: Taste, random: fc.Random): Command {
  let left = random.nextInt(1, totalWeight);
  const { letters } = kinds.find(({ weight }) => (left -= weight) <= 0)!;
  return letters.draw(random);
}

/** The letters of one kind, family by family, each thinned when it is first drawn from: many never are. */
class Letters {
  readonly #families: readonly (readonly Command[])[];
  readonly #keepOneIn: number;
  readonly #thinned: Family[] = [];

  constructor(families: readonly (readonly Command[])[], keepOneIn: number) {
    this.#families = families;
    this.#keepOneIn = keepOneIn;
  }

  draw(random: fc.Random): Command {
    const families = this.#families;
    const place = families.length === 1 ? 0 : random.nextInt(0, families.length - 1);
    return (this.#thinned[place] ??= new Family(families[place]!, this.#keepOneIn)).draw(random);
  }
}

/** One in so many of some letters, at least one, each chosen when it is first drawn. Some may come twice. */
class Family {
  readonly #letters: readonly Command[];
  readonly #chosen: Command[] = [];
  readonly #size: number;

  constructor(letters: readonly Command[], oneIn: number) {
    this.#letters = letters;
    this.#size = letters.length > FEW ? Math.ceil(letters.length / oneIn) : letters.length;
  }

  draw(random: fc.Random): Command {
    const all = this.#letters;
    const place = random.nextInt(0, this.#size - 1);
    if (this.#size === all.length) return all[place]!;
    return (this.#chosen[place] ??= oneOf(all, random));
  }
}

/** Letters of one kind by what they are about: as often one family as another, however many letters it has. */
export function familiesOf(letters: readonly Command[]): readonly (readonly Command[])[] {
  const families = new Map<string, Command[]>();
  for (const letter of letters) {
    const name = familyOf(letter);
    const family = families.get(name);
    if (family === undefined) families.set(name, [letter]);
    else family.push(letter);
  }
  return [...families.values()];
}

/** Plain tasks, those with one thing that is special, others; the whole queue and a lane of it; of calls from inside, each kind of call. */
function familyOf(command: Command): string {
  switch (command.do) {
    case 'enqueue':
      return ['plain', 'one thing special'][Object.keys(command).length - 2] ?? 'special';
    case 'call from':
      return `${command.call.do} ${familyOf(command.call)}`;
    case 'pause':
    case 'resume':
      return command.lane === undefined ? 'queue' : 'lane';
    default:
      return '';
  }
}
