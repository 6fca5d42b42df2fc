import { ABSENT } from '../oracle/index.ts';
import { END_MARKS, isMissing, noteOn, type Bar } from './bar.ts';
import { columnAt, columnsOf, type Column } from './columns.ts';
import { duration } from './duration.ts';
import { reading } from './phrases.ts';
import { rowsOf, type Row } from './rows.ts';
import type { Moment, Verdict } from './verdict.ts';
import { isWarning, warningName } from './warning.ts';

const MOST_COLUMNS = 24;
const WIDEST_COLUMN = 8;
/** For the bars, beside the names of the rows and what is written behind them. */
const WIDTH = 60;
const NAMES = 18;
const LINE = 100;

const LINES: Readonly<Record<Bar['place'], string>> = { active: '━', queued: '┄', detached: '╌', waiting: '─' };
const HUNG = 'z';
const SIGN = '♥';
const WARNING = '▲';
const MISSING = '·';
const WRONG = '!';
const MEANINGS: readonly (readonly [mark: string, meaning: string])[] = [
  ['━', 'holds a slot'],
  ['┄', 'queued'],
  ['╌', 'its body is still out, without a slot'],
  ['─', 'waits'],
  ['▷', 'starts'],
  ['●', 'fulfilled'],
  ['✗', 'rejected'],
  ['◆', 'taken back'],
  ['○', 'dropped'],
  ['■', 'answered'],
  [WARNING, 'a warning'],
  [HUNG, 'will never settle of itself'],
  [SIGN, 'a sign of life'],
  [MISSING, 'should be here'],
  [WRONG, 'differs from what is expected'],
];

/**
 * Time from left to right, a row for each slot, for each that is queued and for each that waits; moments in which nothing
 * changes share a column. Where it differs is marked.
 */
export function pictureLines(verdict: Verdict): string[] {
  const { moments, bars, divergence } = verdict;
  const columns = columnsOf(moments, bars, MOST_COLUMNS);
  const scale = new Scale(columns);
  const shown = bars.filter((bar) => (bar.to ?? Infinity) > columns[0]!.last);
  const drawn = rowsOf(shown).map((row) => drawnBars(row, scale));
  if (isWarning(divergence.key)) drawn.push(drawnWarnings(verdict, scale));
  else if (drawn.every(({ notes }) => notes.length === 0)) {
    drawn.push({ name: '  result', cells: empty(scale), notes: [reading(divergence.key, divergence.actual)] });
  }
  const cells = drawn.flatMap((one) => one.cells);
  const isUsed = (mark: string): boolean => {
    if (mark === HUNG) return shown.some(({ hungFrom }) => hungFrom !== undefined);
    return mark === WRONG || cells.includes(mark);
  };
  return [
    `  ${'step'.padEnd(NAMES - 2)}${stepsOf(columns, moments, scale)}`,
    ...drawn.flatMap(linesOf),
    `${''.padEnd(NAMES)}${timesOf(columns, moments, scale)}`,
    ...wrapped(MEANINGS.filter(([mark]) => isUsed(mark)).map(([mark, meaning]) => `${mark} ${meaning}`)),
  ];
}

/** A row as it is drawn, and what is wrong in it. */
interface Drawn {
  readonly name: string;
  readonly cells: string[];
  readonly notes: string[];
}

/** Notes stand behind the row, or below it where there is no room. */
function linesOf({ name, cells, notes }: Drawn): string[] {
  const row = `${name.padEnd(NAMES)}${cells.join('')}`;
  if (notes.length === 0) return [row.trimEnd()];
  const marked = `${row.slice(0, -1)}${WRONG}`;
  const words = shortened(notes.join('; '), LINE - NAMES);
  if (marked.length + 1 + words.length <= LINE) return [`${marked} ${words}`];
  return [marked, words.padStart(Math.min(LINE, marked.length))];
}

/** Where a moment stands. */
class Scale {
  readonly #columns: readonly Column[];
  readonly width: number;

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
    this.width = Math.max(3, Math.min(WIDEST_COLUMN, Math.floor(WIDTH / Math.max(1, columns.length))));
  }

  at(moment: number): number {
    return columnAt(this.#columns, moment) * this.width;
  }

  get end(): number {
    return this.#columns.length * this.width;
  }
}

function nameOf({ lane, name }: Row): string {
  return `  ${lane.length > 7 ? `${lane.slice(0, 6)}…` : lane}`.padEnd(10) + name;
}

function empty(scale: Scale): string[] {
  return Array.from({ length: scale.end }, () => ' ');
}

function drawnBars(row: Row, scale: Scale): Drawn {
  const cells = empty(scale);
  for (const bar of row.bars) {
    const start = scale.at(bar.from);
    // Whatever begins in the same moment begins behind it.
    const stop = bar.to === undefined ? scale.end - 1 : Math.max(start + scale.width, scale.at(bar.to)) - 1;
    const line = isMissing(bar) ? MISSING : LINES[bar.place];
    const name = shortened(bar.task, stop - start);
    for (let cell = start; cell <= stop; cell += 1) cells[cell] = name.charAt(cell - start) || line;
    for (const sign of bar.signs) cells[scale.at(sign)] = SIGN;
    if (bar.hungFrom !== undefined) cells[scale.at(bar.hungFrom)] = HUNG;
    if (bar.end !== undefined) cells[stop] = END_MARKS[bar.end];
  }
  return { name: nameOf(row), cells, notes: row.bars.flatMap((bar) => noteOn(bar) ?? []) };
}

/** Where warnings came, and where they should have or should not. */
function drawnWarnings({ moments, differences }: Verdict, scale: Scale): Drawn {
  const cells = empty(scale);
  for (const [place, { readings }] of moments.entries()) {
    if (readings.some(([key]) => isWarning(key))) cells[scale.at(place)] = WARNING;
  }
  const wrong = differences.filter(({ key }) => isWarning(key));
  const notes = wrong.map(({ key, expected, actual }) => {
    const name = warningName(key).replace('warning ', '');
    if (actual === ABSENT) return `${name} should come`;
    return `${name} should ${expected === ABSENT ? 'not come' : 'say something else'}`;
  });
  return { name: '  warnings', cells, notes };
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, Math.max(0, most - 1))}…` : text;
}

/** The numbers of the commands, where they begin and there is room. */
function stepsOf(columns: readonly Column[], moments: readonly Moment[], scale: Scale): string {
  let line = '';
  let shown: string | undefined;
  for (const { first, last } of columns) {
    const { number } = moments[first]!;
    const label = `${number ?? 'end'}${moments[last]!.number === number ? '' : '…'}`;
    const start = scale.at(last);
    if (label === shown || (line.length > 0 && start <= line.length)) continue;
    line = `${line.padEnd(start)}${label}`;
    shown = label;
  }
  return line;
}

/** The time, wherever it is another one than before and there is room. */
function timesOf(columns: readonly Column[], moments: readonly Moment[], scale: Scale): string {
  let line = '';
  let shown: string | undefined;
  for (const { first, last } of columns) {
    const [from, until] = [duration(moments[first]!.at), duration(moments[last]!.at)];
    const time = `${from}${from === until ? '' : ' …'}`;
    const start = scale.at(last);
    if (time === shown || (line.length > 0 && start <= line.length)) continue;
    line = `${line.padEnd(start)}${time}`;
    shown = time;
  }
  return line;
}

function wrapped(parts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line === undefined || line.length + part.length > 92) lines.push(`  ${part}`);
    else lines[lines.length - 1] = `${line}   ${part}`;
  }
  return lines;
}
