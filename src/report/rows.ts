import type { Bar } from './bar.ts';

/** A line of the picture: bars that do not stand in each other's way. */
export interface Row {
  /** The lane's name where it is the first row of its lane, else nothing. */
  readonly lane: string;
  /** What the row is for, where it is the first of its kind: a slot, those that are queued, bodies without a slot, those who wait. */
  readonly name: string;
  readonly bars: readonly Bar[];
}

/** Of the rows of one kind in one lane: more hide what matters. */
const MOST_ROWS = 8;

/** Lane by lane: its slots, then those that are queued, then the bodies that are out without a slot. Last those who wait. */
export function rowsOf(bars: readonly Bar[]): Row[] {
  const tasks = bars.filter(({ place }) => place !== 'waiting');
  const waits = bars.filter(({ place }) => place === 'waiting');
  const lanes = [...new Set(tasks.map(({ lane }) => lane))].toSorted();
  const rowsOfLanes = lanes.flatMap((lane) => {
    const here = tasks.filter((bar) => bar.lane === lane);
    const slots = [...new Set(here.flatMap(({ slot }) => slot ?? []))].toSorted((a, b) => a - b);
    const rows = [
      ...slots.flatMap((slot) =>
        packed(
          `slot ${slot}`,
          here.filter((bar) => bar.slot === slot),
        ),
      ),
      ...packed(
        'queued',
        here.filter(({ place }) => place === 'queued'),
      ),
      ...packed(
        'no slot',
        here.filter(({ place }) => place === 'detached'),
      ),
    ];
    return rows.map((row, place) => ({ ...row, lane: place === 0 ? lane : '' }));
  });
  return [...rowsOfLanes, ...packed('waiting', waits).map((row) => ({ ...row, lane: '' }))];
}

/** What begins and ends in one moment has that moment. */
function isOver({ from, to }: Bar, moment: number): boolean {
  return to !== undefined && Math.max(to, from + 1) <= moment;
}

type Unplaced = Omit<Row, 'lane'>;

/** Each in the first row in which nobody stands in its way; of many rows the first, those in which something is wrong, and how many more there are. */
function packed(name: string, bars: readonly Bar[]): Unplaced[] {
  const rows: { readonly name: string; readonly bars: Bar[] }[] = [];
  for (const bar of bars) {
    const isFree = (other: Bar): boolean => isOver(other, bar.from) && other.wrong === undefined;
    const row = rows.find((one) => one.bars.every(isFree));
    if (row === undefined) rows.push({ name: rows.length === 0 ? name : '', bars: [bar] });
    else row.bars.push(bar);
  }
  if (rows.length <= MOST_ROWS) return rows;
  const kept = rows.filter((row, place) => place < MOST_ROWS - 1 || row.bars.some(({ wrong }) => wrong !== undefined));
  return [...kept, { name: `${rows.length - kept.length} more`, bars: [] }];
}
