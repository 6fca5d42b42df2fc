import type { Priority, Source } from './contract.ts';
import type { TaskId, WaiterId } from './state.ts';

/** What can happen to a queue from outside: a call, something a body does, or the passing of time. Names, not symbols. */
export type Event =
  | {
      readonly type: 'enqueue';
      readonly task: TaskId;
      readonly lane: string;
      readonly priority: Priority;
      readonly source: Source | undefined;
      readonly detach: boolean;
    }
  | { readonly type: 'hang'; readonly task: TaskId }
  | { readonly type: 'progress'; readonly task: TaskId }
  | { readonly type: 'settle'; readonly task: TaskId; readonly how: 'fulfilled' | 'rejected' }
  | { readonly type: 'reset'; readonly lane: string | undefined }
  | { readonly type: 'configure'; readonly lane: string; readonly concurrency: number }
  | {
      readonly type: 'wait';
      readonly waiter: WaiterId;
      readonly lane: string | undefined;
      readonly timeoutMs: number | undefined;
      /** The waiter keeps a signal by which it may give up. */
      readonly signal: boolean;
    }
  | { readonly type: 'give-up'; readonly waiter: WaiterId }
  /** Time has come to `at`, which is no later than the next deadline. */
  | { readonly type: 'tick'; readonly at: number };
