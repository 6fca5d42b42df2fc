import { tableText, type Table } from '../peers/section.ts';
import { ways, type Way } from './ways.ts';

/** What came of one way of making programs: for each defect, the commands to each find. */
export interface Result {
  readonly way: Way;
  readonly finds: readonly {
    readonly member: string;
    readonly isBlind: boolean;
    readonly commands: readonly number[];
  }[];
}

/** The whole page: what each ingredient is worth, and which defects hang on it. */
export function page(results: readonly Result[], seeds: number, budget: number): string {
  return [opening(results[0]!.finds.length, seeds, budget), tableText(shares(results, seeds)), hangOn(results)].join(
    '\n\n',
  );
}

function opening(members: number, seeds: number, budget: number): string {
  return [
    '# What each ingredient of generation is worth',
    '',
    `${members} known-bad queues, ${seeds} seeds each, ${budget} commands a seed; one ingredient at a time is left out. Found is the`,
    'share of defects and seeds found on the rule that was declared; the median is of the commands until then, where what',
    'was not found counts as more than any. Made again by',
    '',
    '```sh',
    'npm run ablation            # 5 seeds, to the terminal and to this page',
    'npm run ablation -- 10      # more',
    '```',
    '',
    ...ways.map(({ name, about }) => `- **${name}**: ${about}.`),
  ].join('\n');
}

function shares(results: readonly Result[], seeds: number): Table {
  const groups = [
    ['all', () => true],
    ['blind', (isBlind: boolean) => isBlind],
    ['others', (isBlind: boolean) => !isBlind],
  ] as const;
  return {
    title: '## Found, commands (median)',
    head: ['', ...groups.flatMap(([name]) => [name, 'median'])],
    rows: results.map(({ way, finds }) => [
      way.name,
      ...groups.flatMap(([, isOf]) => {
        const some = finds.filter(({ isBlind }) => isOf(isBlind));
        const commands = some.flatMap((one) => one.commands);
        return [percent(commands.length, some.length * seeds), median(commands, some.length * seeds)];
      }),
    ]),
  };
}

/** The defects that are found less often without an ingredient than with all. */
function hangOn([usual, ...others]: readonly Result[]): string {
  const lines = others.map(({ way, finds }) => {
    const lost = finds
      .map(({ member, commands }, place) => ({ member, less: usual!.finds[place]!.commands.length - commands.length }))
      .filter(({ less }) => less > 0)
      .toSorted((a, b) => b.less - a.less);
    const names = lost.map(({ member, less }) => `\`${member}\` (−${less})`).join(', ');
    return `- **${way.name}**: ${names === '' ? 'none' : names}`;
  });
  return ['## What is found by fewer seeds than usual', '', ...lines].join('\n');
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function median(found: readonly number[], trials: number): string {
  const at = found.toSorted((a, b) => a - b)[Math.ceil(trials / 2) - 1];
  return at === undefined ? '–' : String(at);
}
