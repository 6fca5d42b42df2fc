import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AdapterError, checkAdapter, openQueue, type Adapter } from '../oracle/index.ts';
import { incidentQueues } from '../zoo/index.ts';
import { nearest } from './arguments.ts';
import { reasonOf, UsageError } from './usage-error.ts';

/** Named queues that a module may export: as `zoo` those that are known to be bad, as `variants` those that are not. */
interface Named {
  readonly name: string;
  load(): Promise<Adapter>;
}

const REFERENCE: Named = {
  name: 'reference',
  load: async () => (await import('../adapters/reference.ts')).default,
};

/** A queue as it was asked for. */
export interface Subject {
  /** What it was asked for by: a name or a path. */
  readonly name: string;
  readonly adapter: Adapter;
  /** The module of a queue that is neither the reference queue nor one of a zoo, as a URL: nobody knows what it does. */
  readonly module: string | undefined;
}

/**
 * The queue that a name stands for: the reference queue, one of the zoo's, or the default export of the module at this
 * path. It has been looked at: what can be seen of it without blaming the queue is as it must be.
 *
 * @throws UsageError if there is none, or if it cannot work: the message says what to do.
 */
export async function findSubject(name: string, zooModule: string | undefined): Promise<Subject> {
  const named = [REFERENCE, ...(zooModule === undefined ? [] : await loadZoo(zooModule)), ...incidentQueues];
  const member = named.find((one) => one.name === name);
  const path = resolve(name);
  if (member === undefined && !existsSync(path)) throw new UsageError(nothingThere(name, named));
  const module = member === undefined ? pathToFileURL(path).href : undefined;
  const adapter = member === undefined ? await loadModule(name, path) : await member.load();
  await looked(name, adapter);
  return { name, adapter, module };
}

function nothingThere(name: string, named: readonly Named[]): string {
  const near = nearest(
    name,
    named.map((one) => one.name),
  );
  const guess = near === undefined ? '' : ` did you mean ${near}?`;
  return (
    `${name}: there is no such module;${guess} pass the path of a file whose default export is an adapter ` +
    '(./my-adapter.js), or `reference`.'
  );
}

async function loadModule(name: string, path: string): Promise<Adapter> {
  try {
    return await openQueue(() => import(pathToFileURL(path).href) as Promise<Adapter>);
  } catch (error) {
    if (error instanceof AdapterError) throw new UsageError(said(name, error));
    throw new UsageError(`${name}: cannot be loaded: ${reasonOf(error)}; ${remedy(error)}.`);
  }
}

/** What is wrong with the adapter, and not yet with the queue. */
async function looked(name: string, adapter: Adapter): Promise<void> {
  try {
    await checkAdapter(adapter);
  } catch (error) {
    throw new UsageError(said(name, error));
  }
}

/** An adapter's error names what is wrong; which module that is stands before it. */
function said(name: string, error: unknown): string {
  const text = reasonOf(error).replace(/^queue: /, '');
  return text.startsWith(`${name}: `) ? text : `${name}: ${text}`;
}

function remedy(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      return 'this version of Node imports JavaScript: compile the module first, or take one that strips types (22.18)';
    case 'ERR_UNSUPPORTED_DIR_IMPORT':
      return 'pass the file in it';
    default:
      return 'pass a module that `node` can import';
  }
}

async function loadZoo(path: string): Promise<readonly Named[]> {
  let module: { readonly zoo?: readonly Named[]; readonly variants?: readonly Named[] };
  try {
    module = (await import(pathToFileURL(resolve(path)).href)) as typeof module;
  } catch (error) {
    throw new UsageError(`--zoo: ${path} cannot be loaded: ${reasonOf(error)}; pass a module that exports \`zoo\`.`);
  }
  const { zoo = [], variants = [] } = module;
  return [...zoo, ...variants];
}
