import type { AsyncResource } from 'node:async_hooks';
import { channel, type Channel } from 'node:diagnostics_channel';
import type { TakenBackReason } from './errors.ts';
import type { Priority } from './options.ts';
import { shield } from './shield.ts';

/** What every event says: milliseconds of the queue's clock, and the lane it happened in. */
interface InLane {
  readonly at: number;
  readonly lane: string;
}

/** What a hold's event says: also the number that the body was given. */
interface OfHold extends InLane {
  readonly hold: number;
}

/** Every transition of the queue, told after it happened and before the next one does. Rule: `observable`. */
export type QueueEvent =
  | (InLane & { readonly type: 'enqueued'; readonly priority: Priority })
  /** The task was never let in: its signal had aborted, or the queue was closed. */
  | (InLane & { readonly type: 'refused'; readonly reason: 'aborted' | 'closed' })
  /** The task left the backlog without having run. */
  | (InLane & { readonly type: 'dropped'; readonly reason: 'aborted' | 'cleared'; readonly queuedMs: number })
  | (OfHold & { readonly type: 'started'; readonly queuedMs: number })
  | (OfHold & { readonly type: 'settled'; readonly outcome: 'fulfilled' | 'rejected'; readonly heldMs: number })
  /** The signal given with the task has aborted: its body is told, and keeps its slot. */
  | (OfHold & { readonly type: 'aborted' })
  | (OfHold & {
      readonly type: 'taken-back';
      readonly reason: TakenBackReason;
      readonly heldMs: number;
      readonly silentMs: number;
    })
  /** The body of a hold that had been taken back has settled after all. */
  | (OfHold & { readonly type: 'settled-late'; readonly outcome: 'fulfilled' | 'rejected' })
  /** The lane has a backlog and no free slot. */
  | (InLane & { readonly type: 'waiting' })
  /** The lane no longer waits. */
  | (InLane & { readonly type: 'flowing' })
  | (InLane & { readonly type: 'configured'; readonly concurrency: number })
  /** A lane, or, for undefined, the whole queue, was paused or resumed. */
  | { readonly type: 'paused' | 'resumed'; readonly at: number; readonly lane: string | undefined }
  /** No task is let in any more. */
  | { readonly type: 'closed'; readonly at: number; readonly lane: undefined }
  /** Something of the user's threw where the queue called it. */
  | (InLane & { readonly type: 'fault'; readonly where: 'progressSource' | 'onWait'; readonly error: unknown });

/** What subscribers of the diagnostics channel `stallproof` get. */
export interface ChannelMessage {
  readonly queue: object;
  readonly event: QueueEvent;
}

const stallproof: Channel = channel('stallproof');

const nobody = (): void => {};

/**
 * Tells events to a listener and to a diagnostics channel, one after the other: what happens while one is being told is
 * told after it. Whoever listens does so in the queue's own async context, not in that of the task that happened to cause
 * the event. Rules: `observable`, `callback-safe`, `context`.
 */
export class EventStream {
  readonly #queue: object;
  readonly #listener: (event: QueueEvent) => void;
  readonly #onFault: (error: unknown, event: QueueEvent) => void;
  readonly #scope: AsyncResource;
  readonly #untold: QueueEvent[] = [];
  #isTelling = false;

  /** `onFault` is told when the listener threw; the listener itself is not told of that. */
  constructor(
    queue: object,
    listener: ((event: QueueEvent) => void) | undefined,
    onFault: (error: unknown, event: QueueEvent) => void,
    scope: AsyncResource,
  ) {
    this.#queue = queue;
    this.#listener = listener ?? nobody;
    this.#onFault = onFault;
    this.#scope = scope;
  }

  /** Somebody listens: only then is an event worth making. */
  get isHeard(): boolean {
    return this.#listener !== nobody || stallproof.hasSubscribers;
  }

  tell(event: QueueEvent): void {
    this.#scope.runInAsyncScope(tellIn, undefined, this, event);
  }

  /** The same, for whoever is in the queue's own async context already: to enter it costs more than to tell. */
  tellInScope(event: QueueEvent): void {
    if (this.#isTelling) {
      this.#untold.push(event);
      return;
    }
    this.#isTelling = true;
    this.#tellNow(event);
    while (this.#untold.length > 0) this.#tellNow(this.#untold.shift()!);
    this.#isTelling = false;
  }

  #tellNow(event: QueueEvent): void {
    shield(this.#listener, event, this.#onFault);
    if (stallproof.hasSubscribers) stallproof.publish({ queue: this.#queue, event } satisfies ChannelMessage);
  }
}

function tellIn(stream: EventStream, event: QueueEvent): void {
  stream.tellInScope(event);
}
