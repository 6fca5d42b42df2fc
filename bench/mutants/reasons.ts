import { isSurvivor, type Result } from './result.ts';
import { SURVIVORS, type Kind } from './survivors.ts';

/** A survivor, and why it is one. */
export interface Explained {
  readonly result: Result;
  readonly kind: Kind;
  readonly why: string;
}

export interface Reasons {
  readonly explained: readonly Explained[];
  /** What is wrong with the list of reasons. */
  readonly complaints: readonly string[];
}

/** Every survivor must have a reason, every reason a survivor; and what is said to be the same must look the same. */
export function reasonsFor(
  results: readonly Result[],
  isWanted: (place: { readonly file: string }) => boolean,
): Reasons {
  const survivors = new Map(results.filter(isSurvivor).map((one) => [keyOf(one), one]));
  const explained: Explained[] = [];
  const complaints: string[] = [];
  for (const { file, kind, why, changes } of SURVIVORS.filter(isWanted)) {
    for (const change of changes) {
      const key = `${file}: ${change}`;
      const result = survivors.get(key);
      survivors.delete(key);
      if (result === undefined) complaints.push(`${key}\n  has a reason, and does not survive, or has it twice`);
      else explained.push({ result, kind, why });
      if (kind === 'same' && result?.outcome.end === 'survived' && !result.outcome.isAlike) {
        complaints.push(`${key}\n  is said to be the same, and does not look the same`);
      }
    }
  }
  for (const key of survivors.keys()) complaints.push(`${key}\n  survives without a reason`);
  return { explained, complaints };
}

function keyOf({ mutant: { file, change } }: Result): string {
  return `${file}: ${change}`;
}
