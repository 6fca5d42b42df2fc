import { drive, usualSetup, type Adapter, type Observed, type Run } from '../oracle/index.ts';
import type { Counterexample } from './campaign.ts';

/**
 * Runs a recorded counterexample again. The commands are taken literally: no generator and no seed has a part in it. A
 * parameter of the setup that did not exist when it was recorded has its usual value.
 */
export async function replay(
  adapter: Adapter,
  { setup, commands }: Counterexample,
  observe?: (observed: Observed) => void,
  options: { readonly epilogue?: boolean } = {},
): Promise<Run> {
  return drive(adapter, { setup: { ...usualSetup(adapter.contract), ...setup }, commands }, { ...options, observe });
}
