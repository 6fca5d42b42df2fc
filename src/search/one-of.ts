import type fc from 'fast-check';

/** Any of these, each as often. */
export function oneOf<Value>(values: readonly Value[], random: fc.Random): Value {
  return values[random.nextInt(0, values.length - 1)]!;
}
