import { expect, it } from 'vitest';
import { testQueue, type TestQueueOptions } from '../../src/harness/index.ts';
import { adapterOf, Forgetful, Loud, Semaphore } from './semaphores.ts';

/** A test runner: what was registered, and what comes of running it. */
class Runner {
  readonly groups: string[] = [];
  readonly tests = new Map<string, { readonly run: () => Promise<void>; readonly timeoutMs: number }>();

  readonly options = {
    budget: 500,
    describe: (name: string, group: () => void): void => {
      this.groups.push(name);
      group();
    },
    it: (name: string, run: () => Promise<void>, timeoutMs: number): void => {
      this.tests.set(name.slice(0, name.indexOf(':')), { run, timeoutMs });
    },
  } satisfies TestQueueOptions;

  /** Why a test fails; undefined if it passes. */
  async failureOf(rule: string): Promise<string | undefined> {
    return this.tests
      .get(rule)!
      .run()
      .then(
        () => undefined,
        (error: unknown) => (error as Error).message,
      );
  }
}

const POOL_RULES = ['capacity', 'work-conserving', 'order', 'exactly-once', 'conservation', 'no-stray-errors'];

it('Each promise gets a test, in a group that bears the name of the queue, with time enough.', async () => {
  const runner = new Runner();
  testQueue(adapterOf(Semaphore), runner.options);
  expect(runner.groups).toEqual(['Semaphore']);
  expect([...runner.tests.keys()]).toEqual(POOL_RULES);
  expect([...runner.tests.values()].every(({ timeoutMs }) => timeoutMs === 300_000)).toBe(true);
  for (const rule of POOL_RULES) expect(await runner.failureOf(rule)).toBeUndefined();
});

it('A broken promise fails with its counterexample, and the others pass. The work is done once.', async () => {
  const runner = new Runner();
  let made = 0;
  const adapter = adapterOf(Forgetful);
  testQueue(
    {
      ...adapter,
      make(surroundings) {
        made += 1;
        return adapter.make(surroundings);
      },
    },
    runner.options,
  );
  expect(made).toBe(0);
  expect(await runner.failureOf('work-conserving')).toContain(
    '✗ work-conserving                  Forgetful · 3 commands',
  );
  const once = made;
  expect(await runner.failureOf('conservation')).toContain('actual    1 active in main');
  expect(await runner.failureOf('order')).toBeUndefined();
  expect(made).toBe(once);
});

it('A promise that nothing asked for fails, and says so.', async () => {
  const runner = new Runner();
  testQueue(adapterOf(Semaphore), { ...runner.options, budget: 1 });
  expect(await runner.failureOf('order')).toMatch(/^order: nothing asked for it in \d+ commands.* raise budget/);
  expect(await runner.failureOf('exactly-once')).toBeUndefined();
});

it('One that nothing could ask for, since all runs end before that, says where they do; known to be so, it passes.', async () => {
  const runner = new Runner();
  testQueue(adapterOf(Loud), { ...runner.options, knownFailures: ['order'] });
  expect(await runner.failureOf('no-stray-errors')).toContain('actual    error: Error: astray at once');
  expect(await runner.failureOf('exactly-once')).toMatch(
    /A run ends where something else breaks \(no-stray-errors\): mend that first\.$/,
  );
  expect(await runner.failureOf('order')).toBeUndefined();
});

it('What is known to be broken passes while it is, and fails once it is not.', async () => {
  const runner = new Runner();
  testQueue(adapterOf(Forgetful), { ...runner.options, knownFailures: ['work-conserving', 'order'] });
  expect(await runner.failureOf('work-conserving')).toBeUndefined();
  expect(await runner.failureOf('order')).toBe(
    'order: it was known to be broken, and holds now: take it off knownFailures.',
  );
  expect(await runner.failureOf('conservation')).toContain('✗ conservation');
});

it('A function that loads the queue is called at once; the tests are registered when the work is done.', async () => {
  const runner = new Runner();
  await testQueue(() => Promise.resolve({ default: adapterOf(Forgetful) }), runner.options);
  expect([...runner.tests.keys()]).toEqual(POOL_RULES);
  expect(await runner.failureOf('work-conserving')).toContain('✗ work-conserving');
});

it.each([
  [
    ['wrok-conserving' as 'order'],
    'knownFailures: received "wrok-conserving", which is no rule; pass names of RULES, "work-conserving" perhaps.',
  ],
  [['timeout' as const], 'knownFailures: received "timeout", which the contract does not promise; take it off.'],
])('Known failures %j are refused.', (knownFailures, message) => {
  const register = (): void => testQueue(adapterOf(Semaphore), { ...new Runner().options, knownFailures });
  expect(register).toThrow(message);
});

it('Without a runner it says what to pass.', () => {
  expect(() => testQueue(adapterOf(Semaphore))).toThrow(/^it: received none.*import \{ it \} from 'node:test'/);
});

it('A wrong adapter fails each test with what is wrong with it.', async () => {
  const runner = new Runner();
  testQueue({ ...adapterOf(Semaphore), make: () => ({}) as never }, runner.options);
  expect(await runner.failureOf('order')).toContain('Semaphore: make returned an empty Object');
});
