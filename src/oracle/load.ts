import type { Adapter } from './adapter.ts';
import { AdapterError, inWords } from './adapter-error.ts';
import { checkShape } from './check-adapter.ts';
import { GlobalClock } from './global-clock.ts';

/**
 * An adapter, or a function that loads the module whose default export it is: `() => import('./my-queue.js')`. A queue that
 * keeps `setTimeout` or `Date` when it is loaded is loaded by such a function, and nowhere else before.
 */
export type Queue = Adapter | (() => Promise<Adapter | { readonly default: Adapter }>);

/**
 * Loads a queue and lets it be used. Where it reads the globals, time is virtual for everybody in the process until that is
 * over, so only one such queue is used at a time; a use may be within another.
 *
 * @returns what `use` does.
 * @throws AdapterError if what is loaded is no adapter.
 */
export async function withQueue<Result>(
  queue: Queue,
  use: (adapter: Adapter) => Result | Promise<Result>,
): Promise<Result> {
  const isOurs = GlobalClock.current === undefined;
  try {
    return await use(await openQueue(queue));
  } finally {
    if (isOurs) GlobalClock.current?.uninstall();
  }
}

/** The adapter of a queue. If that reads the globals, they are virtual from now on. */
export async function openQueue(queue: Queue): Promise<Adapter> {
  if (typeof queue !== 'function') return underItsTime(checkShape(queue));
  // What it will say of its time is known too late: the module that it comes from has then been loaded.
  const isOurs = GlobalClock.current === undefined && GlobalClock.isAvailable;
  if (isOurs) GlobalClock.install();
  const adapter = await loaded(queue);
  if (isOurs && adapter.time !== 'globals') GlobalClock.current?.uninstall();
  return underItsTime(adapter);
}

async function loaded(load: () => Promise<unknown>): Promise<Adapter> {
  const module = (await load()) as { readonly default?: unknown; readonly make?: unknown } | null | undefined;
  if (typeof module !== 'object' || module === null || 'make' in module) return checkShape(module);
  if (module.default !== undefined) return checkShape(module.default);
  throw new AdapterError(
    `queue: the module has no default export, received ${inWords(module)}; export the adapter as default.`,
  );
}

function underItsTime(adapter: Adapter): Adapter {
  if (adapter.time === 'globals' && GlobalClock.current === undefined) GlobalClock.install();
  return adapter;
}
