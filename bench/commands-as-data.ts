/**
 * Three ways of handing commands to fast-check, side by side on the known-bad queues: what each does to shrinking and to
 * replay. docs/decisions/0001-commands-are-data.md rests on it.
 *
 * - wrapped: `fc.commands` over thin AsyncCommands, each around one command;
 * - array: `fc.array` of the commands themselves, shrunk by fast-check;
 * - program: the project's ProgramArbitrary, whose shrinking knows what commands are.
 *
 * Alphabet, setups, driver and the rule that must break are the same in all. Runs have no epilogue, so that what breaks is
 * broken by the commands. Apart from the times, each run prints the same.
 */
import fc from 'fast-check';
import { alphabet, drive, type Adapter, type Command, type Program, type Setup } from '../src/oracle/index.ts';
import { queueSetups } from '../src/search/commands.ts';
import { ProgramArbitrary } from '../src/search/index.ts';
import { zoo, type ZooMember } from '../test/zoo/index.ts';

const SEEDS = 15;
/** Commands carried out in a search; those of shrinking are not counted. */
const BUDGET = 50_000;
/** Of a drawn sequence, where fast-check draws it. */
const MOST_COMMANDS = 400;

/** The commands that may be drawn, by kind, the plainest of each kind first. */
type Kinds = readonly (readonly Command[])[];

interface Way<Drawn> {
  readonly name: string;
  readonly arbitrary: (adapter: Adapter, kinds: Kinds, replayPath?: string) => fc.Arbitrary<Drawn>;
  readonly run: (adapter: Adapter, drawn: Drawn) => Promise<Ran>;
  /** What must be kept beside the seed and the path; undefined if the way is not replayed by them. */
  readonly replayPath: ((drawn: Drawn) => string | undefined) | undefined;
}

interface Ran {
  /** The rule that broke, if one did. */
  readonly rule: string | undefined;
  /** How many commands were carried out. */
  readonly commands: number;
  /** What a reader is shown. */
  readonly program: Program;
}

/** The first two ways draw alike: for each run some kinds are switched off and others weighted; never enqueue. */
function drawLetter(kinds: Kinds): fc.Arbitrary<fc.Arbitrary<Command>> {
  const weights = kinds.map(([plainest]) =>
    plainest!.do === 'enqueue' ? fc.constant(4) : fc.constantFrom(0, 1, 1, 4),
  );
  const letter = (drawn: readonly number[]): fc.Arbitrary<Command> =>
    fc.oneof(...kinds.map((variants, kind) => ({ weight: drawn[kind]!, arbitrary: fc.constantFrom(...variants) })));
  return fc.noShrink(fc.tuple(...weights).map(letter));
}

/** Which commands a sequence is made of, noted by their checks; and, once that is known, which of them mean something. */
interface Notes {
  readonly chosen: Command[];
  readonly carriedOut?: ReadonlySet<Command>;
}

class Wrapped implements fc.AsyncCommand<Notes, undefined> {
  readonly #command: Command;

  constructor(command: Command) {
    // A copy: two places of a sequence must be told apart.
    this.#command = { ...command };
  }

  check({ chosen, carriedOut }: Readonly<Notes>): boolean {
    chosen.push(this.#command);
    return carriedOut?.has(this.#command) === true;
  }

  async run(): Promise<void> {}

  toString(): string {
    return JSON.stringify(this.#command);
  }
}

type Sequence = Iterable<fc.AsyncCommand<Notes, undefined>>;

/** The driver takes whole programs, so it goes first; then each wrapper's check and run do as the driver did. */
const wrapped: Way<{ readonly sequence: Sequence; readonly setup: Setup }> = {
  name: 'wrapped',
  arbitrary: (adapter, kinds, replayPath = '') =>
    drawLetter(kinds).chain((letter) => {
      const wrapper = letter.map((command) => new Wrapped(command));
      const limits = { maxCommands: MOST_COMMANDS, size: 'max' } as const;
      const sequence = fc.commands([wrapper], replayPath === '' ? limits : { ...limits, replayPath });
      // The setup comes last: where it is shrunk, fc.commands still goes by what ran under the setup before, and with the
      // setup first it may find nothing more to leave out of dozens of commands.
      return fc.record({ sequence, setup: queueSetups(adapter) });
    }),
  run: async (adapter, { sequence, setup }) => {
    const chosen: Command[] = [];
    await fc.asyncModelRun(() => ({ model: { chosen }, real: undefined }), sequence);
    const carriedOut = new Set<Command>();
    const { divergence, commands } = await drive(
      adapter,
      { setup, commands: chosen },
      { epilogue: false, observe: ({ command }) => command && carriedOut.add(command) },
    );
    await fc.asyncModelRun(() => ({ model: { chosen: [], carriedOut }, real: undefined }), sequence);
    return { rule: divergence?.rule, commands, program: { setup, commands: [...carriedOut] } };
  },
  replayPath: ({ sequence }) => /replayPath="(.*)"/.exec(fc.stringify(sequence))![1]!,
};

async function runProgram(adapter: Adapter, program: Program): Promise<Ran> {
  const { divergence, commands } = await drive(adapter, program, { epilogue: false });
  return { rule: divergence?.rule, commands, program };
}

const array: Way<Program> = {
  name: 'array',
  arbitrary: (adapter, kinds) =>
    drawLetter(kinds).chain((letter) => {
      const commands = fc.array(letter, { maxLength: MOST_COMMANDS, size: 'max' });
      return fc.record({ setup: queueSetups(adapter), commands });
    }),
  run: runProgram,
  replayPath: () => undefined,
};

const program: Way<Program> = {
  name: 'program',
  arbitrary: ({ contract }) => new ProgramArbitrary(contract),
  run: runProgram,
  replayPath: undefined,
};

/** A defect, found and shrunk. */
interface Found<Drawn> {
  readonly drawn: Drawn;
  readonly path: string;
  readonly program: Program;
  readonly shrinkRuns: number;
  readonly searchMs: number;
  readonly shrinkMs: number;
}

/** One way, one known-bad queue, one seed. */
class Trial<Drawn> {
  readonly #way: Way<Drawn>;
  readonly #adapter: Adapter;
  readonly #rule: string;
  readonly #kinds: Kinds;
  readonly #seed: number;

  constructor(way: Way<Drawn>, adapter: Adapter, rule: string, seed: number) {
    this.#way = way;
    this.#adapter = adapter;
    this.#rule = rule;
    this.#kinds = Object.values(alphabet(adapter.contract)).filter((variants) => variants.length > 0);
    this.#seed = seed;
  }

  /** Fails by the rule and by no other, while it is searched for as well as while it is shrunk. */
  async find(): Promise<Found<Drawn> | undefined> {
    let [spent, shrinkRuns, foundAt] = [0, 0, 0];
    let shown: Program | undefined;
    const property = fc.asyncProperty(this.#way.arbitrary(this.#adapter, this.#kinds), async (drawn) => {
      fc.pre(shown !== undefined || spent < BUDGET);
      if (shown !== undefined) shrinkRuns += 1;
      const ran = await this.#way.run(this.#adapter, drawn);
      spent += ran.commands;
      if (ran.rule !== this.#rule) return true;
      if (shown === undefined) foundAt = performance.now();
      shown = ran.program;
      return false;
    });
    const start = performance.now();
    const details = await fc.check(property, { seed: this.#seed, numRuns: BUDGET, maxSkipsPerRun: 0 });
    const end = performance.now();
    if (shown === undefined) return undefined;
    const [drawn] = details.counterexample!;
    const path = details.counterexamplePath!;
    return { drawn, path, program: shown, shrinkRuns, searchMs: foundAt - start, shrinkMs: end - foundAt };
  }

  /** For each change, whether a program that breaks the same rule is where it was; it need not be the same program. */
  async replaysBySeed(found: Found<Drawn>): Promise<boolean[]> {
    const replays: boolean[] = [];
    for (const change of CHANGES) replays.push(await this.#replaysAfter(change, found));
    return replays;
  }

  async replaysAsJson(found: Found<Drawn>): Promise<boolean> {
    const stored = JSON.parse(JSON.stringify(found.program)) as Program;
    return (await runProgram(this.#adapter, stored)).rule === this.#rule;
  }

  async #replaysAfter(change: (kinds: Kinds) => Kinds, { drawn, path }: Found<Drawn>): Promise<boolean> {
    const { arbitrary, run, replayPath } = this.#way;
    let first: Ran | undefined;
    const richer = arbitrary(this.#adapter, change(this.#kinds), replayPath!(drawn));
    const property = fc.asyncProperty(richer, async (candidate) => {
      // Where the first one passes, fast-check would go on to its neighbours.
      fc.pre(first === undefined);
      first = await run(this.#adapter, candidate);
      return first.rule !== this.#rule;
    });
    try {
      await fc.check(property, { seed: this.#seed, path, numRuns: 1, maxSkipsPerRun: 0, endOnFailure: true });
    } catch {
      // The path leads nowhere any more.
    }
    return first?.rule === this.#rule;
  }
}

const FRESH: Command = { do: 'advance', byMs: 60_000 };

/** What becomes of the generator between a failure and its replay. */
const CHANGES: readonly ((kinds: Kinds) => Kinds)[] = [
  (kinds) => kinds,
  (kinds) => kinds.map((variants) => (variants[0]!.do === FRESH.do ? [...variants, FRESH] : variants)),
  (kinds) => [...kinds, [FRESH]],
];

/** What is told of one search that found its defect. */
interface Result extends Omit<Found<unknown>, 'drawn' | 'path'> {
  readonly way: string;
  readonly defect: string;
  /** The length of the shortest program that is known to show the defect. */
  readonly known: number;
  /** One for each change of the generator; undefined if the way is not replayed by seed and path. */
  readonly bySeed: readonly boolean[] | undefined;
  readonly asJson: boolean;
}

type TryOut = (member: ZooMember, adapter: Adapter) => Promise<Result[]>;

function tried<Drawn>(way: Way<Drawn>): TryOut {
  return async ({ name: defect, rule, length: known }, adapter) => {
    const results: Result[] = [];
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const trial = new Trial(way, adapter, rule, seed);
      const found = await trial.find();
      if (found === undefined) continue;
      const bySeed = way.replayPath && (await trial.replaysBySeed(found));
      results.push({ ...found, way: way.name, defect, known, bySeed, asJson: await trial.replaysAsJson(found) });
    }
    return results;
  };
}

type Cells = readonly (string | number)[];

function printTable(title: string, head: Cells, rows: readonly Cells[]): void {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => String(row[column]).length)));
  const line = (row: Cells): string => `| ${row.map((cell, column) => pad(cell, widths[column]!)).join(' | ')} |`;
  console.log(`\n${title}\n`);
  for (const row of [head, widths.map((width) => '-'.repeat(width)), ...rows]) console.log(line(row));
}

function pad(cell: string | number, width: number): string {
  return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
}

const SHRINKING: Cells = ['found', 'length', 'shortest', 'texts', 'runs to shrink', 'search s', 'shrink s'];

function shrinking(results: readonly Result[]): Cells {
  return [
    results.length,
    middleAndMost(results.map(({ program: { commands } }) => commands.length)),
    results.filter(({ program: { commands }, known }) => commands.length === known).length,
    new Set(results.map(({ defect, program: shown }) => JSON.stringify([defect, shown]))).size,
    middleAndMost(results.map(({ shrinkRuns }) => shrinkRuns)),
    seconds(results.map(({ searchMs }) => searchMs)),
    seconds(results.map(({ shrinkMs }) => shrinkMs)),
  ];
}

function replay(results: readonly Result[]): Cells {
  const bySeed = CHANGES.map((_, change) => results.filter((result) => result.bySeed?.[change]).length);
  const isBySeed = results.some((result) => result.bySeed !== undefined);
  return [...(isBySeed ? bySeed : CHANGES.map(() => '–')), results.filter(({ asJson }) => asJson).length];
}

function middleAndMost(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? '–' : `${sorted[Math.floor(sorted.length / 2)]}, ${sorted.at(-1)}`;
}

function seconds(durationsMs: readonly number[]): number {
  return Number((durationsMs.reduce((total, ms) => total + ms, 0) / 1_000).toFixed(1));
}

const all: Result[] = [];
for (const member of zoo) {
  const adapter = await member.load();
  for (const tryOut of [tried(wrapped), tried(array), tried(program)]) all.push(...(await tryOut(member, adapter)));
}

const ways = [wrapped.name, array.name, program.name];
const of = (way: string): Result[] => all.filter((result) => result.way === way);
console.log(`${zoo.length} defects, ${SEEDS} seeds: ${zoo.length * SEEDS} searches a way. Pairs are median and most.`);
printTable(
  'Found within the budget, and shrunk',
  ['way', ...SHRINKING],
  ways.map((way) => [way, ...shrinking(of(way))]),
);
printTable(
  'Stored failures that break the same rule again: by seed and path, the generator being …; and as JSON',
  ['way', 'as it was', 'one variant richer', 'one kind richer', 'JSON'],
  ways.map((way) => [way, ...replay(of(way))]),
);
printTable(
  'Each defect',
  ['defect', 'known', 'way', ...SHRINKING],
  zoo.flatMap(({ name, length }) =>
    ways.map((way) => [name, length, way, ...shrinking(of(way).filter(({ defect }) => defect === name))]),
  ),
);
