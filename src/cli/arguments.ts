import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './usage-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Which queue: the same for every command that is about one. */
export const SUBJECT_OPTIONS: {
  readonly subject: { readonly type: 'string' };
  readonly zoo: { readonly type: 'string' };
} = {
  subject: { type: 'string' },
  // A module that names known-bad queues: for the project's own scripts.
  zoo: { type: 'string' },
};

/** How long a queue may stay in one command, in milliseconds. */
export const PATIENCE_OPTION: { readonly type: 'string'; readonly default: '3000' } = {
  type: 'string',
  default: '3000',
};

export function patience(text: string): number {
  return wholeNumber('--patience', text, 1, 2 ** 31 - 1);
}

/** What a command was given. */
export interface Given<Known extends Options> {
  readonly values: ReturnType<typeof parseArgs<{ options: Known; strict: true }>>['values'];
  readonly positionals: readonly string[];
}

/** @throws UsageError that names the option, and what there is instead. */
export function given<const Known extends Options>(
  command: string,
  args: readonly string[],
  options: Known,
): Given<Known> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: true, options });
    return { values, positionals };
  } catch (error) {
    throw new UsageError(complaint(command, args, Object.keys(options), error as NodeJS.ErrnoException));
  }
}

function complaint(
  command: string,
  args: readonly string[],
  known: readonly string[],
  { code, message }: NodeJS.ErrnoException,
): string {
  const [, option = ''] = /'(?:-\w, )?(-[^'\s]*)/.exec(message) ?? [];
  const help = `\`stallproof ${command} --help\` tells more`;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const near = nearest(option.replace(/^-+/, ''), known);
    const instead = near === undefined ? '' : ` did you mean --${near}?`;
    return `${command}: there is no option ${option};${instead} ${help}.`;
  }
  const place = args.findIndex((arg) => arg === option);
  const what = args[place + 1]?.startsWith('-') === true ? JSON.stringify(args[place + 1]) : 'no value';
  if (message.includes('argument missing') || message.includes('ambiguous')) {
    return `${command}: ${option}: received ${what}; write ${option}=VALUE, or the value after it; ${help}.`;
  }
  return `${command}: ${message.split('\n', 1)[0]!}; ${help}.`;
}

/** @throws UsageError if there are more, naming the first that is too much. */
export function atMostOne(command: string, positionals: readonly string[]): string | undefined {
  const [one, other] = positionals;
  if (other === undefined) return one;
  throw new UsageError(`${command}: received ${JSON.stringify(one)} and ${JSON.stringify(other)}; pass one of them.`);
}

/** @throws UsageError that names the argument, what was received, and the bounds. */
export function wholeNumber(argument: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`${argument}: received ${JSON.stringify(text)}; pass a whole number from ${least} to ${most}.`);
}

/** The word that was probably meant; undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((one) => ({ one, distance: distance(word, one) }))
    .toSorted((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.one.length / 3)) ? best.one : undefined;
}

/** How many letters have to be changed, added or left out to come from one word to the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (const [place, letter] of one.split('').entries()) {
    const next = [place + 1];
    for (let at = 0; at < other.length; at += 1) {
      const changed = row[at]! + (other[at] === letter ? 0 : 1);
      next.push(Math.min(changed, row[at + 1]! + 1, next[at]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
