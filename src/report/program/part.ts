import type { Verdict } from '../verdict.ts';

/** Something that a script may need beside its own lines. `text` is all that stands below it. */
export interface Part {
  readonly isNeeded: (text: string) => boolean;
  readonly lines: (text: string) => readonly string[];
}

export type MakePart = (verdict: Verdict, isTest: boolean) => Part;

/** A part is written where it is named. */
export function uses(...names: readonly string[]): Part['isNeeded'] {
  return (text) => names.some((one) => text.includes(one));
}
