import { expect, it } from 'vitest';
import { LaneQueue, type LaneQueueOptions } from '../../src/core/index.ts';
import { nextTurn } from '../../src/oracle/barrier.ts';
import { VirtualClock } from '../../src/oracle/virtual-clock.ts';

// What a queue calls may call the queue: a body, a listener, a source, an abort handler. These calls once broke it.

const clock = new VirtualClock();
const hang = (): Promise<never> => new Promise(() => {});
const ignore = (): void => {};

/** A body that returns a promise with a `then` of its own. */
function unruly(then: (...callbacks: ((value: unknown) => void)[]) => void): () => Promise<unknown> {
  // oxlint-disable-next-line unicorn/no-thenable -- an odd promise is what this is for
  return () => Object.defineProperty(Promise.resolve(), 'then', { value: then });
}

function makeQueue(options: LaneQueueOptions = {}): LaneQueue {
  return new LaneQueue({ clock, onWarning: ignore, ...options });
}

/** Lets every timer fire that is due within so long. */
function pass(ms: number): void {
  const end = clock.now() + ms;
  while (clock.nextAt <= end) {
    clock.moveTo(clock.nextAt);
    clock.fireOne();
  }
  clock.moveTo(end);
}

it('A lane that is forgotten and made anew while it is being reset is one lane, not two.', () => {
  const queue = makeQueue();
  const resetsAndEnqueues = ({ signal }: { signal: AbortSignal }): Promise<never> => {
    signal.addEventListener('abort', () => {
      queue.reset('lane');
      queue.enqueue('lane', hang).catch(ignore);
    });
    return hang();
  };
  queue.enqueue('lane', resetsAndEnqueues).catch(ignore);
  queue.reset('lane');
  queue.enqueue('lane', hang).catch(ignore);
  expect(queue.snapshot('lane')).toMatchObject({ active: 1, queued: 1 });
  expect(queue.stats()).toMatchObject({ lanes: 1, active: 1, queued: 1 });
});

it('A hold whose source switches its lane off and on while it is asked is taken back once.', () => {
  const queue = makeQueue({ stallCeilingMs: 1_000 });
  const progressSource = (): number => {
    queue.configureLane('lane', { concurrency: 0 });
    queue.configureLane('lane', { concurrency: 1 });
    return 0;
  };
  queue.enqueue('lane', hang, { progressSource }).catch(ignore);
  queue.enqueue('lane', hang).catch(ignore);
  pass(1_000);
  expect(queue.stats()).toMatchObject({ active: 1, queued: 0, detached: 1 });
});

it('A hold is spared if another source reports for it, or makes room, while it is about to be judged.', () => {
  const queue = makeQueue({ stallCeilingMs: 1_000, concurrency: 2 });
  let report = ignore;
  const first = queue.enqueue('lane', ({ progress }) => ((report = progress), hang()));
  first.catch(ignore);
  const progressSource = (): number => (report(), 0);
  queue.enqueue('lane', hang, { progressSource }).catch(ignore);
  queue.enqueue('lane', hang).catch(ignore);
  pass(1_000);
  expect(queue.stats()).toMatchObject({ active: 2, queued: 0, detached: 1 });
});

it('A hold with a time of its own, whose source resets or pauses its lane while it is asked, is judged no further.', () => {
  const queue = makeQueue();
  let answer = ignore;
  const progressSource = (): number => (answer(), 0);
  queue.enqueue('a', hang, { timeoutMs: 1_000, progressSource }).catch(ignore);
  answer = () => void queue.reset();
  pass(1_000);
  expect(queue.stats()).toMatchObject({ active: 0, detached: 1 });

  queue.enqueue('a', hang, { timeoutMs: 1_000, progressSource: () => (queue.pause(), 0) }).catch(ignore);
  queue.resume();
  pass(1_000);
  expect(queue.stats()).toMatchObject({ active: 1, detached: 1 });
  queue.resume();
  pass(0);
  expect(queue.stats()).toMatchObject({ active: 1, detached: 1, paused: true });
});

it('A promise with a `then` of its own, which throws or calls back too often, costs nobody a slot.', async () => {
  const queue = makeQueue();
  const throws = queue.enqueue(
    'lane',
    unruly(() => {
      throw new Error('no');
    }),
  );
  await expect(throws).rejects.toThrow('no');
  const eager = unruly((fulfilled) => {
    fulfilled?.('once');
    fulfilled?.('twice');
  });
  await expect(queue.enqueue('lane', eager)).resolves.toBe('once');
  await expect(queue.enqueue('lane', () => 'next')).resolves.toBe('next');
  expect(queue.stats()).toMatchObject({ lanes: 0, active: 0, queued: 0 });
});

it('A signal that is none is refused before it can do harm.', async () => {
  const queue = makeQueue();
  const task = queue.enqueue('lane', () => nextTurn());
  const signal = new AbortController() as unknown as AbortSignal;
  expect(() => queue.waitForActive({ signal })).toThrow('options.signal: received an object; pass an AbortSignal.');
  await expect(task).resolves.toBeUndefined();
});

it.each([0, 4_000])(
  'Of lanes that block %i ms apart none goes unreported for good, however few reports a minute has room for.',
  (apartMs) => {
    const reported = new Set<string>();
    const queue = makeQueue({
      stallCeilingMs: Infinity,
      maxWarningsPerMinute: 2,
      onWarning: ({ lane }) => reported.add(lane),
    });
    for (const lane of ['a', 'b', 'c', 'd', 'e']) {
      for (let nth = 0; nth < 2; nth += 1) queue.enqueue(lane, hang).catch(ignore);
      pass(apartMs);
    }
    pass(5 * 60_000);
    expect([...reported].toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  },
);

it('Who clears a lane while another clears it drops what is left, and each says how many he dropped himself.', () => {
  const dropped: number[] = [];
  const onEvent = ({ type }: { type: string }): unknown => type === 'dropped' && dropped.push(queue.clear('lane'));
  const queue: LaneQueue = makeQueue({ onEvent });
  queue.pause('lane');
  for (let nth = 0; nth < 3; nth += 1) queue.enqueue('lane', hang).catch(ignore);
  expect(queue.clear('lane') + dropped.reduce((sum, count) => sum + count)).toBe(3);
});

it('Who resets a lane while another resets it takes back what is left, and each says how many he took back himself.', () => {
  const takenBack: number[] = [];
  const onEvent = ({ type }: { type: string }): unknown => type === 'taken-back' && takenBack.push(queue.reset('lane'));
  const queue: LaneQueue = makeQueue({ onEvent, concurrency: 3 });
  for (let nth = 0; nth < 3; nth += 1) queue.enqueue('lane', hang).catch(ignore);
  expect(queue.reset('lane') + takenBack.reduce((sum, count) => sum + count)).toBe(3);
  expect(queue.stats()).toMatchObject({ active: 0, detached: 3 });
});

it('Who waits for a lane that was forgotten and made anew meanwhile is not told that it rests.', async () => {
  let idle: unknown;
  const onEvent = ({ type }: { type: string }): void => {
    if (type !== 'enqueued' || queue.stats().queued === 0 || idle !== undefined) return;
    idle = 'not yet';
    queue.clear('lane');
    queue.enqueue('lane', hang).catch(ignore);
    void queue.whenIdle({ lane: 'lane' }).then(({ outcome }) => (idle = outcome));
  };
  const queue: LaneQueue = makeQueue({ onEvent });
  queue.enqueue('lane', hang).catch(ignore);
  await nextTurn();
  expect(queue.snapshot('lane')).toMatchObject({ active: 1 });
  expect(idle).toBe('not yet');
});
