import { executionAsyncId } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import {
  defineContract,
  POOL,
  verify,
  type Adapter,
  type ContractInput,
  type Subject,
} from '../../src/harness/index.ts';
import { GlobalClock } from '../../src/oracle/index.ts';
import { adapterOf, Semaphore } from './semaphores.ts';

const good = adapterOf(Semaphore);

function promising(input: Partial<ContractInput>): Adapter {
  return { ...good, contract: defineContract({ promises: POOL, ...input }) };
}

function withSubject(change: (subject: Subject, slots: number) => unknown, rest: Partial<Adapter> = {}): Adapter {
  return { ...good, ...rest, make: (given) => change(good.make(given), given.setup.concurrency) as Subject };
}

/** Before each enqueue it does something. */
function setting(set: () => void): (subject: Subject) => unknown {
  return (subject) => ({
    ...subject,
    enqueue: (...args: Parameters<Subject['enqueue']>) => {
      set();
      return subject.enqueue(...args);
    },
  });
}

async function complaint(queue: unknown): Promise<string> {
  return verify(queue as Adapter, { budget: 50 }).then(
    () => 'none',
    (error: unknown) => (error as Error).message,
  );
}

it('A right one is not complained of, nor one whose queue tells only a part of its counts.', async () => {
  expect(await complaint(good)).toBe('none');
  const active = withSubject((subject) => ({
    ...subject,
    counts: (lane: string) => ({ active: subject.counts!(lane).active }),
  }));
  expect(await verify(active, { budget: 500 })).toMatchObject({ broken: [] });
});

describe('what is no adapter', () => {
  it.each([
    [undefined, 'queue: received undefined; pass an adapter: { name, contract, make }.'],
    [{ default: good }, 'queue: received an object with default; pass an adapter'],
    [
      () => Promise.resolve({ adapter: good }),
      'queue: the module has no default export, received an object with adapter; export the adapter as default.',
    ],
    [
      () => Promise.resolve({ default: undefined }),
      'queue: the module has no default export, received an object with default; export the adapter as default.',
    ],
    [{ ...good, name: '' }, 'name: received ""; say how reports are to call the queue.'],
    [{ ...good, contract: { promises: POOL } }, 'contract: received an object with promises; pass defineContract('],
    [{ ...good, time: 'fake' }, 'time: received "fake"; pass "port" or "globals", or leave it out.'],
  ])('%#', async (queue, message) => {
    expect(await complaint(queue)).toContain(message);
  });
});

describe('a contract', () => {
  it.each([
    [
      { promises: ['capcity'] },
      'promises: received "capcity", which is no rule; pass names of RULES, "capacity" perhaps.',
    ],
    [{ promises: 'capacity' }, 'promises: received "capacity"; pass a list.'],
    [{ promises: POOL, lanes: [] }, "lanes: received none; pass at least one name, ['main'] say."],
    [{ promises: POOL, priorities: [] }, "priorities: received none; pass ['normal'] where there are none."],
    [
      { promises: POOL, priorities: ['high'] },
      'priorities: received "high"; pass one of "foreground", "normal", "background".',
    ],
    [
      { promises: ['timeout'] },
      'timeoutsMs: received none, and timeout is promised; pass the times that a task may be given',
    ],
    [
      { promises: ['waiters'], waits: [] },
      "waits: received none, and waiters is promised; pass what can be waited for, ['idle'] say.",
    ],
    [{ promises: POOL, clearedCaller: 'rejected' }, 'clearedCaller: received "rejected"; pass one of "told", "left".'],
    [{ promises: POOL, turns: 0 }, 'turns: received 0; pass how many turns of the event loop, at least 1.'],
    [{ promises: POOL, lane: ['main'] }, 'contract: received "lane"; there are only promises, lanes,'],
    [{ promises: POOL, setups: { slots: [1] } }, 'setups: received "slots"; there are only concurrency,'],
    [
      { promises: POOL, setups: { concurrency: [] } },
      'setups.concurrency: received none; pass the values to try, the usual one first.',
    ],
  ])('%j', (input, message) => {
    expect(() => defineContract(input as ContractInput)).toThrow(message);
  });

  it('One that was not made by defineContract is looked at as well.', async () => {
    const contract = { ...good.contract, promises: [...POOL, 'ordr'] };
    expect(await complaint({ ...good, contract })).toContain('promises: received "ordr", which is no rule');
  });
});

describe('a method that a promise needs', () => {
  it.each([
    [promising({ promises: [...POOL, 'clear'] }), 'it needs clear as well, since it promises clear.'],
    [promising({ promises: [...POOL, 'pause'] }), 'it needs pause as well, since it promises pause.'],
    [promising({ promises: [...POOL, 'reset'] }), 'it needs reset as well, since it promises reset.'],
    [promising({ promises: [...POOL, 'close'] }), 'it needs close as well, since it promises close.'],
    [
      promising({ promises: [...POOL, 'waiters'] }),
      'it needs whenIdle as well, since it promises waiters, and waits has "idle".',
    ],
    [promising({ liveConcurrency: [1, 2] }), 'it needs configure as well, since liveConcurrency is not empty.'],
    [
      promising({ promises: [...POOL, 'caller-outcome'] }),
      'it needs ending as well, since it promises caller-outcome.',
    ],
    [
      withSubject((subject) => ({ ...subject, counts: undefined })),
      'it needs counts or total as well, since it promises conservation.',
    ],
  ])('%#', async (adapter, message) => {
    expect(await complaint(adapter)).toContain(message);
  });

  it('The message names the queue and what it has.', async () => {
    expect(await complaint(promising({ promises: [...POOL, 'clear'] }))).toBe(
      'Semaphore: make returned an object with enqueue, counts; it needs clear as well, since it promises clear.',
    );
  });
});

describe('make', () => {
  it.each([
    [() => ({}), 'make returned an empty Object; return an object with functions: it needs enqueue at least.'],
    [
      (subject: Subject) => Promise.resolve(subject),
      'make returned a promise; return an object with functions: load and wait',
    ],
    [
      (subject: Subject) => ({ ...subject, counts: () => ({ queued: undefined, active: 0 }) }),
      'counts returned queued: undefined, active: 0; return numbers: queued',
    ],
    [
      (subject: Subject) => ({ ...subject, enqueue: () => {} }),
      'enqueue returned undefined; return the promise that the queue gives the caller.',
    ],
    [
      (subject: Subject) => ({ ...subject, enqueue: () => Promise.resolve() }),
      'did not call it within 20 turns of the event loop',
    ],
  ])('%#', async (change, message) => {
    expect(await complaint(withSubject(change))).toContain(message);
  });

  it('One that throws for a setup is told for which, with the error as the cause.', async () => {
    const cause = new RangeError('at most 2 slots');
    const adapter = withSubject((subject, slots) => {
      if (slots > 2) throw cause;
      return subject;
    });
    const error = await verify(adapter).catch((caught: unknown) => caught as Error);
    expect(error).toMatchObject({ name: 'AdapterError', cause });
    expect((error as Error).message).toMatch(
      /^Semaphore: make, for \{"concurrency":3,.*\}, threw RangeError: at most 2 slots; /,
    );
  });
});

/** Only what is traced has a number of its own. */
const isTraced = (): Promise<boolean> => Promise.resolve().then(() => executionAsyncId() !== 0);

describe('real time', () => {
  const { setTimeout: kept, clearTimeout: keptClear } = globalThis;
  it('A queue that sets a timer by the global of that name is told to take the clock, or to say so.', async () => {
    const adapter = withSubject(setting(() => clearTimeout(setTimeout(() => {}, 1_000))));
    expect(await complaint(adapter)).toContain('set a timer of the real clock while it ran one task');
    expect(await complaint(adapter)).toContain("say `time: 'globals'` in the adapter");
    expect(await complaint({ ...adapter, time: 'globals' })).toBe('none');
    expect(GlobalClock.current).toBeUndefined();
  });

  it('One that has kept it from before is told how to be loaded.', async () => {
    const adapter = withSubject(
      setting(() => keptClear(kept(() => {}, 1_000))),
      { time: 'globals' },
    );
    expect(await complaint(adapter)).toContain("pass a function that loads the adapter, () => import('./adapter.js')");
    expect(GlobalClock.current).toBeUndefined();
  });

  it('Timers that others set in the meantime are not counted.', async () => {
    let isOver = false;
    let others = 0;
    const tick = (): void => {
      others += 1;
      clearTimeout(setTimeout(() => {}, 1_000));
      if (!isOver) setImmediate(tick);
    };
    tick();
    expect(await complaint(good)).toBe('none');
    isOver = true;
    expect(others).toBeGreaterThan(10);
  });

  it('Nothing stays behind that every promise of the process would go on to carry.', async () => {
    expect(await isTraced()).toBe(false);
    expect(await complaint(good)).toBe('none');
    expect(await isTraced()).toBe(false);
  });
});
