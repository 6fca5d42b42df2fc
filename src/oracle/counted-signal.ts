import { getEventListeners } from 'node:events';

/** An abort controller that knows how many listeners its signal has. */
export class CountedSignal {
  readonly #controller = new AbortController();
  readonly signal: AbortSignal = this.#controller.signal;

  /** How many listen. */
  get listeners(): number {
    return getEventListeners(this.signal, 'abort').length;
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }
}
