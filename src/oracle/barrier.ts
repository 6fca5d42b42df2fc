// Taken before anything can put a virtual one in its place.
const realSetImmediate = setImmediate;

/** Resolves in a later turn of the event loop: by then every settlement that was under way has run its course. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    realSetImmediate(resolve);
  });
}
