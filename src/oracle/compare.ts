import { ABSENT, PRESENT, UNEXPECTED, type Expectation, type RuleName } from '../model/index.ts';
import type { Readings } from './readings.ts';

/** The first thing that is not as it must be, and the promise that it breaks. */
export interface Divergence {
  readonly rule: RuleName;
  readonly key: string;
  readonly expected: string | number;
  readonly actual: string | number;
}

/** Of a queue that does not come back nothing can be read: it is the queue itself that is not as it must be. */
export const THE_QUEUE = 'the queue';

/** The first expectation that fails, else the first reading that nobody expected; what is not checked is passed over. */
export function compare(
  expectations: readonly Expectation[],
  readings: Readings,
  isChecked: (rule: RuleName, key: string) => boolean,
): Divergence | undefined {
  for (const { rule, key, value } of expectations) {
    const actual = readings.get(key);
    const fits = value === PRESENT ? actual !== undefined : (actual ?? ABSENT) === value;
    if (!fits && isChecked(rule, key)) return { rule, key, expected: value, actual: actual ?? ABSENT };
  }
  return unexpected(expectations, readings, isChecked);
}

/** All that is not as it must be, the first first: once for each reading. */
export function differences(
  expectations: readonly Expectation[],
  readings: Readings,
  isChecked: (rule: RuleName, key: string) => boolean,
): readonly Divergence[] {
  const found: Divergence[] = [];
  const isNew = (rule: RuleName, key: string): boolean =>
    isChecked(rule, key) && found.every((other) => other.key !== key);
  for (let next = compare(expectations, readings, isNew); next !== undefined;) {
    found.push(next);
    next = compare(expectations, readings, isNew);
  }
  return found;
}

function unexpected(
  expectations: readonly Expectation[],
  readings: Readings,
  isChecked: (rule: RuleName, key: string) => boolean,
): Divergence | undefined {
  for (const key of readings.names) {
    if (isExpected(expectations, key)) continue;
    const actual = readings.get(key)!;
    const rule = UNEXPECTED.find(([prefix]) => key.startsWith(prefix))![1];
    if (isChecked(rule, key)) return { rule, key, expected: ABSENT, actual };
  }
  return undefined;
}

function isExpected(expectations: readonly Expectation[], key: string): boolean {
  for (const expectation of expectations) if (expectation.key === key) return true;
  return false;
}
