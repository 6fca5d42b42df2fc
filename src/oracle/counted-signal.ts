/** An abort controller that knows how many listeners its signal has. */
export class CountedSignal {
  readonly #controller = new AbortController();
  readonly #listeners = new Set<unknown>();

  constructor() {
    const { signal } = this.#controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...one: Parameters<typeof add>) => {
      this.#listeners.add(one[1]);
      add(...one);
    };
    signal.removeEventListener = (...one: Parameters<typeof remove>) => {
      this.#listeners.delete(one[1]);
      remove(...one);
    };
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** How many listen; nobody needs to once it has aborted. */
  get listeners(): number {
    return this.signal.aborted ? 0 : this.#listeners.size;
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }
}
