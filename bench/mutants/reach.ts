import { loadPatched } from '../../test/zoo/patched.ts';
import { hunt, type Effort } from './hunt.ts';
import { coreSource, type Mutated } from './mutate.ts';

/** What the noting sources write their notes to: how often each place was executed, by the id of each mutant in it. */
const NOTES = { static: {} as Record<string, number>, perTest: {} };

/**
 * The ids of those mutants whose place is executed when the unchanged queue is put to the test. Whatever stands in another
 * place cannot have made any difference: until the first time that it is executed, all is as it was.
 */
export async function reached({ noting }: Mutated, efforts: readonly Effort[]): Promise<ReadonlySet<number>> {
  Object.assign(globalThis, { __stryker__: { mutantCoverage: NOTES } });
  const patches = [...noting].map(([file, replace]) => ({ file, find: coreSource(file), replace }));
  const adapter = await loadPatched('noting', patches);
  for (const effort of efforts) {
    const find = await hunt(adapter, effort, () => {});
    if (find !== undefined) throw new Error(`The unchanged queue fails: ${JSON.stringify(find)}`);
  }
  return new Set(Object.keys(NOTES.static).map(Number));
}
