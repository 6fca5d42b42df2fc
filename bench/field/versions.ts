import { asyncPriorityQueueAdapter } from '../../src/adapters/async-priority-queue.ts';
import { asyncQueueAdapter } from '../../src/adapters/async-queue.ts';
import { fastqPromiseAdapter } from '../../src/adapters/fastq-promise.ts';
import { fastqAdapter } from '../../src/adapters/fastq.ts';
import { pLimitAdapter } from '../../src/adapters/p-limit.ts';
import { pQueueAdapter } from '../../src/adapters/p-queue.ts';
import { queueAdapter } from '../../src/adapters/queue.ts';
import { POOL, type Adapter, type ContractInput } from '../../src/oracle/index.ts';

/** A queue that a package has, as it is put to the test. */
export type Kind = 'p-limit' | 'p-queue' | 'fastq' | 'fastq.promise' | 'async.queue' | 'async.priorityQueue' | 'queue';

type Terms = Partial<ContractInput>;

interface Library {
  readonly package: string;
  /** The adapter that ships, for what a version's module exports. */
  readonly adapter: (name: string, exported: never, terms: Terms) => Adapter;
  /** Where old versions differ by their own documentation: up to which version, and how. The first that fits is taken. */
  readonly older?: readonly (readonly [upTo: string, terms: Terms])[];
}

const fastqBefore = (terms: Terms): Library['older'] => [
  // Concurrency was a plain property, of which nothing was said but that it could be altered; and see below.
  ['1.16.99', { ...terms, raisedConcurrency: 'starts-later', clearedCaller: 'left' }],
  // There was no `abort()`: `kill()` tells nobody.
  ['1.19.99', { ...terms, clearedCaller: 'left' }],
];

export const LIBRARIES: Readonly<Record<Kind, Library>> = {
  'p-limit': {
    package: 'p-limit',
    adapter: pLimitAdapter,
    // Neither counts, nor a way to clear, nor one to set the concurrency.
    older: [['2.0.99', { promises: [...POOL, 'callback-safe'], liveConcurrency: [] }]],
  },
  'p-queue': { package: 'p-queue', adapter: pQueueAdapter },
  fastq: { package: 'fastq', adapter: fastqAdapter, older: fastqBefore({})! },
  'fastq.promise': { package: 'fastq', adapter: fastqPromiseAdapter, older: fastqBefore({})! },
  'async.queue': {
    package: 'async',
    adapter: (name, { queue }: { queue: never }, terms) => asyncQueueAdapter(name, queue, terms),
    // Neither `remove()` nor a promise to wait for.
    older: [['1.99.99', { promises: [...POOL, 'pause'] }]],
  },
  'async.priorityQueue': {
    package: 'async',
    adapter: (name, { priorityQueue }: { priorityQueue: never }, terms) =>
      asyncPriorityQueueAdapter(name, priorityQueue, terms),
  },
  queue: {
    package: 'queue',
    adapter: queueAdapter,
    // No time for a single job, and so none to opt out of.
    older: [['5.99.99', { promises: [...POOL, 'clear', 'pause', 'waiters'] }]],
  },
};

/** What a version promises that is not what the newest does. */
export function termsOf(kind: Kind, version: string): Terms {
  return LIBRARIES[kind].older?.find(([upTo]) => compareVersions(version, upTo) <= 0)?.[1] ?? {};
}

function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
