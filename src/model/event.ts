import type { CallSite, Priority, Source } from './contract.ts';
import type { SignalId, TaskId, WaiterId } from './state.ts';

/** What can happen to a queue from outside: a call, something a body does, or the passing of time. Names, not symbols. */
export type Event =
  | Call
  | { readonly type: 'hang'; readonly task: TaskId }
  | { readonly type: 'progress'; readonly task: TaskId }
  | { readonly type: 'settle'; readonly task: TaskId; readonly how: 'fulfilled' | 'rejected' }
  | { readonly type: 'give-up'; readonly waiter: WaiterId }
  /** The next time the user's code is called there, it makes this call. */
  | { readonly type: 'plant'; readonly site: CallSite; readonly lane: string; readonly call: Call }
  /** Those who were to call about another lane than their own will not do so any more. */
  | { readonly type: 'unplant' }
  /** Time has come to `at`. Unless the clock was late, that is no later than the next deadline. */
  | { readonly type: 'tick'; readonly at: number }
  /** Somebody looks at what is too dear to look at in each step. */
  | { readonly type: 'look' }
  /** The wall clock is set otherwise; no time passes. */
  | { readonly type: 'jump'; readonly byMs: number };

/** A call of the queue. It can be made from anywhere, also from inside what the queue itself has called. */
export type Call =
  | {
      readonly type: 'enqueue';
      readonly task: TaskId;
      readonly lane: string;
      readonly priority: Priority;
      readonly source: Source | undefined;
      readonly detach: boolean;
      readonly timeoutMs: number | undefined;
      /** The signal that it shares with others. */
      readonly signal: SignalId | undefined;
      /** That signal has aborted already. */
      readonly aborted: boolean;
      /** Its body throws before it returns. */
      readonly throws: boolean;
      /** Its caller wants to know when it has waited for so long. */
      readonly noticeAfterMs: number | undefined;
    }
  | { readonly type: 'reset' | 'clear' | 'pause' | 'resume'; readonly lane: string | undefined }
  /** A signal that tasks share aborts. That is no call of the queue, but it is told at once as if it were. */
  | { readonly type: 'abort'; readonly signal: SignalId }
  | { readonly type: 'configure'; readonly lane: string; readonly concurrency: number }
  | {
      readonly type: 'wait';
      readonly waiter: WaiterId;
      /** For the holds that are active now to leave, or for rest. */
      readonly until: 'left' | 'idle';
      readonly lane: string | undefined;
      readonly timeoutMs: number | undefined;
      /** The waiter keeps a signal by which it may give up. */
      readonly signal: boolean;
      /** That signal has aborted already. */
      readonly aborted: boolean;
    }
  | { readonly type: 'close'; readonly waiter: WaiterId; readonly deadlineMs: number | undefined };
