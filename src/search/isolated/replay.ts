import type { Counterexample, Stuck } from '../campaign.ts';
import { WatchedThread } from './thread.ts';

const PATIENCE_MS = 3_000;

/**
 * Tries whether a queue comes back from a counterexample, in a thread of its own; undefined if it does, and it may then be
 * replayed in this one.
 */
export async function stuckIn(module: string, { setup, commands }: Counterexample): Promise<Stuck | undefined> {
  const thread = new WatchedThread(module);
  try {
    const answer = await thread.ask(
      { kind: 'run', program: { setup, commands }, epilogue: true },
      { patienceMs: PATIENCE_MS },
    );
    return answer.kind === 'lost' ? { how: answer.how, place: answer.lastSeen.place } : undefined;
  } finally {
    await thread.close();
  }
}
