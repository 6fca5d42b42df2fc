import { PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

/** Collects all garbage now, so that nobody pays for what the one before him left. Needs `--expose-gc`. */
export function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('Run this by its npm script, which starts Node with --expose-gc.');
  globalThis.gc();
}

/** Notes when the garbage collector stops the program, so that its pauses can be told from the work of a queue. */
export class PauseLog {
  #pauses: PerformanceEntry[] = [];

  constructor() {
    new PerformanceObserver((list) => this.#pauses.push(...list.getEntries())).observe({ entryTypes: ['gc'] });
  }

  /** Hands out the pauses since it was last asked. They are announced in turns of their own, which are waited for. */
  async take(): Promise<readonly PerformanceEntry[]> {
    for (let turn = 0; turn < 3; turn += 1) await setImmediate();
    const pauses = this.#pauses;
    this.#pauses = [];
    return pauses;
  }
}
