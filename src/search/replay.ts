import { drive, type Adapter, type Observed, type Run } from '../oracle/index.ts';
import type { Counterexample } from './campaign.ts';

/** Runs a recorded counterexample again. The commands are taken literally: no generator and no seed has a part in it. */
export async function replay(
  adapter: Adapter,
  { setup, commands }: Counterexample,
  observe?: (observed: Observed) => void,
): Promise<Run> {
  return drive(adapter, { setup, commands }, { observe });
}
