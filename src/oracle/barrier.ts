// Taken before anything can put virtual ones in their place.
const { setImmediate: realSetImmediate, clearImmediate: realClearImmediate } = globalThis;

/** Resolves in a later turn of the event loop: by then every settlement that was under way has run its course. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    realSetImmediate(resolve);
  });
}

/**
 * Runs a script to its end; a turn of the event loop passes wherever it yields. The turn is begun before the script goes
 * on: what a subject puts off by a turn of its own comes after it, too late.
 */
export function turnByTurn(script: Iterator<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const turn = (): void => {
      const next = realSetImmediate(turn);
      try {
        if (script.next().done !== true) return;
        resolve();
      } catch (error) {
        reject(error);
      }
      realClearImmediate(next);
    };
    turn();
  });
}
