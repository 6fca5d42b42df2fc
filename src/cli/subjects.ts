import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Adapter } from '../oracle/index.ts';
import { UsageError } from './usage.ts';

/** Named queues that a module may export: as `zoo` those that are known to be bad, as `variants` those that are not. */
interface Named {
  readonly name: string;
  load(): Promise<Adapter>;
}

/** The module of a queue that is neither the reference queue nor one of the zoo's, as a URL: nobody knows what it does. */
export function moduleOf(name: string): string | undefined {
  const path = resolve(name);
  return existsSync(path) ? pathToFileURL(path).href : undefined;
}

/**
 * The queue that a name stands for: the reference queue, one of the zoo module's, or the default export of the module at
 * this path.
 */
export async function findSubject(name: string, zooModule: string | undefined): Promise<Adapter> {
  if (name === 'reference') return (await import('../adapters/reference.ts')).default;
  const zoo = zooModule === undefined ? [] : await loadZoo(zooModule);
  const member = zoo.find((one) => one.name === name);
  if (member !== undefined) return member.load();
  const path = resolve(name);
  if (!existsSync(path)) {
    const known = ['reference', ...zoo.map((one) => one.name)].join(', ');
    throw new UsageError(`--subject: received ${JSON.stringify(name)}; pass a path to a module, or one of: ${known}.`);
  }
  const { default: adapter } = (await import(pathToFileURL(path).href)) as { default?: Adapter };
  if (typeof adapter?.make !== 'function' || adapter.contract === undefined) {
    throw new UsageError(`${name}: has no adapter as its default export; export { name, contract, make } as default.`);
  }
  return adapter;
}

async function loadZoo(path: string): Promise<readonly Named[]> {
  const { zoo, variants = [] } = (await import(pathToFileURL(resolve(path)).href)) as {
    zoo: readonly Named[];
    variants?: readonly Named[];
  };
  return [...zoo, ...variants];
}
