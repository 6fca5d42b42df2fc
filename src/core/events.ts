import type { TakenBackReason } from './errors.ts';
import type { Priority } from './options.ts';

/**
 * What happens to tasks, told after it happened. What is taken back at one time is first all taken back, then told. `at` is
 * milliseconds of the queue's clock; `hold` is the number that the body was given.
 */
export type QueueEvent =
  | { readonly type: 'enqueued'; readonly at: number; readonly lane: string; readonly priority: Priority }
  | {
      readonly type: 'started';
      readonly at: number;
      readonly lane: string;
      readonly hold: number;
      readonly queuedMs: number;
    }
  | {
      readonly type: 'settled';
      readonly at: number;
      readonly lane: string;
      readonly hold: number;
      readonly outcome: 'fulfilled' | 'rejected';
      readonly heldMs: number;
    }
  | {
      readonly type: 'taken-back';
      readonly at: number;
      readonly lane: string;
      readonly hold: number;
      readonly reason: TakenBackReason;
      readonly heldMs: number;
      readonly silentMs: number;
    }
  /** The body of a hold that had been taken back has settled after all. */
  | { readonly type: 'settled-late'; readonly at: number; readonly lane: string; readonly hold: number }
  /** The lane has a backlog and no free slot. */
  | { readonly type: 'waiting'; readonly at: number; readonly lane: string }
  /** The lane no longer waits. */
  | { readonly type: 'flowing'; readonly at: number; readonly lane: string }
  /** Something of the user's threw where the queue called it. */
  | {
      readonly type: 'fault';
      readonly at: number;
      readonly lane: string;
      readonly where: 'progressSource';
      readonly error: unknown;
    };
