import type { Exhaustive, ExhaustiveOptions } from '../exhaustive.ts';
import { ruleOf, withLoss } from './loss.ts';
import { WatchedThread } from './thread.ts';

/**
 * Every sequence of an alphabet, in a thread of its own. Where the queue does not come back the search ends: the sequence
 * is as short as any from which it does not.
 *
 * @param module where the adapter is the default export: a URL.
 */
export async function isolatedExhaustive(
  module: string,
  { onProgress, signal, ...options }: ExhaustiveOptions,
  patienceMs = 3_000,
): Promise<Exhaustive> {
  const thread = new WatchedThread(module);
  try {
    const answer = await thread.ask({ kind: 'exhaustive', options }, { patienceMs, onProgress, signal });
    if (answer.kind === 'exhausted') return answer.found;
    if (answer.kind !== 'lost') throw new Error(`The thread answered with ${answer.kind}.`);
    const { how, lastSeen, runs } = answer;
    // The same again, up to the run before: what was counted is gone with the thread.
    const again = await thread.ask({ kind: 'exhaustive', options: { ...options, mostRuns: runs } }, { patienceMs });
    const known = await thread.ask({ kind: 'contract' }, { patienceMs });
    if (again.kind !== 'exhausted' || known.kind !== 'ready') throw new Error('The queue does not do the same twice.');
    const stuck = { how, place: lastSeen.place };
    return withLoss(again.found, { rule: ruleOf(known.contract), program: lastSeen.program, stuck });
  } finally {
    await thread.close();
  }
}
