import { createHash } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import fc from 'fast-check';
import type { LaneQueue } from '../../src/core/index.ts';
import { drive, type Adapter, type Program } from '../../src/oracle/index.ts';
import { ProgramArbitrary } from '../../src/search/index.ts';

/** How many programs two queues are compared by, and from where they are drawn. */
const PROGRAMS = { seed: 3, numRuns: 60 };

/** Readings that are there after each step. */
const COUNT = /^(?:active|queued|detached)\b/;

/** What the diagnostics channel says. */
interface Told {
  readonly queue: LaneQueue;
  readonly event: unknown;
}

/**
 * All that a queue shows, program by program: what the harness sees, and also what no rule is about, every event with all
 * its facts and every snapshot.
 */
export async function traces(adapter: Adapter, onRun: () => void): Promise<string[]> {
  const programs = fc.sample(new ProgramArbitrary(adapter.contract), PROGRAMS);
  const all: string[] = [];
  for (const program of programs) {
    all.push(await trace(adapter, program));
    onRun();
  }
  return all;
}

async function trace(adapter: Adapter, program: Program): Promise<string> {
  const hash = createHash('sha1');
  let queue: LaneQueue | undefined;
  let isQuiet = true;
  const listen = (message: unknown): void => {
    const told = message as Told;
    queue = told.queue;
    isQuiet = false;
    hash.update(JSON.stringify(told.event));
  };
  subscribe('stallproof', listen);
  try {
    await drive(adapter, program, {
      observe: ({ event, readings }) => {
        // That a timer has rung for nothing does not count.
        if (event.type === 'tick' && isQuiet && [...readings].every(([name]) => COUNT.test(name))) return;
        isQuiet = true;
        hash.update(JSON.stringify([[...readings], queue?.snapshot(), queue?.stats()]));
      },
    });
  } catch (error) {
    hash.update(String(error));
  } finally {
    unsubscribe('stallproof', listen);
  }
  return hash.digest('hex');
}
