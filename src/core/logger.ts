import type { Warning } from './warnings.ts';

/**
 * Where warnings are logged: `console`, or a structured logger in the manner of pino, which is told apart by its `child`
 * and gets the facts as an object and the words as a message.
 */
export interface Logger {
  warn(...args: unknown[]): void;
  child?(...args: never[]): unknown;
}

/** What a logger does with a warning. */
export function logBy(logger: Logger): (warning: Warning) => void {
  if (typeof logger.child === 'function') return (warning) => logger.warn({ ...warning }, WORDS[warning.kind]);
  return (warning) => logger.warn(formatWarning(warning));
}

const WORDS: Record<Warning['kind'], string> = {
  blocked: 'lane blocked',
  reclaimed: 'slot reclaimed',
  fault: 'callback threw',
};

/** The warning as one line for a log. */
export function formatWarning(warning: Warning): string {
  const { kind, at: _at, lane, heldBack, ...facts } = warning;
  const shown = { lane, ...facts, ...(Object.keys(heldBack).length > 0 ? { heldBack } : {}) };
  const words = Object.entries(shown).map(([name, value]) => `${name}=${inOneLine(value)}`);
  return `${WORDS[kind]}: ${words.join(' ')}`;
}

/** Whatever the user's code threw: a log line must come of it all the same. */
function inOneLine(value: unknown): string {
  if (value instanceof Error) return JSON.stringify(value.message);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return `(${typeof value})`;
  }
}
