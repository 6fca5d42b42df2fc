import type { Priority, Setup, Source } from '../model/index.ts';

/** Which of the holds of a lane, or of the bodies that are detached: symbolic, so that it means something in any state. */
export type Which = 'oldest' | 'newest';

/**
 * Which moment: the next report of a blocked lane, the next ceiling of a hold (whether or not anybody waits behind it), or
 * whatever must happen next of itself; where nothing must, that is the next ceiling.
 */
export type Deadline = 'next' | 'ceiling' | 'warning';

/**
 * What is done to a queue: plain JSON, saved, sent and replayed as it is. Who and when are symbolic and are resolved
 * against the model's state; a command that means nothing there is passed over.
 */
export type Command =
  | {
      readonly do: 'enqueue';
      readonly lane: string;
      readonly priority?: Priority;
      readonly source?: Source;
      readonly detach?: true;
    }
  | { readonly do: 'hang'; readonly lane: string; readonly hold: Which }
  | { readonly do: 'progress'; readonly lane: string; readonly hold: Which }
  | { readonly do: 'complete'; readonly lane: string; readonly hold: Which }
  | { readonly do: 'fail'; readonly lane: string; readonly hold: Which }
  | { readonly do: 'settle late'; readonly body: Which; readonly how: 'fulfilled' | 'rejected' }
  | { readonly do: 'reset'; readonly lane?: string }
  | { readonly do: 'configure'; readonly lane: string; readonly concurrency: number }
  | { readonly do: 'wait'; readonly lane?: string; readonly timeoutMs?: number; readonly signal?: true }
  | { readonly do: 'give up waiting'; readonly waiter: Which }
  | { readonly do: 'advance'; readonly to: 'before' | 'at' | 'after'; readonly deadline: Deadline }
  | { readonly do: 'advance'; readonly byMs: number };

export type CommandKind = Command['do'];

/** What one run does: how the queue is set up, and the commands. */
export interface Program {
  readonly setup: Setup;
  readonly commands: readonly Command[];
}
