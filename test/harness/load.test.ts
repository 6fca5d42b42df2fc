import { expect, it } from 'vitest';
import { AdapterError, defineContract, POOL, verify, withQueue, type Adapter } from '../../src/harness/index.ts';
import { GlobalClock } from '../../src/oracle/index.ts';
import { adapterOf, Semaphore } from './semaphores.ts';

const { setTimeout: real, Date: RealDate } = globalThis;

/** As a module does that keeps `setTimeout` when it is loaded. */
function load(time: Adapter['time'] = 'globals'): Adapter {
  const { setTimeout: kept } = globalThis;
  return {
    ...adapterOf(Semaphore, 'keeps setTimeout'),
    time,
    contract: defineContract({ promises: [...POOL, 'timeout'], timeoutsMs: [4_000], turns: 4 }),
    make({ setup }) {
      const semaphore = new Semaphore(setup.concurrency);
      return {
        enqueue: (_lane, body, { timeoutMs }) =>
          semaphore.run(() => {
            const inTime = body({});
            if (timeoutMs === undefined) return inTime;
            return Promise.race([inTime, new Promise((_, reject) => kept(() => reject(new Error('late')), timeoutMs))]);
          }),
        counts: () => ({ queued: semaphore.waiting.length, active: setup.concurrency - semaphore.free }),
      };
    },
  };
}

it('A queue that keeps the globals when it is loaded keeps virtual ones, and the real ones are given back.', async () => {
  expect(await verify(() => Promise.resolve({ default: load() }), { budget: 1_000 })).toMatchObject({ broken: [] });
  expect([GlobalClock.current, setTimeout, Date]).toEqual([undefined, real, RealDate]);
});

it('Loaded before, it is told how to be loaded.', async () => {
  await expect(verify(load(), { budget: 1_000 })).rejects.toThrow("() => import('./adapter.js')");
});

it('The real ones are given back when loading fails, or using, or when the queue does not want them.', async () => {
  const fails = new Error('no such module');
  await expect(
    withQueue(
      () => Promise.reject(fails),
      () => {},
    ),
  ).rejects.toBe(fails);
  await expect(
    withQueue(
      () => Promise.resolve(undefined as never),
      () => {},
    ),
  ).rejects.toThrow(AdapterError);
  await expect(withQueue(load('globals'), () => Promise.reject(fails))).rejects.toBe(fails);
  expect([GlobalClock.current, setTimeout, Date]).toEqual([undefined, real, RealDate]);
  await withQueue(
    () => Promise.resolve(load('port')),
    () => expect([GlobalClock.current, setTimeout]).toEqual([undefined, real]),
  );
});

it('One use may be within another: time is virtual until the outer one ends.', async () => {
  await withQueue(
    () => Promise.resolve(load()),
    async (adapter) => {
      const { current } = GlobalClock;
      expect((await verify(adapter, { budget: 500 })).broken).toEqual([]);
      expect(GlobalClock.current).toBe(current);
    },
  );
  expect(GlobalClock.current).toBeUndefined();
});
