import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from 'vitest';
import { LaneQueue, type Clock } from '../../src/core/index.ts';
import { hang, ignore, nextTurn, Stage, StageClock } from './stage.ts';

// Rule: `context`.

const context = new AsyncLocalStorage<string>();

describe('a body runs in the async context of its own enqueue', () => {
  /** What makes room for the second task, done in a context of its own. */
  const makesRoom: Record<string, (stage: Stage, first: (value?: unknown) => void) => unknown> = {
    'the first one has settled': (_, finish) => finish(),
    'the first one was reclaimed by a timer': ({ clock }) => clock.pass(1_000),
    'somebody has reset the lane': ({ queue }) => queue.reset('lane'),
    'somebody gives the lane a second slot': ({ queue }) => queue.configureLane('lane', { concurrency: 2 }),
    'somebody resumes the lane': ({ queue }, finish) => {
      queue.pause('lane');
      finish();
      return nextTurn().then(() => queue.resume('lane'));
    },
  };

  it.each(Object.entries(makesRoom))('It starts because %s.', async (_, makeRoom) => {
    const stage = new Stage({ stallCeilingMs: 1_000 });
    const seen: unknown[] = [];
    const body = async (): Promise<void> => {
      seen.push(context.getStore());
      await nextTurn();
      seen.push(context.getStore());
    };
    const first = context.run('first', () => stage.task('lane'));
    const second = context.run('second', () => stage.queue.enqueue('lane', body));
    await context.run('elsewhere', async () => makeRoom(stage, first.finish));
    await second;
    expect(seen).toEqual(['second', 'second']);
  });

  it('It starts at once, from inside another body too.', async () => {
    const { queue } = new Stage();
    const seen: unknown[] = [];
    const note = (): unknown => seen.push(context.getStore());
    await context.run('outer', () =>
      queue.enqueue('lane', async () => {
        note();
        await queue.enqueue('as it is', note);
        await context.run('inner', () => queue.enqueue('in one of its own', note));
        note();
      }),
    );
    expect(seen).toEqual(['outer', 'outer', 'inner', 'outer']);
  });
});

it('A progress source and a notice are called in the context of the enqueue that they were given to.', async () => {
  const { queue, clock } = new Stage({ stallCeilingMs: 10_000 });
  const seen = new Set<unknown>();
  const note = (): number => (seen.add(context.getStore()), NaN);
  for (const name of ['first', 'second']) {
    context.run(name, () => void queue.enqueue('lane', hang, { progressSource: note, onWait: note }).catch(ignore));
  }
  await clock.pass(9_000);
  expect([...seen]).toEqual(['first', 'second']);
  await clock.pass(1_000);
  context.run('elsewhere', () => queue.reset());
  expect([...seen]).toEqual(['first', 'second']);
});

it('Listeners, loggers and subscribers run in the context in which the queue was made, whatever they are told of.', async () => {
  const clock = new StageClock();
  const seen = new Map<string, Set<unknown>>();
  const note = (who: string) => (): void => void seen.set(who, (seen.get(who) ?? new Set()).add(context.getStore()));
  const subscriber = note('subscriber');
  subscribe('stallproof', subscriber);
  const queue = context.run('the queue', () => {
    const logger = { warn: note('logger') };
    return new LaneQueue({
      clock,
      stallCeilingMs: 60_000,
      blockedAfterMs: 0, // the first report is made in the call that makes the lane wait
      logger,
      onWarning: note('onWarning'),
      onEvent: note('onEvent'),
    });
  });
  const { signal } = context.run('a signal', () => new AbortController());
  const end = context.run('first', () => {
    let finish: (value?: unknown) => void = ignore;
    queue.enqueue('lane', () => new Promise((resolve) => (finish = resolve)), { signal }).catch(ignore);
    return finish;
  });
  context.run('second', () => void queue.enqueue('lane', hang).catch(ignore));
  context.run('third', () => void queue.enqueue('lane', hang).catch(ignore));
  await context.run('passer-by', () => clock.pass(60_000)); // blocked, reclaimed
  context.run('first', end); // late
  await nextTurn();
  context.run('operator', () => {
    queue.pause();
    queue.clear();
    queue.reset();
    queue.resume();
    void queue.close();
    queue.enqueue('lane', hang).catch(ignore);
  });
  unsubscribe('stallproof', subscriber);
  expect(Object.fromEntries(seen)).toEqual({
    onEvent: new Set(['the queue']),
    onWarning: new Set(['the queue']),
    logger: new Set(['the queue']),
    subscriber: new Set(['the queue']),
  });
});

it('Timers are set and run in the context of the queue, on any clock.', () => {
  const clock = new StageClock();
  const setIn = new Set<unknown>();
  const watched: Clock = {
    now: () => clock.now(),
    setTimer: (callback, delayMs) => (setIn.add(context.getStore()), clock.setTimer(callback, delayMs)),
    clearTimer: (timer) => clock.clearTimer(timer),
  };
  const queue = context.run('the queue', () => new LaneQueue({ clock: watched, onWarning: ignore }));
  let abortedIn: unknown;
  const body = ({ signal }: { signal: AbortSignal }): Promise<never> => {
    signal.addEventListener('abort', () => (abortedIn = context.getStore()));
    return hang();
  };
  context.run('task', () => {
    queue.enqueue('lane', body, { timeoutMs: 1_000, onWait: ignore }).catch(ignore);
    queue.enqueue('lane', hang, { onWait: ignore }).catch(ignore);
    void queue.waitForActive({ timeoutMs: 2_000 });
  });
  clock.moveTo(1_000);
  context.run('passer-by', () => clock.fireOne());
  expect([...setIn]).toEqual(['the queue']);
  expect(abortedIn).toBe('the queue');
});

it('Whoever waits for an answer goes on in his own context, however it came.', async () => {
  const { queue, clock } = new Stage();
  const waits = context.run('caller', () => [
    queue.enqueue('lane', hang, { timeoutMs: 1_000 }).catch(ignore),
    queue.enqueue('other', () => {}),
    queue.waitForActive(),
    queue.whenIdle(),
    queue.close(),
  ]);
  const goneOnIn = context.run('caller', () => waits.map(async (wait) => (await wait, context.getStore())));
  await context.run('passer-by', () => clock.pass(1_000));
  expect(await Promise.all(goneOnIn)).toEqual(Array(5).fill('caller'));
});
