/** The adapter is wrong, or the way it was loaded: not the queue. The message says what was received and what to do. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError';
}

/** A value as a message names it: briefly, and so that one can tell what it was taken for. */
export function inWords(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (value instanceof Promise) return 'a promise';
  if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value);
    return names.length === 0
      ? `an empty ${value.constructor?.name ?? 'object'}`
      : `an object with ${names.join(', ')}`;
  }
  return JSON.stringify(value) ?? String(value);
}
