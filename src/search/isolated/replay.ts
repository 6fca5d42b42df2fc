import type { Counterexample, Stuck } from '../campaign.ts';
import { WatchedThread } from './thread.ts';

/**
 * Tries whether a queue comes back from a counterexample, in a thread of its own that may stay `patienceMs` in one command;
 * undefined if it does, and it may then be replayed in this one.
 */
export async function stuckIn(
  module: string,
  { setup, commands }: Counterexample,
  patienceMs = 3_000,
): Promise<Stuck | undefined> {
  const thread = new WatchedThread(module);
  try {
    const answer = await thread.ask({ kind: 'run', program: { setup, commands }, epilogue: true }, { patienceMs });
    return answer.kind === 'lost' ? { how: answer.how, place: answer.lastSeen.place } : undefined;
  } finally {
    await thread.close();
  }
}
