import { expect, it } from 'vitest';
import { defineContract, POOL, replay, verify, type Adapter } from '../../src/harness/index.ts';
import { adapterOf, Forgetful, Semaphore, Stray } from './semaphores.ts';

it('A queue that keeps its promises is found to keep them; what it says is plain JSON, the same bytes each time.', async () => {
  const found = await verify(adapterOf(Semaphore), { budget: 3_000, seed: 7 });
  expect(found).toMatchObject({ ok: true, broken: [], notReached: [], report: { subject: 'Semaphore', seed: 7 } });
  expect(found.text).toContain('✓ work-conserving');
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  expect(JSON.stringify(await verify(adapterOf(Semaphore), { budget: 3_000, seed: 7 }))).toBe(JSON.stringify(found));
});

it('A queue that does not is shown not to, and the line that is printed under a counterexample runs it again.', async () => {
  const queue = adapterOf(Forgetful);
  const { ok, broken, text } = await verify(queue, { budget: 1_000 });
  expect({ ok, rules: broken.map(({ rule }) => rule) }).toEqual({
    ok: false,
    rules: ['work-conserving', 'conservation'],
  });
  const [first] = broken;
  expect(text).toContain(first!.text);
  const [, json] = /Replay: await replay\(queue, (.*)\)$/m.exec(first!.text)!;
  const counterexample = JSON.parse(json!) as Parameters<typeof replay>[1];
  expect((await replay(queue, counterexample)).divergence).toMatchObject({ rule: 'work-conserving' });
  expect(await replay(adapterOf(Semaphore), counterexample)).toMatchObject({ divergence: undefined });
});

it('A setup that is not the usual one is part of what is replayed.', async () => {
  class OnlyWithTwo extends Forgetful {
    readonly #slots: number;
    constructor(slots: number) {
      super(slots);
      this.#slots = slots;
    }
    override use<Result>(body: () => Promise<Result>): Promise<Result> {
      return this.#slots === 2 ? super.use(body) : (Semaphore.prototype.use.call(this, body) as Promise<Result>);
    }
  }
  const { broken } = await verify(adapterOf(OnlyWithTwo), { budget: 5_000 });
  const { text } = broken.find(({ rule }) => rule === 'work-conserving')!;
  expect(text).toContain('"setup":{"concurrency":2}');
  expect(text).toContain('  2 slots\n');
});

it('A queue of priorities is not accused where a task that throws takes a moment to be over.', async () => {
  const adapter: Adapter = {
    name: 'by priority',
    contract: defineContract({ promises: [...POOL, 'callback-safe'], priorities: ['normal', 'background'] }),
    make({ setup }) {
      const semaphore = new Semaphore(setup.concurrency);
      const ranks = new Map<() => void, number>();
      const wait = (rank: number): Promise<void> =>
        new Promise((resolve) => {
          const place = semaphore.waiting.filter((other) => ranks.get(other)! <= rank).length;
          semaphore.waiting.splice(place, 0, resolve);
          ranks.set(resolve, rank);
        });
      return {
        async enqueue(_lane, body, { priority }) {
          if (semaphore.free > 0) semaphore.free -= 1;
          else await wait(priority === 'normal' ? 0 : 1);
          return semaphore.use(() => body({}));
        },
        counts: () => ({ queued: semaphore.waiting.length }),
      };
    },
  };
  expect((await verify(adapter, { budget: 20_000 })).broken).toEqual([]);
});

it('What is never asked for is not taken for kept.', async () => {
  const { ok, notReached } = await verify(adapterOf(Semaphore), { budget: 1 });
  expect({ ok, notReached }).toEqual({ ok: false, notReached: ['capacity', 'order'] });
});

it('Errors that a queue lets go astray are its own: whoever else listens, a test runner say, hears nothing of them.', async () => {
  const heard: unknown[] = [];
  const listener = (error: unknown): void => void heard.push(error);
  process.on('unhandledRejection', listener);
  const { broken } = await verify(adapterOf(Stray), { budget: 500 });
  expect(broken.map(({ rule }) => rule)).toEqual(['no-stray-errors']);
  expect(process.listeners('unhandledRejection')).toContain(listener);
  process.off('unhandledRejection', listener);
  expect(heard).toEqual([]);
});

it('Two at the same time wait for each other.', async () => {
  const made: string[] = [];
  const noting = (name: string): Adapter => {
    const adapter = adapterOf(Semaphore, name);
    return {
      ...adapter,
      make(surroundings) {
        if (made.at(-1) !== name) made.push(name);
        return adapter.make(surroundings);
      },
    };
  };
  await Promise.all(['one', 'two'].map((name) => verify(noting(name), { budget: 200 })));
  expect(made).toEqual(['one', 'two']);
});

it('Who keeps no record of lanes can promise hygiene for the rest of it.', async () => {
  const queue = adapterOf(Semaphore);
  const contract = defineContract({ promises: [...POOL, 'hygiene'] });
  expect(await verify({ ...queue, contract }, { budget: 1_000 })).toMatchObject({ ok: true });
});

it.each([
  [{ seed: 1.5 }, 'seed: received 1.5; pass a whole number'],
  [{ budget: 0 }, 'budget: received 0; pass a whole number from 1'],
])('%j says what to pass.', async (options, message) => {
  await expect(verify(adapterOf(Semaphore), options)).rejects.toThrow(message);
});
