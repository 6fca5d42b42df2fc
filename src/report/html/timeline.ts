import { ABSENT } from '../../oracle/index.ts';
import { columnAt, columnsOf, type Column } from '../columns.ts';
import { duration } from '../duration.ts';
import { reading } from '../phrases.ts';
import { rowsOf, type Row } from '../rows.ts';
import { END_MARKS, isMissing, noteOn, type Bar } from '../bar.ts';
import type { Moment, Verdict } from '../verdict.ts';
import { isWarning, warningName } from '../warning.ts';
import { html, type Markup } from './escape.ts';

/** More are no help to anybody, and a browser would have to lay them out. */
const MOST_COLUMNS = 200;

/** What is drawn, and where: the first row has the steps, the first column the names, the last what is written behind. */
interface Sheet {
  readonly moments: readonly Moment[];
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** A grid: a row a slot, time from left to right, a column for what looks alike. Names stay in sight while it scrolls. */
export function timeline({ moments, bars, divergence, differences }: Verdict): Markup {
  const columns = columnsOf(moments, bars, MOST_COLUMNS);
  const rows = rowsOf(bars.filter(({ to }) => (to ?? Infinity) > columns[0]!.last));
  const sheet = { moments, columns, rows };
  const isMarked = isWarning(divergence.key) || bars.some((one) => noteOn(one) !== undefined);
  const otherwise = html`<div class="note" style="${area(1, columns.length + 2)}">
    ◀ ${reading(divergence.key, divergence.actual)}
  </div>`;
  return html`<div
    class="timeline"
    tabindex="0"
    role="group"
    aria-label="Where each task was, a column for each step"
    style="--columns:${columns.length};--rows:${rows.length + 1}"
  >
    <div class="name head" style="${area(1, 1)}">step</div>
    ${columns.map((one, place) => column(sheet, one, place))}
    ${rows.map((row, place) => [nameOf(row, place + 2), ...row.bars.map((one) => bar(sheet, one, place + 2))])}
    ${isMarked ? '' : otherwise}
    <div class="name" style="${area(rows.length + 2, 1)}"><span>warnings</span></div>
    ${columns.map((one, place) => warnings(sheet, one, place, differences))}
  </div>`;
}

function area(row: number, from: number, to = from + 1): string {
  return `grid-area:${row}/${from}/${row + 1}/${to}`;
}

function column({ moments, columns }: Sheet, { first, last }: Column, place: number): Markup {
  const before = columns[place - 1];
  const until = duration(moments[last]!.at);
  const from = duration(moments[first]!.at);
  const isOld = before !== undefined && duration(moments[before.last]!.at) === from;
  const at = from === until ? (isOld ? '' : from) : `${from} … ${until}`;
  return html`<div class="column" data-first="${first}" data-last="${last}" style="grid-column:${place + 2}">
    <b>${label(moments, { first, last })}</b><small>${at}</small>
  </div>`;
}

/** Which of the commands: `3`, `3 ×20` where it has so many moments that look alike, a dot where it goes on, `1–760` of many. */
function label(moments: readonly Moment[], { first, last }: Column): string {
  const [from, to] = [moments[first]!, moments[last]!];
  if (from.number !== to.number) return `${from.number}–${to.number ?? 'end'}`;
  const times = last === first ? '' : ` ×${last - first + 1}`;
  return `${moments[first - 1]?.number === from.number && first > 0 ? '·' : (from.number ?? 'end')}${times}`;
}

function nameOf({ lane, name: what }: Row, row: number): Markup {
  return html`<div class="name" style="${area(row, 1)}"><b>${lane}</b><span>${what}</span></div>`;
}

function bar({ columns }: Sheet, one: Bar, row: number): Markup {
  const { task, place, from, to, end, hungFrom, signs } = one;
  const note = noteOn(one);
  const kind = [place, ...(note === undefined ? [] : ['wrong']), ...(isMissing(one) ? ['absent'] : [])].join(' ');
  const begins = columnAt(columns, from) + 2;
  const ends = to === undefined ? columns.length + 2 : Math.max(begins + 1, columnAt(columns, to) + 2);
  const at = (moment: number): string => area(row, columnAt(columns, moment) + 2);
  return html`<div class="bar ${kind}" style="${area(row, begins, ends)}">
      <b>${task}</b><i>${end && END_MARKS[end]}</i>
    </div>
    ${hungFrom === undefined ? '' : html`<i class="mark" style="${at(hungFrom)}">hung</i>`}
    ${signs.map((sign) => html`<i class="mark" style="${at(sign)}">♥</i>`)}
    ${note && html`<div class="note" style="${area(row, columns.length + 2)}">◀ ${note}</div>`}`;
}

/** Each warning of a column on a line of its own, with how often it came; in the last also those that should have come. */
function warnings(
  { moments, columns, rows }: Sheet,
  { first, last }: Column,
  place: number,
  differences: Verdict['differences'],
): Markup {
  const wrong = place === columns.length - 1 ? differences.filter(({ key }) => isWarning(key)) : [];
  const came = new Map<string, number>();
  for (const [key] of moments.slice(first, last + 1).flatMap(({ readings }) => readings)) {
    if (isWarning(key)) came.set(key, (came.get(key) ?? 0) + 1);
  }
  const lines = [
    ...[...came].map(([key, count]) => {
      const times = count === 1 ? '' : ` ×${count}`;
      return { words: `▲ ${shortName(key)}${times}`, isWrong: wrong.some((one) => one.key === key) };
    }),
    ...wrong.flatMap(({ key, actual }) =>
      actual === ABSENT ? [{ words: `△ no ${shortName(key)}`, isWrong: true }] : [],
    ),
  ];
  if (lines.length === 0) return html``;
  return html`<ul class="warnings" style="${area(rows.length + 2, place + 2)}">
    ${lines.map(({ words, isWrong }) => html`<li class="${isWrong ? 'wrong' : ''}">${words}</li>`)}
  </ul>`;
}

function shortName(key: string): string {
  return warningName(key).replace('warning ', '');
}
