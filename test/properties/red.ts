import fc from 'fast-check';
import { expect } from 'vitest';
import reference from '../../src/adapters/reference.ts';
import type { Adapter } from '../../src/oracle/index.ts';
import { zoo } from '../zoo/index.ts';

const RUNS = { numRuns: 100, seed: 20_260_601 };

/** The property holds for the reference queue. */
export async function expectHolds<Case>(property: (adapter: Adapter) => fc.IAsyncProperty<Case>): Promise<void> {
  const { failed, counterexample, errorInstance } = await fc.check(property(reference), RUNS);
  expect({ failed, counterexample, errorInstance }).toMatchObject({ failed: false });
}

/** The property is seen to fail: it goes red for the queue that has this defect. */
export async function expectRed<Case>(
  property: (adapter: Adapter) => fc.IAsyncProperty<Case>,
  defect: string,
): Promise<void> {
  const adapter = await zoo.find(({ name }) => name === defect)!.load();
  const { failed } = await fc.check(property(adapter), { ...RUNS, endOnFailure: true });
  expect(failed).toBe(true);
}
