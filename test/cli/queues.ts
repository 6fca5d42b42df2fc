import type { Adapter } from '../../src/oracle/index.ts';
import { adapterOf, Forgetful, Semaphore } from '../harness/semaphores.ts';

/** Small queues, with which a search takes next to no time: `leaky` breaks `work-conserving` and `conservation`. */
export const zoo: readonly { readonly name: string; readonly load: () => Promise<Adapter> }[] = [
  { name: 'sound', load: () => Promise.resolve(adapterOf(Semaphore, 'sound')) },
  { name: 'leaky', load: () => Promise.resolve(adapterOf(Forgetful, 'leaky')) },
];

/** How they are named on the command line. */
export const SMALL_QUEUES: readonly string[] = ['--zoo', 'test/cli/queues.ts'];
