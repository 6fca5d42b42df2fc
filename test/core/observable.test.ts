import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EventStream, type ChannelMessage } from '../../src/core/events.ts';
import { LaneQueue, type QueueEvent } from '../../src/core/index.ts';
import { hang, ignore, nextTurn, Stage } from './stage.ts';

// Rule: `observable`.

interface Story {
  readonly name: string;
  readonly act: (stage: Stage) => unknown;
  /** All that is told from beginning to end. */
  readonly told: readonly QueueEvent[];
}

const lane = 'lane';
const enqueued = (at = 0): QueueEvent => ({ type: 'enqueued', at, lane, priority: 'normal' });
const started = (hold: number, at = 0, queuedMs = 0): QueueEvent => ({ type: 'started', at, lane, hold, queuedMs });
const failure = new Error('failure');
const aborted = AbortSignal.abort();

/** For each type of event a story that has it; what else happens is told as well. */
const STORIES: { readonly [Type in QueueEvent['type']]: readonly Story[] } = {
  enqueued: [
    {
      name: 'with its priority',
      act: ({ queue }) => {
        queue.pause(lane);
        queue.enqueue(lane, hang, { priority: 'background' }).catch(ignore);
      },
      told: [
        { type: 'paused', at: 0, lane },
        { type: 'enqueued', at: 0, lane, priority: 'background' },
      ],
    },
  ],
  refused: [
    {
      name: 'by its own signal',
      act: ({ queue }) => queue.enqueue(lane, hang, { signal: aborted }).catch(ignore),
      told: [{ type: 'refused', at: 0, lane, reason: 'aborted' }],
    },
    {
      name: 'by a closed queue',
      act: ({ queue }) => queue.close().then(() => queue.enqueue(lane, hang).catch(ignore)),
      told: [
        { type: 'closed', at: 0, lane: undefined },
        { type: 'refused', at: 0, lane, reason: 'closed' },
      ],
    },
  ],
  dropped: [
    {
      name: 'by its signal and by clear',
      act: async ({ queue, clock }) => {
        const controller = new AbortController();
        queue.configureLane(lane, { concurrency: 0 });
        queue.enqueue(lane, hang, { signal: controller.signal }).catch(ignore);
        queue.enqueue(lane, hang).catch(ignore);
        await clock.pass(5);
        controller.abort();
        queue.clear();
      },
      told: [
        { type: 'configured', at: 0, lane, concurrency: 0 },
        enqueued(),
        enqueued(),
        { type: 'dropped', at: 5, lane, reason: 'aborted', queuedMs: 5 },
        { type: 'dropped', at: 5, lane, reason: 'cleared', queuedMs: 5 },
      ],
    },
  ],
  started: [
    {
      name: 'with the time it has queued',
      act: async ({ queue, clock }) => {
        queue.pause();
        queue.enqueue(lane, hang).catch(ignore);
        await clock.pass(7);
        queue.resume();
      },
      told: [
        { type: 'paused', at: 0, lane: undefined },
        enqueued(),
        { type: 'resumed', at: 7, lane: undefined },
        started(1, 7, 7),
      ],
    },
  ],
  settled: [
    {
      name: 'well or ill, with the time it was held',
      act: async (stage) => {
        const [well, ill] = [stage.task(lane), stage.task(lane)];
        await stage.clock.pass(3);
        well.finish();
        await nextTurn();
        ill.fail(failure);
        await nextTurn();
      },
      told: [
        enqueued(),
        started(1),
        enqueued(),
        { type: 'waiting', at: 0, lane },
        { type: 'settled', at: 3, lane, hold: 1, outcome: 'fulfilled', heldMs: 3 },
        started(2, 3, 3),
        { type: 'flowing', at: 3, lane },
        { type: 'settled', at: 3, lane, hold: 2, outcome: 'rejected', heldMs: 0 },
      ],
    },
  ],
  aborted: [
    {
      name: 'while it runs',
      act: ({ queue }) => {
        const controller = new AbortController();
        queue.enqueue(lane, hang, { signal: controller.signal }).catch(ignore);
        controller.abort();
      },
      told: [enqueued(), started(1), { type: 'aborted', at: 0, lane, hold: 1 }],
    },
  ],
  'taken-back': [
    {
      name: 'by reset',
      act: async (stage) => {
        stage.task(lane);
        await stage.clock.pass(4);
        stage.queue.reset();
      },
      told: [
        enqueued(),
        started(1),
        { type: 'taken-back', at: 4, lane, hold: 1, reason: 'reset', heldMs: 4, silentMs: 4 },
      ],
    },
    {
      name: 'by its timeout',
      act: async (stage) => {
        const task = stage.task(lane, { timeoutMs: 10 });
        await stage.clock.pass(4);
        task.context!.progress();
        await stage.clock.pass(10);
      },
      told: [
        enqueued(),
        started(1),
        { type: 'taken-back', at: 14, lane, hold: 1, reason: 'timeout', heldMs: 14, silentMs: 10 },
      ],
    },
  ],
  'settled-late': [
    {
      name: 'well or ill',
      act: async (stage) => {
        const tasks = [stage.task(lane), stage.task(lane)];
        stage.queue.reset();
        stage.queue.reset();
        tasks[0]!.finish();
        tasks[1]!.fail(failure);
        await nextTurn();
      },
      told: [
        enqueued(),
        started(1),
        enqueued(),
        { type: 'waiting', at: 0, lane },
        { type: 'taken-back', at: 0, lane, hold: 1, reason: 'reset', heldMs: 0, silentMs: 0 },
        started(2),
        { type: 'flowing', at: 0, lane },
        { type: 'taken-back', at: 0, lane, hold: 2, reason: 'reset', heldMs: 0, silentMs: 0 },
        { type: 'settled-late', at: 0, lane, hold: 1, outcome: 'fulfilled' },
        { type: 'settled-late', at: 0, lane, hold: 2, outcome: 'rejected' },
      ],
    },
  ],
  waiting: [
    {
      name: 'until a reclaim',
      act: async (stage) => {
        stage.task(lane);
        await stage.clock.pass(400);
        stage.task(lane);
        await stage.clock.pass(600);
      },
      told: [
        enqueued(),
        started(1),
        enqueued(400),
        { type: 'waiting', at: 400, lane },
        { type: 'taken-back', at: 1_000, lane, hold: 1, reason: 'stalled', heldMs: 1_000, silentMs: 1_000 },
        started(2, 1_000, 600),
        { type: 'flowing', at: 1_000, lane },
      ],
    },
  ],
  flowing: [
    {
      name: 'because the lane was paused',
      act: (stage) => {
        stage.task(lane);
        stage.task(lane);
        stage.queue.pause(lane);
        stage.queue.resume(lane);
      },
      told: [
        enqueued(),
        started(1),
        enqueued(),
        { type: 'waiting', at: 0, lane },
        { type: 'paused', at: 0, lane },
        { type: 'flowing', at: 0, lane },
        { type: 'resumed', at: 0, lane },
        { type: 'waiting', at: 0, lane },
      ],
    },
  ],
  configured: [
    {
      name: 'with its concurrency',
      act: ({ queue }) => queue.configureLane(lane, { concurrency: 3 }),
      told: [{ type: 'configured', at: 0, lane, concurrency: 3 }],
    },
  ],
  paused: [
    {
      name: 'once, however often it is said',
      act: ({ queue }) => [queue.pause(lane), queue.pause(lane), queue.pause(), queue.pause()],
      told: [
        { type: 'paused', at: 0, lane },
        { type: 'paused', at: 0, lane: undefined },
      ],
    },
  ],
  resumed: [
    {
      name: 'only what was paused',
      act: ({ queue }) => [queue.resume(), queue.resume(lane), queue.pause(lane), queue.resume(lane)],
      told: [
        { type: 'paused', at: 0, lane },
        { type: 'resumed', at: 0, lane },
      ],
    },
  ],
  closed: [
    {
      name: 'once',
      act: ({ queue }) => [queue.close(), queue.close()],
      told: [{ type: 'closed', at: 0, lane: undefined }],
    },
  ],
  fault: [
    {
      name: 'of a progress source',
      act: ({ queue }) => queue.enqueue(lane, () => 'done', { progressSource: throws }),
      told: [
        enqueued(),
        started(1),
        { type: 'fault', at: 0, lane, where: 'progressSource', error: failure },
        { type: 'settled', at: 0, lane, hold: 1, outcome: 'fulfilled', heldMs: 0 },
      ],
    },
    {
      name: 'of a notice, also of one that rejects',
      act: async ({ queue, clock }) => {
        queue.pause(lane);
        queue.enqueue(lane, hang, { onWait: throws, onWaitAfterMs: 1 }).catch(ignore);
        queue.enqueue(lane, hang, { onWait: rejects, onWaitAfterMs: 2 }).catch(ignore);
        await clock.pass(3);
      },
      told: [
        { type: 'paused', at: 0, lane },
        enqueued(),
        enqueued(),
        { type: 'fault', at: 1, lane, where: 'onWait', error: failure },
        { type: 'fault', at: 2, lane, where: 'onWait', error: failure },
      ],
    },
  ],
};

function throws(): never {
  throw failure;
}

function rejects(): unknown {
  return Promise.reject(failure);
}

let stopListening = ignore;
afterEach(() => stopListening());

/** What the diagnostics channel is told until the test ends. */
function channelled(): ChannelMessage[] {
  const messages: ChannelMessage[] = [];
  const subscriber = (message: unknown): void => void messages.push(message as ChannelMessage);
  subscribe('stallproof', subscriber);
  stopListening = () => void unsubscribe('stallproof', subscriber);
  return messages;
}

describe.each(Object.entries(STORIES))('%s', (type, stories) => {
  it.each(stories)('$name', async ({ act, told }) => {
    const stage = new Stage({ stallCeilingMs: 1_000 });
    const messages = channelled();
    await act(stage);
    expect(stage.events).toEqual(told);
    expect(stage.events.map((event) => event.type)).toContain(type);
    expect(messages).toEqual(told.map((event) => ({ queue: stage.queue, event })));
    expect(messages.every(({ queue, event }, nth) => queue === stage.queue && event === stage.events[nth])).toBe(true);
  });
});

it('The channel is told also where the queue has no listener, and each subscriber which queue it was.', () => {
  const messages = channelled();
  const queues = [new LaneQueue(), new LaneQueue()];
  for (const queue of queues) queue.configureLane(lane, { concurrency: 1 });
  expect(messages.map(({ queue }) => queues.indexOf(queue as LaneQueue))).toEqual([0, 1]);
});

it('Where nobody listens, no event is made of a task that comes, starts and settles.', async () => {
  const ways = [vi.spyOn(EventStream.prototype, 'tell'), vi.spyOn(EventStream.prototype, 'tellInScope')];
  const told = (): number => ways.flatMap(({ mock }) => mock.calls).length;
  try {
    const { queue } = new Stage({ onEvent: undefined });
    await queue.enqueue(lane, () => {});
    expect(told()).toBe(0);
    channelled();
    await queue.enqueue(lane, () => {});
    expect(told()).toBe(3);
  } finally {
    for (const way of ways) way.mockRestore();
  }
});
