import { styleText } from 'node:util';
import type { Io, Sink } from './io.ts';

type Style = Parameters<typeof styleText>[0];

/** Whether what is written there is coloured: `FORCE_COLOR` and `NO_COLOR` decide, in that order, else whether it is a terminal. */
export function hasColours({ env }: Pick<Io, 'env'>, sink: Sink): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: none, TERM: terminal } = env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (none !== undefined && none !== '') return false;
  return sink.isTTY === true && terminal !== 'dumb';
}

/** What of a report is coloured: signs at the beginning of a line, and the two sides of a divergence. */
const PAINTED: readonly (readonly [RegExp, Style])[] = [
  [/^ *✗ \S+/gm, ['red', 'bold']],
  [/^ *✓/gm, 'green'],
  [/^ *! \S+/gm, 'yellow'],
  [/^ *· .*/gm, 'dim'],
  [/^ {2}expected(?= )/gm, 'green'],
  [/^ {2}actual(?= )/gm, 'red'],
  [/(?<=^ {2}Replay: ).*/gm, 'cyan'],
];

/** The same text with colours. Reports themselves have none: they are the same bytes wherever they are read. */
export function painted(text: string): string {
  return PAINTED.reduce(
    (so, [pattern, style]) => so.replaceAll(pattern, (part) => styleText(style, part, { validateStream: false })),
    text,
  );
}

/** Prints a report, coloured where that is wanted. */
export function print(io: Io, text: string): void {
  io.stdout.write(`${hasColours(io, io.stdout) ? painted(text) : text}\n`);
}
