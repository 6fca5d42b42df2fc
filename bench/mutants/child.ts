/** Tries mutants, one after the other, in a process of its own, which can be ended whatever a mutant does to it. */
import reference from '../../src/adapters/reference.ts';
import { expectShortLives } from '../../src/cli/short-lived.ts';
import { checkAdapter, type Adapter } from '../../src/oracle/index.ts';
import { nextTurn } from '../../src/oracle/barrier.ts';
import { loadPatched } from '../../test/zoo/patched.ts';
import { hunt } from './hunt.ts';
import { spliced } from './mutant.ts';
import { coreSource } from './mutate.ts';
import { traces } from './trace.ts';
import type { Trial, Verdict } from './trial.ts';
import { watchdog } from './watchdog.ts';

/** What a mutant has left behind shows by then. */
const TURNS_BETWEEN = 3;

expectShortLives();
// What a mutant breaks after its trial is nobody's business any more.
process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => {});
process.on('disconnect', () => process.exit());
process.on('message', (trial: Trial) => void answer(trial));

const makeHeadway = watchdog();
let unchanged: readonly string[] | undefined;

async function answer(trial: Trial): Promise<void> {
  const verdict = await attempt(trial);
  for (let turns = 0; turns < TURNS_BETWEEN; turns += 1) await nextTurn();
  makeHeadway();
  process.send!(verdict);
}

async function attempt({ name, file, splice, efforts }: Trial): Promise<Verdict> {
  let adapter: Adapter;
  const source = coreSource(file);
  try {
    adapter = await loadPatched(name, [{ file, find: source, replace: spliced(source, splice) }]);
    // As `verify` does first.
    await checkAdapter(adapter);
  } catch {
    return { end: 'crashed' };
  }
  for (const [effort, how] of efforts.entries()) {
    const find = await hunt(adapter, how, makeHeadway);
    if (find === 'crashed') return { end: 'crashed' };
    if (find !== undefined) return { end: 'killed', effort, ...find };
  }
  unchanged ??= await traces(reference, makeHeadway);
  const changed = await traces(adapter, makeHeadway);
  return { end: 'survived', isAlike: changed.every((trace, at) => trace === unchanged![at]) };
}
