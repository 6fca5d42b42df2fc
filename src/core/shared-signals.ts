/**
 * One listener per distinct signal, however many depend on it, and none when nobody does any more.
 * Rules: `abort`, `hygiene`.
 */
export class SharedSignals<Dependant> {
  readonly #onAbort: (dependants: readonly Dependant[], reason: unknown) => void;
  readonly #groups = new Map<
    AbortSignal | undefined,
    { readonly dependants: Set<Dependant>; readonly listener: () => void }
  >();

  /** `onAbort` is called once for each signal that aborts, with all that depended on it then. */
  constructor(onAbort: (dependants: readonly Dependant[], reason: unknown) => void) {
    this.#onAbort = onAbort;
  }

  join(signal: AbortSignal, dependant: Dependant): void {
    let group = this.#groups.get(signal);
    if (group === undefined) {
      const dependants = new Set<Dependant>();
      const listener = (): void => {
        this.#groups.delete(signal);
        this.#onAbort([...dependants], signal.reason);
      };
      group = { dependants, listener };
      this.#groups.set(signal, group);
      signal.addEventListener('abort', listener, { once: true });
    }
    group.dependants.add(dependant);
  }

  /** Also where there is no signal to leave, or it has aborted. */
  leave(signal: AbortSignal | undefined, dependant: Dependant): void {
    const group = this.#groups.get(signal);
    if (group === undefined) return;
    group.dependants.delete(dependant);
    if (group.dependants.size > 0) return;
    this.#groups.delete(signal);
    signal!.removeEventListener('abort', group.listener);
  }
}
