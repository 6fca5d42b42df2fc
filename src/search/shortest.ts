import fc from 'fast-check';
import { drive, type Adapter, type Command, type Contract, type Program, type RuleName } from '../oracle/index.ts';
import { ProgramArbitrary } from './draw.ts';

/** A program that breaks a rule. */
export interface Finding {
  readonly program: Program;
  /** Its commands alone do not show it: it takes the epilogue. */
  readonly tookEpilogue: boolean;
}

/**
 * Shrinks a program that breaks a rule to a short one that breaks the same rule. A reader should see every step, so what
 * only the epilogue showed is first made to show by commands, where that can be done.
 */
export async function shortest(adapter: Adapter, rule: RuleName, program: Program): Promise<Finding> {
  const fails = async (candidate: Program, epilogue: boolean): Promise<boolean> =>
    (await drive(adapter, candidate, { epilogue })).divergence?.rule === rule;
  const spelledOut = withCoda(adapter.contract, program);
  for (const start of [program, spelledOut]) {
    if (await fails(start, false)) return shrink(adapter, start, (candidate) => fails(candidate, false), false);
  }
  return shrink(adapter, program, (candidate) => fails(candidate, true), true);
}

async function shrink(
  adapter: Adapter,
  start: Program,
  fails: (program: Program) => Promise<boolean>,
  tookEpilogue: boolean,
): Promise<Finding> {
  const property = fc.asyncProperty(new ProgramArbitrary(adapter.contract), async (program) => !(await fails(program)));
  const details = await fc.check(property, { examples: [[start]], numRuns: 1 });
  return { program: details.counterexample?.[0] ?? start, tookEpilogue };
}

/** What the epilogue does, roughly, as commands: all that can settle does, someone waits in each lane, time passes; a reset. */
function withCoda(contract: Contract, { setup, commands }: Program): Program {
  const ceiling: Command = { do: 'advance', to: 'at', deadline: 'ceiling' };
  const inEachLane = (make: (lane: string) => Command): Command[] => contract.lanes.map(make);
  const round: Command[] = [
    ...inEachLane((lane) => ({ do: 'complete', lane, hold: 'oldest' })),
    ...inEachLane((lane) => ({ do: 'complete', lane, hold: 'newest' })),
    { do: 'settle late', body: 'oldest', how: 'fulfilled' },
    ...inEachLane((lane) => ({ do: 'enqueue', lane })),
    ceiling,
  ];
  return { setup, commands: [...commands, ...round, ...round, ...round, { do: 'reset' }] };
}
