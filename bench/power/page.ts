import { availableParallelism } from 'node:os';
import { tableText, type Table } from '../peers/section.ts';
import { grouped } from '../../src/report/duration.ts';
import { USUAL_BUDGET } from '../../src/search/budget.ts';
import { sizeOf } from '../../src/search/order.ts';
import type { ZooMember } from '../../test/zoo/index.ts';
import { known } from '../../test/zoo/known.ts';
import type { Detections, Power } from './measure.ts';

/** A member, what was measured of it, and whether it was written by somebody who had not seen the generator. */
export interface Row {
  readonly member: ZooMember;
  readonly power: Power;
  readonly isBlind: boolean;
}

/** The whole page: how it is measured, a table a view, totals. */
export function page(rows: readonly Row[], seeds: number): string {
  return [
    opening(rows.length, seeds),
    tableText(totals(rows)),
    tableText(detection(rows)),
    tableText(shrinking(rows)),
    origins(rows),
  ].join('\n\n');
}

function opening(members: number, seeds: number): string {
  return [
    '# Power',
    '',
    `What the harness finds: ${members} known-bad queues, each with one defect, ${seeds} seeds each, ${grouped(USUAL_BUDGET)} commands a seed. A defect`,
    'counts as found only on the rule that it was declared to break. Made again by',
    '',
    '```sh',
    'npm run power            # 40 seeds, to the terminal and to this page: most of an hour',
    'npm run power -- 5       # fewer',
    '```',
    '',
    '- **usual**: as `npm run verify` runs it: its opening first (every short sequence, each call from inside), then chance.',
    '- **chance**: without the opening; ten seeds at most.',
    '- **naive**: what a competent engineer writes in an afternoon with the defaults of fast-check and the same model',
    '  (`bench/naive`); ten seeds at most.',
    '- **blind**: written from the rules and the source of the queue, by somebody who had not seen the generator.',
    '',
    'The size of a counterexample is the number of its commands, where a call from inside counts for three.',
    'What two seeds have found alike, in the opening say, is made short once: that hangs on nothing else.',
    `Commands and milliseconds are until the defect is found, before it is made short. Node ${process.version}, one process a core,`,
    `${availableParallelism()} cores; milliseconds differ from machine to machine, commands do not.`,
  ].join('\n');
}

function totals(rows: readonly Row[]): Table {
  const line = (title: string, some: readonly Row[]): string[] => {
    const rate = (of: (power: Power) => Detections): string => {
      const trials = some.reduce((sum, { power }) => sum + of(power).trials, 0);
      const found = some.reduce((sum, { power }) => sum + of(power).commands.length, 0);
      return percent(found, trials);
    };
    const shrunk = some.flatMap(({ member, power }) =>
      power.shrunk.map(({ size }) => size === sizeOf(known(member.name))),
    );
    const uniform = some.map(({ power }) => mostFrequent(power.shrunk.map(({ text }) => text)));
    return [
      title,
      String(some.length),
      rate(({ usual }) => usual),
      rate(({ chance }) => chance),
      rate(({ naive }) => naive),
      String(some.filter(({ power }) => atShare(power.usual.ms, 0.5) <= 1_000).length),
      percent(shrunk.filter(Boolean).length, shrunk.length),
      percent(
        uniform.reduce((sum, most) => sum + most, 0),
        shrunk.length,
      ),
    ];
  };
  return {
    title: '## In short',
    head: ['', 'defects', 'usual', 'chance', 'naive', 'within 1 s', 'at the smallest size', 'in one text'],
    rows: [
      line('all', rows),
      line(
        'blind',
        rows.filter(({ isBlind }) => isBlind),
      ),
      line(
        'the others',
        rows.filter(({ isBlind }) => !isBlind),
      ),
    ],
  };
}

function detection(rows: readonly Row[]): Table {
  return {
    title: '## Detection: found, commands (median, 95 %), milliseconds (median)',
    head: [
      'defect',
      'rule',
      'usual',
      'median',
      '95 %',
      'ms',
      'chance',
      'median',
      '95 %',
      'ms',
      'naive',
      'median',
      '95 %',
      'ms',
    ],
    rows: rows.map(({ member, power, isBlind }) => [
      isBlind ? `${member.name} (blind)` : member.name,
      member.rule,
      ...cells(power.usual),
      ...cells(power.chance),
      ...cells(power.naive),
    ]),
  };
}

function cells({ trials, commands, ms }: Detections): string[] {
  return [`${commands.length}/${trials}`, shown(commands, 0.5), shown(commands, 0.95), shown(ms, 0.5)];
}

function shrinking(rows: readonly Row[]): Table {
  return {
    title: '## Counterexamples',
    head: [
      'defect',
      'smallest known',
      'at that size',
      'none shorter to',
      'over letters',
      'texts',
      'the most frequent',
      'ms',
      '95 %',
      'naive: median',
    ],
    rows: rows.map(({ member, power }) => {
      const { shrunk, naiveLengths } = power;
      const texts = shrunk.map(({ text }) => text);
      const smallest = sizeOf(known(member.name));
      return [
        member.name,
        String(smallest),
        `${shrunk.filter(({ size }) => size === smallest).length}/${shrunk.length}`,
        String(Math.min(...shrunk.map(({ certificate }) => certificate.length))),
        String(Math.max(...shrunk.map(({ certificate }) => certificate.letters.length))),
        String(new Set(texts).size),
        `${mostFrequent(texts)}/${texts.length}`,
        shown(
          shrunk.map(({ ms }) => ms),
          0.5,
        ),
        shown(
          shrunk.map(({ ms }) => ms),
          0.95,
        ),
        shown(naiveLengths, 0.5),
      ];
    }),
  };
}

function origins(rows: readonly Row[]): string {
  return ['## The defects', ...rows.map(({ member: { name, origin } }) => `- \`${name}\`: ${origin}`)].join('\n\n');
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

function shown(values: readonly number[], share: number): string {
  return values.length === 0 ? '–' : String(Math.round(atShare(values, share)));
}

function atShare(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Infinity;
}

function mostFrequent(texts: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
