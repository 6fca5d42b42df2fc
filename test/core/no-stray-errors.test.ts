import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LaneQueue, type EnqueueOptions, type LaneQueueOptions, type Warning } from '../../src/core/index.ts';
import { hang, ignore, nextTurn, Stage } from './stage.ts';

// Rules: `no-stray-errors`, `callback-safe`.

const lane = 'lane';
const failure = new Error('failure');

function throws(): never {
  throw failure;
}

/** The user's asynchronous function, where one is called that may be. */
function rejects(): unknown {
  return Promise.reject(failure);
}

let stray: unknown[];
const note = (error: unknown): void => void stray.push(error);
beforeEach(() => {
  stray = [];
  process.on('unhandledRejection', note).on('uncaughtException', note);
});
afterEach(() => process.off('unhandledRejection', note).off('uncaughtException', note));

/** By then the process has said what it has to say. */
async function settled(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

function enqueue({ queue }: Stage, body: () => unknown, options: EnqueueOptions = {}): void {
  queue.enqueue(lane, body, options).catch(ignore);
}

describe('a task may end in any way', () => {
  const ends: Record<string, (stage: Stage) => unknown> = {
    'it throws before it returns': (stage) => enqueue(stage, throws),
    'it rejects': (stage) => enqueue(stage, rejects),
    'it is refused by its signal': (stage) => enqueue(stage, hang, { signal: AbortSignal.abort() }),
    'it is refused by a closed queue': async (stage) => {
      await stage.queue.close();
      enqueue(stage, hang);
    },
    'it is dropped by its signal': (stage) => {
      const controller = new AbortController();
      enqueue(stage, hang);
      enqueue(stage, hang, { signal: controller.signal });
      controller.abort(failure);
    },
    'it is cleared': (stage) => {
      enqueue(stage, hang);
      enqueue(stage, hang);
      stage.queue.clear();
    },
    'it runs out of its time, and fails late': async (stage) => {
      const task = stage.task(lane, { timeoutMs: 10 });
      await stage.clock.pass(10);
      task.fail(failure);
    },
    'it is reclaimed while the caller stays with it, and fails late': async (stage) => {
      const task = stage.task(lane, { onTakenBack: 'detach' });
      enqueue(stage, hang);
      await stage.clock.pass(1_000);
      task.fail(failure);
    },
    'it is reset by its own source': (stage) => enqueue(stage, rejects, { progressSource: () => stage.queue.reset() }),
    'it is waited for in every way, and all give up': async (stage) => {
      enqueue(stage, hang);
      const controller = new AbortController();
      const { signal } = controller;
      void stage.queue.waitForActive({ signal });
      void stage.queue.whenIdle({ signal });
      void stage.queue.close({ deadlineMs: 1 });
      await stage.clock.pass(1);
      controller.abort(failure);
    },
  };

  it.each(Object.entries(ends))('%s', async (_, end) => {
    await end(new Stage({ stallCeilingMs: 1_000 }));
    await settled();
    expect(stray).toEqual([]);
  });

  it('Whoever drops the promise of a task that fails hears of it once, from the process: that one is his own.', async () => {
    void new LaneQueue().enqueue(lane, rejects);
    await settled();
    expect(stray).toEqual([failure]);
  });
});

describe.each([
  ['throws', throws],
  ['rejects', rejects],
])('what the queue calls %s', (_, fails) => {
  const silly = fails as () => never;

  /** Everything that the queue can be made to call, called. */
  async function ordeal(options: LaneQueueOptions): Promise<Stage> {
    const stage = new Stage({ stallCeilingMs: 1_000, blockedAfterMs: 0, ...options });
    const { queue, clock } = stage;
    const spoilt = { progressSource: silly, onWait: silly, onWaitAfterMs: 10 };
    queue.enqueue(lane, hang, spoilt).catch(ignore);
    const second = queue.enqueue(lane, () => 'second', spoilt);
    const third = queue.enqueue(lane, () => 'third');
    await clock.pass(1_000);
    expect(await Promise.all([second, third])).toEqual(['second', 'third']);
    await settled();
    expect(stray).toEqual([]);
    expect(queue.stats()).toMatchObject({ lanes: 0, queued: 0, active: 0, detached: 1 });
    expect(clock.armed).toBe(0);
    return stage;
  }

  it('A progress source and a notice: it is told as a fault, and costs nobody a slot.', async () => {
    const { events } = await ordeal({});
    const faults = events.flatMap((event) => (event.type === 'fault' ? [event.where] : []));
    expect(faults).toEqual(['progressSource', 'onWait', 'progressSource', 'progressSource']);
  });

  it('A listener: a warning says so, within bounds.', async () => {
    const warnings: Warning[] = [];
    const onWarning = (warning: Warning): unknown => warnings.push(warning);
    const { queue } = await ordeal({ onEvent: silly, onWarning });
    expect(warnings.filter(({ kind }) => kind === 'fault')).toMatchObject([
      { lane, where: 'onEvent', error: failure, at: 0, heldBack: {} },
    ]);
    expect(queue.stats().warningsHeldBack.fault).toBeGreaterThan(5);
  });

  it('Whoever is to be warned: nothing comes of it.', async () => {
    for (const logger of [{ warn: silly }, { child: ignore, warn: silly }]) {
      const { queue } = await ordeal({ onWarning: silly, logger });
      expect(queue.stats().warningsHeldBack).toEqual({ fault: 3 });
    }
  });
});

it('A listener that rejects long after it was told is reported when it does, and no oftener than any other.', async () => {
  const failLater: ((error: unknown) => void)[] = [];
  const warnings: Warning[] = [];
  const stage = new Stage({
    onEvent: (): unknown => new Promise((_, reject) => failLater.push(reject)),
    onWarning: (warning) => warnings.push(warning),
  });
  stage.queue.pause(lane);
  await stage.clock.pass(60_000);
  stage.queue.resume(lane);
  await stage.clock.pass(60_000);
  for (const fail of failLater) fail(failure);
  await settled();
  expect(warnings).toMatchObject([{ at: 120_000, lane, where: 'onEvent' }]);
  expect(stage.queue.stats().warningsHeldBack).toEqual({ fault: 1 });
  expect(stray).toEqual([]);
});
