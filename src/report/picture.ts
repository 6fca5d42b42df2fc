import { columnAt, columnsOf, type Column } from './columns.ts';
import { seconds } from './duration.ts';
import { rowsOf, type Row } from './rows.ts';
import type { Bar, End } from './timeline.ts';
import type { Moment, Verdict } from './verdict.ts';

const MOST_COLUMNS = 24;
const WIDEST_COLUMN = 8;
/** For the bars, beside the names of the rows and what is written behind them. */
const WIDTH = 60;

const LINES: Readonly<Record<Bar['place'], string>> = { active: '━', queued: '┄', detached: '╌' };
const ENDS: Readonly<Record<End, string>> = {
  started: '▷',
  fulfilled: '●',
  rejected: '✗',
  'taken back': '◆',
  dropped: '○',
};
const HUNG = 'z';
const SIGN = '♥';
const MEANINGS: readonly (readonly [mark: string, meaning: string])[] = [
  ['━', 'holds a slot'],
  ['┄', 'queued'],
  ['╌', 'its body is still out, without a slot'],
  ['▷', 'starts'],
  ['●', 'fulfilled'],
  ['✗', 'rejected'],
  ['◆', 'taken back'],
  ['○', 'dropped'],
  [HUNG, 'will never settle of itself'],
  [SIGN, 'a sign of life'],
  ['!', 'here it differs'],
];

/** Time from left to right, a row for each slot and for each that is queued; moments in which nothing changes share a column. */
export function pictureLines({ moments, bars }: Pick<Verdict, 'moments' | 'bars'>): string[] {
  const columns = columnsOf(moments, bars, MOST_COLUMNS);
  const scale = new Scale(columns);
  const shown = bars.filter((bar) => (bar.to ?? Infinity) > columns[0]!.last);
  const rows = rowsOf(shown);
  if (rows.length === 0) return [];
  const lines = rows.map((row) => `${nameOf(row).padEnd(18)}${drawn(row.bars, scale)}`.trimEnd());
  const legend = MEANINGS.filter(([mark]) => lines.some((line) => line.slice(18).includes(mark)));
  return [
    `  ${'step'.padEnd(16)}${stepsOf(columns, moments, scale)}`,
    ...lines,
    `${''.padEnd(18)}${timesOf(columns, moments, scale)}`,
    ...wrapped(legend.map(([mark, meaning]) => `${mark} ${meaning}`)),
  ];
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

function drawn(bars: readonly Bar[], scale: Scale): string {
  const cells = Array.from({ length: scale.end }, () => ' ');
  const notes: string[] = [];
  for (const bar of bars) {
    const start = scale.at(bar.from);
    // Whatever begins in the same moment begins behind it.
    const stop = bar.to === undefined ? scale.end - 1 : Math.max(start, scale.at(bar.to) - 1);
    const line = bar.wrong === 'should be there' ? '·' : LINES[bar.place];
    for (let cell = start; cell <= stop; cell += 1) cells[cell] = bar.task.charAt(cell - start) || line;
    for (const sign of bar.signs) cells[scale.at(sign)] = SIGN;
    if (bar.hungFrom !== undefined) cells[scale.at(bar.hungFrom)] = HUNG;
    if (bar.end !== undefined) cells[stop] = ENDS[bar.end];
    // That it waits in vain is said where it should start.
    if (bar.wrong === undefined || bar.place === 'queued') continue;
    cells[stop] = '!';
    notes.push(`${bar.task} ${noteOn(bar)}`);
  }
  return `${cells.join('')}${notes.length === 0 ? '' : ` ${notes.join('; ')}`}`;
}

function noteOn({ wrong }: Bar): string {
  switch (wrong) {
    case 'should be there':
      return 'should start here';
    case 'should not be there':
      return 'should not start here';
    default:
      return 'should be taken back';
  }
}

/** The numbers of the commands, where they begin. */
function stepsOf(columns: readonly Column[], moments: readonly Moment[], scale: Scale): string {
  let line = '';
  let shown: string | undefined;
  for (const { first, last } of columns) {
    const { number } = moments[first]!;
    const label = String(number ?? 'end');
    if (label === shown) continue;
    line = `${line.padEnd(scale.at(last))}${label}`;
    shown = label;
  }
  return line;
}

/** The time, wherever it is another one than before and there is room. */
function timesOf(columns: readonly Column[], moments: readonly Moment[], scale: Scale): string {
  let line = '';
  let shown: string | undefined;
  for (const { first, last } of columns) {
    const time = `${seconds(moments[first]!.at)}${first === last ? '' : ' …'}`;
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
