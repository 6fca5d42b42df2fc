/** One small change to one source file of the core. */
export interface Mutant {
  readonly id: number;
  readonly file: string;
  /** The line in which the change begins, from 1. */
  readonly line: number;
  /** The change as one line for people. No two of a file have the same, and it stays when lines above it move. */
  readonly change: string;
  readonly splice: Splice;
}

/** What stands in a source from `start` to before `end` is replaced. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function spliced(source: string, { start, end, text }: Splice): string {
  return source.slice(0, start) + text + source.slice(end);
}
