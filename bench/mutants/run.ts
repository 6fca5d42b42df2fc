import { USUAL_BUDGET } from '../../src/search/budget.ts';
import { progress } from '../peers/progress.ts';
import { whyBeyond } from './beyond.ts';
import type { Effort } from './hunt.ts';
import type { Mutant } from './mutant.ts';
import type { Mutated } from './mutate.ts';
import { reached } from './reach.ts';
import type { Outcome, Result } from './result.ts';
import { Tester } from './tester.ts';

/** What `verify` does if nothing else is said; and as much again, of chance alone, for whoever survives that. */
export const EFFORTS: readonly Effort[] = [
  { seed: 1, budget: USUAL_BUDGET, exhaustiveTo: 3 },
  { seed: 2, budget: 100_000, exhaustiveTo: 0 },
];

const TESTERS = 2;

/** Tries every mutant of these files that commands can say something about. */
export async function tryAll(mutated: Mutated, isWanted: (mutant: Mutant) => boolean): Promise<Result[]> {
  const mutants = mutated.mutants.filter(isWanted);
  progress('the unchanged queue');
  const whyNot = whyBeyond();
  const ids = await reached(mutated, EFFORTS);
  const outcomes = new Map<Mutant, Outcome>();
  const untried: Mutant[] = [];
  for (const mutant of mutants) {
    const why = whyNot(mutant);
    if (why !== undefined) outcomes.set(mutant, { end: 'beyond', why });
    else if (ids.has(mutant.id)) untried.push(mutant);
    else outcomes.set(mutant, { end: 'unreached' });
  }
  const tryThem = async (): Promise<void> => {
    const tester = new Tester();
    for (let mutant = untried.shift(); mutant !== undefined; mutant = untried.shift()) {
      const { id, file, splice } = mutant;
      outcomes.set(mutant, await tester.try({ name: `mutant-${id}`, file, splice, efforts: EFFORTS }));
      progress(`${outcomes.size} of ${mutants.length} mutants`);
    }
    tester.end();
  };
  await Promise.all(Array.from({ length: TESTERS }, tryThem));
  progress('');
  return mutants.map((mutant) => ({ mutant, outcome: outcomes.get(mutant)! }));
}
