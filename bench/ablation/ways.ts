import { alphabet, type Alphabet, type Command, type Contract } from '../../src/oracle/index.ts';
import type { CampaignOptions } from '../../src/search/index.ts';

/** One way of making programs: the usual one, or that without one of its ingredients. */
export interface Way {
  readonly name: string;
  /** What a reader should know of it. */
  readonly about: string;
  readonly options: (contract: Contract) => Pick<CampaignOptions, 'exhaustiveTo' | 'ingredients'>;
}

/** By chance alone, so that the opening hides nothing; what it is worth itself is the last row. */
export const ways: readonly Way[] = [
  { name: 'usual', about: 'chance with everything, without the opening', options: () => ({ exhaustiveTo: 0 }) },
  without('tastes', 'every spell draws all kinds as often as usual, and all letters', { tastes: false }),
  without('idioms', 'every command is drawn by itself', { idioms: false }),
  without('long runs', 'a run has two spells at most', { mostSpells: 2 }),
  narrowed('deadlines', 'time passes by fixed steps: none, 1 s, 10 s, 100 s, 700 s', withoutDeadlines),
  narrowed('targets', 'a command is about the oldest hold, body or waiter, never about the newest', withoutTargets),
  narrowed('calls from inside', 'nobody calls back', (letters) => ({ ...letters, 'call from': [] })),
  narrowed('throwing', 'no body throws as it starts', withoutThrowing),
  { name: 'with the opening', about: 'as `npm run verify` runs it: every short sequence first', options: () => ({}) },
];

function without(name: string, about: string, ingredients: CampaignOptions['ingredients'] & object): Way {
  return { name: `without ${name}`, about, options: () => ({ exhaustiveTo: 0, ingredients }) };
}

function narrowed(name: string, about: string, narrow: (letters: Alphabet) => Alphabet): Way {
  const options = (contract: Contract): ReturnType<Way['options']> => ({
    exhaustiveTo: 0,
    ingredients: { letters: narrow(alphabet(contract)) },
  });
  return { name: `without ${name}`, about, options };
}

function withoutDeadlines(letters: Alphabet): Alphabet {
  const steps = [0, 1_000, 10_000, 100_000, 700_000].map((byMs): Command => ({ do: 'advance', byMs }));
  return { ...letters, advance: steps };
}

function withoutTargets(letters: Alphabet): Alphabet {
  return filtered(letters, (command) => !Object.values(command).includes('newest'));
}

function withoutThrowing(letters: Alphabet): Alphabet {
  const throws = (command: Command): boolean =>
    'throws' in command || (command.do === 'call from' && throws(command.call));
  return filtered(letters, (command) => !throws(command));
}

function filtered(letters: Alphabet, isKept: (command: Command) => boolean): Alphabet {
  const entries = Object.entries(letters).map(([kind, variants]) => [kind, variants.filter(isKept)]);
  return Object.fromEntries(entries) as Alphabet;
}
