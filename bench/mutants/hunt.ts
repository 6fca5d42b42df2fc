import fc from 'fast-check';
import { drive, usualSetup, type Adapter, type Program, type RuleName, type Run } from '../../src/oracle/index.ts';
import { coreAlphabet, everySequence, plainAlphabet, ProgramArbitrary } from '../../src/search/index.ts';

/** How hard it is tried to break a rule. Counted in commands: the same on every machine. */
export interface Effort {
  readonly seed: number;
  readonly budget: number;
  /** As the opening of a campaign; 0 for none. */
  readonly exhaustiveTo: number;
}

/** The rule that was found broken, and after how many commands; or nothing, since the run itself has thrown. */
export type Find = { readonly rule: RuleName; readonly commands: number } | 'crashed';

/**
 * The programs of a campaign, up to the first that breaks a rule, whichever: to know that is enough here, so nothing is
 * shrunk and no other rule is looked for.
 */
export async function hunt(adapter: Adapter, effort: Effort, onRun: () => void): Promise<Find | undefined> {
  const { seed, budget, exhaustiveTo } = effort;
  let commands = 0;
  let find: Find | undefined;
  const isOver = (): boolean => find !== undefined || commands >= budget;
  const note = (run: Run): void => {
    commands += run.commands;
    if (run.divergence !== undefined) find = { rule: run.divergence.rule, commands };
  };
  const attempt = async (program: Program): Promise<boolean> => {
    try {
      note(await drive(adapter, program));
    } catch {
      find = 'crashed';
    }
    onRun();
    return find === undefined;
  };
  const setup = usualSetup(adapter.contract);
  try {
    for (const scope of [
      { setup, letters: coreAlphabet(adapter.contract), longest: exhaustiveTo },
      { setup, letters: plainAlphabet(adapter.contract), longest: exhaustiveTo - 1 },
    ]) {
      for await (const { run } of everySequence(adapter, scope)) {
        note(run);
        onRun();
        if (isOver()) return find;
      }
    }
  } catch {
    return 'crashed';
  }
  const property = fc.asyncProperty(new ProgramArbitrary(adapter.contract), (program) => {
    fc.pre(!isOver());
    return attempt(program);
  });
  await fc.check(property, { seed, numRuns: budget, maxSkipsPerRun: 0, endOnFailure: true });
  return find;
}
