import fastq from 'fastq';
import { expect, it } from 'vitest';
import asyncPriorityQueue from '../../src/adapters/async-priority-queue.ts';
import asyncQueue from '../../src/adapters/async-queue.ts';
import { fastqPromiseAdapter } from '../../src/adapters/fastq-promise.ts';
import { fastqAdapter } from '../../src/adapters/fastq.ts';
import pLimit from '../../src/adapters/p-limit.ts';
import pQueue from '../../src/adapters/p-queue.ts';
import queue from '../../src/adapters/queue.ts';
import { defineContract, POOL, RULE_NAMES, type Adapter, type RuleName } from '../../src/oracle/index.ts';
import { campaign } from '../../src/search/index.ts';

/** A worker that pauses fastq while it resumes makes it loop for ever: not in this process. */
const withoutLoop = { callsInside: { body: ['enqueue'], caller: ['enqueue'] } } as const;

/** What the newest versions break; docs/field-study.md says why these are defects of theirs. */
const known: readonly { readonly adapter: Adapter; readonly broken: readonly RuleName[] }[] = [
  { adapter: pLimit, broken: [] },
  { adapter: pQueue, broken: [] },
  { adapter: fastqAdapter('fastq', fastq, withoutLoop), broken: ['order', 'callback-safe', 'no-stray-errors'] },
  {
    adapter: fastqPromiseAdapter('fastq.promise', fastq, withoutLoop),
    broken: ['order', 'callback-safe', 'no-stray-errors'],
  },
  // The slot of a body that throws is lost, and whoever waits for rest with it.
  { adapter: asyncQueue, broken: ['callback-safe', 'waiters'] },
  { adapter: asyncPriorityQueue, broken: ['callback-safe', 'waiters'] },
  { adapter: queue, broken: [] },
];

it.each(known)(
  '$adapter.name keeps what its contract promises, but for known defects.',
  async ({ adapter, broken }) => {
    // What breaks early in a run hides what comes later: that takes more runs.
    const budget = broken.includes('waiters') ? 20_000 : 5_000;
    const { rules } = await campaign(adapter, { seed: 1, budget, shorten: false });
    expect(RULE_NAMES.filter((rule) => rules[rule].status === 'broken')).toEqual(broken);
    expect(RULE_NAMES.filter((rule) => rules[rule].status === 'not-reached')).toEqual([]);
  },
);

it('A queue that starts what it may in a later turn of the event loop is not accused.', async () => {
  const { rules } = await campaign(lateStarter, { seed: 1, budget: 2_000 });
  expect(RULE_NAMES.filter((rule) => rules[rule].status === 'broken')).toEqual([]);
});

/** A raised concurrency must not be noticed by what an earlier push has put off. */
const lateStarter: Adapter = {
  name: 'late starter',
  contract: defineContract({
    promises: [...POOL, 'pause'],
    liveConcurrency: [1, 2, 3],
    raisedConcurrency: 'starts-later',
  }),
  make({ setup: { concurrency } }) {
    const backlog: (() => void)[] = [];
    const now = { slots: concurrency, active: 0, isPaused: false };
    const pump = (): void => {
      while (!now.isPaused && now.active < now.slots && backlog.length > 0) backlog.shift()!();
    };
    const end = (): void => {
      now.active -= 1;
      setImmediate(pump);
    };
    return {
      enqueue: (_lane, body) =>
        new Promise((resolve, reject) => {
          backlog.push(() => {
            now.active += 1;
            body({}).then(resolve, reject).finally(end);
          });
          setImmediate(pump);
        }),
      counts: () => ({ queued: backlog.length, active: now.active }),
      configure: (_lane, value) => void (now.slots = value),
      pause: () => void (now.isPaused = true),
      resume: () => {
        if (!now.isPaused) return;
        now.isPaused = false;
        setImmediate(pump);
      },
    };
  },
};
