import type { CallSite, Priority, Setup, Source } from '../model/index.ts';

/** Which of the holds of a lane, or of the bodies that are detached: symbolic, so that it means something in any state. */
export type Which = 'oldest' | 'newest';

/**
 * Which moment: the next report of a blocked lane, the next ceiling of a hold (whether or not anybody waits behind it), or
 * whatever must happen next of itself; where nothing must, that is the next ceiling.
 */
export type Deadline = 'next' | 'ceiling' | 'warning';

/** Signals that tasks share, and one that has aborted before the task comes. */
export const SIGNALS = ['one', 'other', 'spent'] as const;
export type SignalName = (typeof SIGNALS)[number];

/** What a command does that calls the queue: it can be made from outside, and from inside what the queue itself has called. */
export type CallCommand =
  | {
      readonly do: 'enqueue';
      readonly lane: string;
      readonly priority?: Priority;
      readonly source?: Source;
      readonly detach?: true;
      readonly timeoutMs?: number;
      readonly signal?: SignalName;
      readonly throws?: true;
      readonly notice?: true;
    }
  | { readonly do: 'reset'; readonly lane?: string }
  | { readonly do: 'clear'; readonly lane?: string }
  | { readonly do: 'pause'; readonly lane?: string }
  | { readonly do: 'resume'; readonly lane?: string }
  | { readonly do: 'abort'; readonly signal: Exclude<SignalName, 'spent'> }
  | { readonly do: 'configure'; readonly lane: string; readonly concurrency: number }
  | {
      readonly do: 'wait' | 'wait for rest';
      readonly lane?: string;
      readonly timeoutMs?: number;
      /** One of its own, or one that has aborted before. */
      readonly signal?: true | 'spent';
    }
  | { readonly do: 'close'; readonly deadlineMs?: number };

/**
 * What is done to a queue: plain JSON, saved, sent and replayed as it is. Who and when are symbolic and are resolved
 * against the model's state; a command that means nothing there is passed over.
 */
export type Command =
  | CallCommand
  | { readonly do: 'hang'; readonly lane: string; readonly hold: Which }
  | { readonly do: 'progress'; readonly lane: string; readonly hold: Which }
  | { readonly do: 'complete'; readonly lane: string; readonly hold: Which }
  | { readonly do: 'fail'; readonly lane: string; readonly hold: Which }
  | { readonly do: 'settle late'; readonly body: Which; readonly how: 'fulfilled' | 'rejected' }
  | { readonly do: 'give up waiting'; readonly waiter: Which }
  /** The next time that the user's code is called there, it makes a call of its own. */
  | { readonly do: 'call from'; readonly site: CallSite; readonly lane: string; readonly call: CallCommand }
  | { readonly do: 'advance'; readonly to: 'before' | 'at' | 'after'; readonly deadline: Deadline }
  | { readonly do: 'advance'; readonly byMs: number }
  /** The process sleeps, and wakes so long after a deadline: what was due until then comes late. */
  | { readonly do: 'oversleep'; readonly deadline: Deadline; readonly byMs: number }
  | { readonly do: 'set the wall clock'; readonly byMs: number };

export type CommandKind = Command['do'];

/** What one run does: how the queue is set up, and the commands. */
export interface Program {
  readonly setup: Setup;
  readonly commands: readonly Command[];
}
