import { tell } from '../../src/harness/told.ts';
import type { Verdict } from '../../src/report/index.ts';
import { known } from '../zoo/known.ts';
import type { ZooMember } from '../zoo/index.ts';

/** The verdict on a member of the zoo, by the shortest program that is known. */
export async function verdictOn({ name, rule, load }: ZooMember): Promise<Verdict> {
  const counterexample = { format: 1, subject: name, rule, ...known(name) } as const;
  const replay = `npx stallproof replay ${name}.json`;
  const { verdict } = await tell(await load(), counterexample, { replay });
  return verdict!;
}
