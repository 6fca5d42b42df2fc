import { ABSENT } from '../../oracle/index.ts';
import { seconds } from '../duration.ts';
import { rowsOf, type Row } from '../rows.ts';
import type { Bar } from '../timeline.ts';
import type { Moment, Verdict } from '../verdict.ts';
import { html, type Markup } from './escape.ts';

const COLUMN = 84;
const ROW = 34;
const TOP = 44;
const NAMES = 128;
/** For what is written behind the last column. */
const BEHIND = 190;

const ENDS = { started: '▷', fulfilled: '●', rejected: '✗', 'taken back': '◆', dropped: '○' } as const;

/** The timeline: a row a slot, time from left to right, a column a step. The names stand still while the rest scrolls. */
export function picture({ moments, bars, differences }: Verdict): Markup {
  const rows = rowsOf(bars);
  const isMissing = missing(differences, moments.length - 1, rows.length + 1);
  const height = TOP + (rows.length + (isMissing.length > 0 ? 2 : 1)) * ROW;
  const width = moments.length * COLUMN + BEHIND;
  return html`<div class="picture">
    <svg class="names" width="${NAMES}" height="${height}" aria-hidden="true">
      ${rows.map((row, place) => name(row, place))}
      <text x="8" y="${middle(rows.length)}" class="row">warnings</text>
    </svg>
    <div class="scroll" tabindex="0" role="group" aria-label="Timeline, a column for each step">
      <svg
        class="time"
        width="${width}"
        height="${height}"
        viewBox="0 0 ${width} ${height}"
        preserveAspectRatio="none"
        role="img"
        aria-label="Where each task was, step by step"
      >
        ${moments.map((moment, place) => column(moment, moments[place - 1], place, height))}
        ${rows.map(({ bars: some }, row) => some.map((one) => bar(one, row, moments.length)))}
        ${moments.map((moment, place) => warnings(moment, place, rows.length))} ${isMissing}
      </svg>
    </div>
  </div>`;
}

function middle(row: number): number {
  return TOP + row * ROW + ROW / 2 + 5;
}

function name({ lane, name: what }: Row, place: number): Markup {
  return html`<text x="8" y="${middle(place)}" class="lane">${shortened(lane, 8)}</text
    ><text x="${NAMES - 8}" y="${middle(place)}" class="row" text-anchor="end">${what}</text>`;
}

function column(moment: Moment, before: Moment | undefined, place: number, height: number): Markup {
  const x = place * COLUMN;
  const isNewTime = before === undefined || before.at !== moment.at;
  const label = moment.number === undefined ? 'end' : String(moment.number);
  return html`<g class="column" data-step="${place}">
    <rect x="${x}" y="0" width="${COLUMN}" height="${height}"><title>${moment.what}</title></rect>
    <text x="${x + 8}" y="17" class="number">${before?.number === moment.number ? '·' : label}</text>
    <text x="${x + 8}" y="34" class="at">${isNewTime ? seconds(moment.at) : ''}</text>
  </g>`;
}

function bar(one: Bar, row: number, moments: number): Markup {
  const { task, place, from, to, end, hungFrom, signs, wrong } = one;
  const x = from * COLUMN + 4;
  const width = Math.max(18, (to ?? moments) * COLUMN - x - 4);
  const y = TOP + row * ROW + 6;
  const note = wrong === undefined || place === 'queued' ? '' : NOTES[wrong];
  return html`<g
    class="bar ${place} ${wrong === undefined ? '' : 'wrong'} ${wrong === 'should be there' ? 'absent' : ''}"
  >
    <title>${task}: ${place}${end === undefined ? '' : `, ${end}`}${note === '' ? '' : `, ${note}`}</title>
    <rect x="${x}" y="${y}" width="${width}" height="${ROW - 12}" rx="4" />
    <text x="${x + 8}" y="${middle(row)}">${shortened(task, 8)}</text>
    ${hungFrom === undefined ? '' : mark(hungFrom, row, 'hung')} ${signs.map((sign) => mark(sign, row, '♥'))}
    ${end === undefined ? '' : html`<text x="${x + width - 16}" y="${middle(row)}">${ENDS[end]}</text>`}
    ${note === '' ? '' : html`<text x="${moments * COLUMN + 4}" y="${middle(row)}" class="note">${note}</text>`}
  </g>`;
}

const NOTES = {
  'should be over': '◀ should be taken back',
  'should be there': '◀ should start here',
  'should not be there': '◀ should not start',
} as const;

function mark(moment: number, row: number, text: string): Markup {
  return html`<text x="${moment * COLUMN + 40}" y="${middle(row)}" class="mark">${text}</text>`;
}

function warnings({ seen }: Moment, place: number, row: number): Markup[] {
  const came = seen.filter((words) => words.startsWith('warning '));
  if (came.length === 0) return [];
  const words = came.map((one) => one.slice('warning '.length));
  return [
    html`<g class="warning"
      ><title>${words.join(', ')}</title
      ><text x="${place * COLUMN + 8}" y="${middle(row)}">▲ ${shortened(words[0]!.split(' ')[0]!, 9)}</text></g
    >`,
  ];
}

/** Where a warning should have come and did not. */
function missing(differences: Verdict['differences'], place: number, row: number): Markup[] {
  const missed = differences.filter(({ key, actual }) => key.startsWith('warning ') && actual === ABSENT);
  return missed.map(
    ({ key }) =>
      html`<g class="warning wrong"
        ><title>${key} should come</title><text x="${place * COLUMN + 8}" y="${middle(row)}">△ missing</text></g
      >`,
  );
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
