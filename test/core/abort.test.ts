import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { LaneQueue, TakenBackError } from '../../src/core/index.ts';
import { hang, ignore, nextTurn, Stage, type StageTask } from './stage.ts';

// Rule: `abort`.

const lane = 'lane';
const reason = new Error('no longer wanted');
const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

it('A queued task leaves the backlog, its body never runs, and its caller gets the reason of the signal.', async () => {
  const stage = new Stage();
  const controller = new AbortController();
  const [running, unwanted, wanted] = [
    stage.task(lane),
    stage.task(lane, { signal: controller.signal }),
    stage.task(lane),
  ];
  controller.abort(reason);
  expect(stage.queue.snapshot(lane)).toMatchObject({ queued: 1, active: 1 });
  running.finish();
  await nextTurn();
  expect(unwanted).toMatchObject({ answer: reason, context: undefined });
  expect(wanted.context).toBeDefined();
});

it('A task whose signal has aborted before is never let in.', async () => {
  const stage = new Stage();
  const task = stage.task(lane, { signal: AbortSignal.abort(reason) });
  expect(stage.queue.lanes()).toEqual([]);
  await nextTurn();
  expect(task).toMatchObject({ answer: reason, context: undefined });
});

it('A running body sees it on its own signal; slot and caller stay with it until it settles.', async () => {
  const stage = new Stage();
  const controller = new AbortController();
  const [task, next] = [stage.task(lane, { signal: controller.signal }), stage.task(lane)];
  const whileItRan = task.signal;
  controller.abort(reason);
  expect(whileItRan).toMatchObject({ aborted: true, reason });
  await nextTurn();
  expect(stage.queue.snapshot(lane)).toMatchObject({ queued: 1, active: 1 });
  expect(task.answer).toBeUndefined();
  task.finish('cleaned up');
  await nextTurn();
  expect(task.answer).toBe('cleaned up');
  expect(next.context).toBeDefined();
});

it('A body that asks for its signal only afterwards finds it aborted.', () => {
  const stage = new Stage();
  const controller = new AbortController();
  const task = stage.task(lane, { signal: controller.signal });
  controller.abort(reason);
  expect(task.signal).toMatchObject({ aborted: true, reason });
});

it('One signal may drop what is queued and tell what runs, in several lanes.', async () => {
  const stage = new Stage();
  const controller = new AbortController();
  const tasks = ['a', 'a', 'b', 'b', 'c'].map((name) => stage.task(name, { signal: controller.signal }));
  controller.abort(reason);
  await nextTurn();
  for (const { context, answer } of tasks) expect(context?.signal.reason ?? answer).toBe(reason);
  expect(stage.queue.stats()).toMatchObject({ queued: 0, active: 3 });
});

it('Once the slot was taken back the signal is nothing to the task any more.', async () => {
  const stage = new Stage();
  const controller = new AbortController();
  const options = { signal: controller.signal, timeoutMs: 1_000 };
  const [told, stays] = [stage.task('a', options), stage.task('b', { ...options, onTakenBack: 'detach' })];
  await stage.clock.pass(1_000);
  controller.abort(reason);
  expect(told.signal.reason).toBeInstanceOf(TakenBackError);
  expect(stays.signal.reason).toBeInstanceOf(TakenBackError);
  expect(told.answer).toBe(told.signal.reason);
  stays.finish('after all');
  await nextTurn();
  expect(stays.answer).toBe('after all');
});

it('Whose slot is taken back after an abort keeps the reason that its signal had first.', () => {
  const stage = new Stage();
  const controller = new AbortController();
  const task = stage.task(lane, { signal: controller.signal });
  controller.abort(reason);
  stage.queue.reset();
  expect(task.signal.reason).toBe(reason);
});

describe('listeners on the signals of callers', () => {
  it('There is one for each distinct signal, however many tasks share it.', () => {
    const { queue } = new Stage();
    const [one, other] = [new AbortController().signal, new AbortController().signal];
    const listen = [one, other].map((signal) => vi.spyOn(signal, 'addEventListener'));
    for (let nth = 0; nth < 20; nth += 1) {
      queue.enqueue(`lane ${nth % 3}`, hang, { signal: nth % 2 === 0 ? one : other }).catch(ignore);
    }
    expect(listen.map((spy) => spy.mock.calls.length)).toEqual([1, 1]);
  });

  const departures: Record<string, (stage: Stage, task: StageTask) => unknown> = {
    settles: (_, task) => task.finish(),
    fails: (_, task) => task.fail(reason),
    'is reset': ({ queue }) => queue.reset(),
    'runs out of its time': ({ clock }) => clock.pass(1_000),
    'is cleared': ({ queue }) => [queue.pause(), queue.reset(), queue.clear()],
  };

  it.each(Object.entries(departures))('It is gone when the last task %s.', async (_, depart) => {
    const stage = new Stage();
    const { signal } = new AbortController();
    const [first, last] = [1, 2].map(() => stage.task(lane, { signal, timeoutMs: 1_000 }));
    first!.finish();
    await nextTurn();
    expect(listenersOf(signal)).toBe(1);
    const queued = stage.task(lane, { signal });
    await depart(stage, last!);
    await nextTurn();
    queued.finish();
    await nextTurn();
    expect(listenersOf(signal)).toBe(0);
  });

  it('It is gone when the signal has aborted, and when a wait has ended.', async () => {
    const stage = new Stage();
    const controller = new AbortController();
    const { signal } = controller;
    const task = stage.task(lane, { signal });
    const waits = [
      stage.queue.waitForActive({ signal }),
      stage.queue.whenIdle({ signal }),
      stage.queue.whenIdle({ signal, timeoutMs: 5 }),
    ];
    expect(listenersOf(signal)).toBe(2);
    await stage.clock.pass(5);
    controller.abort();
    expect(listenersOf(signal)).toBe(0);
    expect(await Promise.all(waits)).toEqual([
      { outcome: 'aborted', takenBack: 0, remaining: 1 },
      { outcome: 'aborted' },
      { outcome: 'timeout' },
    ]);
    task.finish();
    expect(stage.clock.armed).toBe(0);
  });
});

it('An abort by a listener that takes nothing out of a backlog starts nothing: whoever told him is about to.', async () => {
  const told: string[] = [];
  const controller = new AbortController();
  const queue = new LaneQueue({
    concurrency: 2,
    onEvent({ type }) {
      told.push(type);
      if (type === 'settled') controller.abort();
    },
    onWarning: () => {},
  });
  const complete = { call: ignore };
  const first = queue.enqueue('lane', () => new Promise<void>((resolve) => (complete.call = resolve)));
  void queue.enqueue('lane', () => new Promise(() => {}), { signal: controller.signal });
  void queue.enqueue('lane', () => new Promise(() => {}));
  told.length = 0;
  complete.call();
  await first;
  expect(told).toEqual(['settled', 'aborted', 'started', 'flowing']);
});
