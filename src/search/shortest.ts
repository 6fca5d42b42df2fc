import fc from 'fast-check';
import { alphabet, type Adapter, type Command, type Contract, type Program, type RuleName } from '../oracle/index.ts';
import { ProgramArbitrary } from './draw.ts';
import { isSame } from './letters.ts';
import { Runs, Stopped } from './runs.ts';
import { smallest, type Smallest } from './smallest.ts';

/**
 * Shrinks a program that breaks a rule to a short one that breaks the same rule. A reader should see every step, so what
 * only the epilogue showed is first made to show by commands, where that can be done.
 *
 * @returns undefined if the signal aborted before that was done.
 */
export async function shortest(
  adapter: Adapter,
  rule: RuleName,
  program: Program,
  signal?: AbortSignal,
): Promise<Smallest | undefined> {
  try {
    return await shortestOf(adapter, rule, program, signal);
  } catch (error) {
    if (error instanceof Stopped) return undefined;
    throw error;
  }
}

async function shortestOf(
  adapter: Adapter,
  rule: RuleName,
  program: Program,
  signal: AbortSignal | undefined,
): Promise<Smallest> {
  const runs = new Runs(adapter, signal);
  const fails =
    (epilogue: boolean) =>
    async (candidate: Program): Promise<boolean> =>
      (await runs.of(candidate, epilogue)).broken === rule;
  const explicit = async (candidate: Program): Promise<Program | undefined> => {
    for (const start of [candidate, ...withCodas(adapter.contract, candidate)]) {
      if (await fails(false)(start)) return shrink(adapter, start, fails(false));
    }
    return undefined;
  };
  const early = await explicit(program);
  if (early !== undefined) return smallest(runs, rule, early, false);
  // What is short already may be spelled out where the whole was too tangled.
  const short = await shrink(adapter, program, fails(true));
  const late = await explicit(short);
  return smallest(runs, rule, late ?? short, late === undefined);
}

async function shrink(
  adapter: Adapter,
  start: Program,
  fails: (program: Program) => Promise<boolean>,
): Promise<Program> {
  const property = fc.asyncProperty(new ProgramArbitrary(adapter.contract), async (program) => !(await fails(program)));
  const details = await fc.check(property, { examples: [[start]], numRuns: 1 });
  return details.counterexample?.[0] ?? start;
}

/**
 * What the epilogue does, roughly, as commands, as far as the contract offers them: every lane comes on, as there, or only
 * when somebody has left; all that can settle does, someone waits in each lane, time passes; and in the end a reset.
 */
function withCodas(contract: Contract, { setup, commands }: Program): Program[] {
  const offered = Object.values(alphabet(contract)).flat();
  const isOffered = (command: Command): boolean => offered.some((one) => isSame(one, command));
  const inEachLane = (make: (lane: string) => Command): Command[] => contract.lanes.map(make);
  const comesOn: Command[] = [
    { do: 'resume' },
    ...inEachLane((lane) => ({ do: 'resume', lane })),
    ...inEachLane((lane) => ({ do: 'configure', lane, concurrency: 1 })),
  ];
  const round: Command[] = [
    ...inEachLane((lane) => ({ do: 'complete', lane, hold: 'oldest' })),
    ...inEachLane((lane) => ({ do: 'complete', lane, hold: 'newest' })),
    { do: 'settle late', body: 'oldest', how: 'fulfilled' },
    ...comesOn,
    ...inEachLane((lane) => ({ do: 'enqueue', lane })),
    { do: 'advance', to: 'at', deadline: 'ceiling' },
  ];
  const coda: Command[] = [...round, ...round, ...round, { do: 'clear' }, { do: 'reset' }];
  return [comesOn, []].map((first) => ({ setup, commands: [...commands, ...[...first, ...coda].filter(isOffered)] }));
}
