import { checkAdapter, usualSetup, withQueue, type Adapter, type Divergence, type Queue } from '../oracle/index.ts';
import type { Certificate, Counterexample } from '../search/index.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { tell } from './told.ts';

/** What came of running a counterexample again. Plain JSON. */
export interface Replayed {
  /** Where the queue did not do as it must; undefined if it did, to the end. */
  readonly divergence: Divergence | undefined;
  /** What happened, for a person. */
  readonly text: string;
}

/**
 * Runs a counterexample again, on the queue that it was found on or on another. The commands are taken literally: neither
 * the seed nor fast-check has a part in it. Of the setup only what is not usual need be there.
 *
 * @throws AdapterError or TypeError if the adapter cannot work: the message says why.
 */
export async function replay(
  queue: Queue,
  counterexample: Pick<Counterexample, 'rule' | 'commands'> & { readonly setup?: Partial<Counterexample['setup']> },
): Promise<Replayed> {
  return oneAtATime(() =>
    withQueue(queue, async (adapter) => {
      await checkAdapter(adapter);
      const setup = { ...usualSetup(adapter.contract), ...counterexample.setup };
      return shown(adapter, { format: 1, subject: adapter.name, ...counterexample, setup });
    }),
  );
}

/** The same, for whoever has seen to the adapter. */
export async function shown(
  adapter: Adapter,
  counterexample: Counterexample,
  certificate?: Certificate,
): Promise<Replayed> {
  const { run, text } = await tell(adapter, counterexample, {
    certificate,
    replay: `await replay(queue, ${shortly(adapter, counterexample)})`,
  });
  return { divergence: run.divergence, text };
}

/** As much of a counterexample as it takes to run it again. */
export function shortly({ contract }: Adapter, { rule, setup, commands }: Counterexample): string {
  const usual = Object.entries(usualSetup(contract));
  const unusual = Object.entries(setup).filter(
    ([name, value]) => !usual.some((one) => one[0] === name && one[1] === value),
  );
  const short = unusual.length === 0 ? { rule, commands } : { rule, setup: Object.fromEntries(unusual), commands };
  return JSON.stringify(short);
}
