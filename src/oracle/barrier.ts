// Taken before anything can put virtual ones in their place.
const { setImmediate: realSetImmediate } = globalThis;

/** Resolves in a later turn of the event loop: by then every settlement that was under way has run its course. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    realSetImmediate(resolve);
  });
}

/**
 * Runs a script to its end; a turn of the event loop passes wherever it yields. So many turns are begun at a time, before
 * the script goes on: what a subject puts off by a turn of its own comes after them, too late. Several share one round of
 * the loop, which costs ten times as much as a turn in it; ticks and promises run their course between them all the same.
 */
export function turnByTurn(script: Iterator<void>, atATime: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let begun = 1;
    let isOver = false;
    const turn = (): void => {
      if (isOver) return;
      begun -= 1;
      if (begun === 0) for (; begun < atATime; begun += 1) realSetImmediate(turn);
      try {
        if (script.next().done !== true) return;
        resolve();
      } catch (error) {
        reject(error);
      }
      isOver = true;
    };
    turn();
  });
}
