import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import pQueue from '../../src/adapters/p-queue.ts';
import { queueCommands, queueSetups, Session, withSession, type QueueModel } from '../../src/harness/fast-check.ts';
import { defineContract, replay } from '../../src/harness/index.ts';
import { GlobalClock, type Adapter } from '../../src/oracle/index.ts';
import { adapterOf, Forgetful, Semaphore } from './semaphores.ts';

const ENQUEUE = { do: 'enqueue', lane: 'main' } as const;
const COMPLETE = { do: 'complete', lane: 'main', hold: 'oldest' } as const;
const FAIL = { ...COMPLETE, do: 'fail' } as const;

async function failureOf(use: Promise<unknown>): Promise<string> {
  return use.then(
    () => 'none',
    (error: unknown) => (error as Error).message,
  );
}

it('A command is carried out, and the model says what the queue must be like.', async () => {
  const session = await Session.open(adapterOf(Semaphore), { concurrency: 2 });
  for (let task = 0; task < 3; task += 1) await session.do(ENQUEUE);
  expect(session.model.tasks()).toEqual({ active: ['a', 'b'], queued: ['c'] });
  expect(session.subject.counts!('main')).toEqual({ active: 2, queued: 1 });
  await session.do(COMPLETE);
  expect(session.model.tasks('main')).toEqual({ active: ['b', 'c'], queued: [] });
  expect(() => session.model.tasks('side')).toThrow('lane: received "side"; pass one of main.');
  await session.end();
});

it('One that means nothing is passed over, and the model knows that before.', async () => {
  const session = await Session.open(adapterOf(Semaphore));
  expect(session.model.means(COMPLETE)).toBe(false);
  await session.do(COMPLETE);
  await session.do(ENQUEUE);
  expect(session.model.means(COMPLETE)).toBe(true);
});

it('What breaks a promise throws the counterexample so far, which can be replayed; then the session is over.', async () => {
  const session = await Session.open(adapterOf(Forgetful));
  await session.do(ENQUEUE);
  await session.do(ENQUEUE);
  const text = await failureOf(session.do(FAIL));
  expect(text).toContain('✗ work-conserving                  Forgetful · 3 commands');
  expect(text).toContain('   3  fail a  ');
  const [, json] = /await replay\(queue, (.*)\)$/m.exec(text)!;
  const again = await replay(adapterOf(Forgetful), JSON.parse(json!) as Parameters<typeof replay>[1]);
  expect(again.text).toBe(text);
  expect(await failureOf(session.do(ENQUEUE))).toBe('The session is over: it has ended or failed. Open another one.');
});

async function losesASlot(session: Session): Promise<void> {
  await session.do(ENQUEUE);
  await session.do(FAIL);
}

it('What is lost without showing shows at the end.', async () => {
  const adapter: Adapter = {
    ...adapterOf(Forgetful),
    contract: defineContract({ promises: ['work-conserving'] }),
    make(given) {
      const subject = adapterOf(Forgetful).make(given);
      return { enqueue: (...args) => subject.enqueue(...args) };
    },
  };
  const session = await Session.open(adapter);
  await losesASlot(session);
  const shown = 'at the end, enqueue probe of main in main';
  expect(await failureOf(session.end())).toContain(shown);
  expect(await failureOf(withSession(adapter, {}, losesASlot))).toContain(shown);
});

describe('with fast-check', () => {
  class CountsAgree implements fc.AsyncCommand<QueueModel, Session> {
    check(): boolean {
      return true;
    }

    async run(model: QueueModel, { subject }: Session): Promise<void> {
      const { queued, active } = model.tasks();
      expect(subject.counts!('main')).toEqual({ queued: queued.length, active: active.length });
    }

    toString(): string {
      return 'the counts agree';
    }
  }

  function property(adapter: Adapter): fc.IAsyncProperty<unknown> {
    const commands = fc.commands([...queueCommands(adapter), fc.constant(new CountsAgree())], { maxCommands: 20 });
    return fc.asyncProperty(queueSetups(adapter), commands, (setup, sequence) =>
      withSession(adapter, setup, (real) => fc.asyncModelRun(() => ({ model: real.model, real }), sequence)),
    );
  }

  it("a good queue passes, with commands of the author's own among those of the contract", async () => {
    await fc.assert(property(adapterOf(Semaphore)), { seed: 1, numRuns: 50 });
  });

  it('a bad one fails, shrunk to the commands that matter, as the JSON that they are', async () => {
    const { failed, counterexample, errorInstance } = await fc.check(property(adapterOf(Forgetful)), { seed: 1 });
    expect(failed).toBe(true);
    const [setup, commands] = counterexample as [unknown, unknown];
    expect(setup).toMatchObject({ concurrency: 1 });
    const shown = '{"do":"enqueue","lane":"main"},{"do":"fail","lane":"main","hold":"oldest"}';
    expect(String(commands)).toMatch(new RegExp(`^${shown} `));
    expect(String(errorInstance)).toContain('✗ conservation                     Forgetful · 2 commands');
  });

  it('time is virtual from the beginning of a session to its end, for a queue that reads the globals', async () => {
    const session = await Session.open(pQueue);
    expect(GlobalClock.current).toBeDefined();
    await session.do({ ...ENQUEUE, timeoutMs: 4_000 });
    await session.do({ do: 'advance', byMs: 4_000 });
    expect(session.model.tasks()).toEqual({ queued: [], active: [] });
    await session.end();
    expect(GlobalClock.current).toBeUndefined();
    await fc.assert(property(pQueue), { seed: 1, numRuns: 20 });
    expect(GlobalClock.current).toBeUndefined();
  });

  it('it is real again as well when a command of the author fails, and nothing else', async () => {
    const mistaken = new Error('a mistake');
    const use = withSession(pQueue, {}, () => Promise.reject(mistaken));
    await expect(use).rejects.toBe(mistaken);
    expect(GlobalClock.current).toBeUndefined();
  });
});
