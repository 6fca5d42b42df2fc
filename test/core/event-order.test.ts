import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LaneQueue, type QueueEvent } from '../../src/core/index.ts';
import { VirtualClock } from '../../src/oracle/virtual-clock.ts';
import { ignore, nextTurn } from './stage.ts';

// Rule: `observable`: an event is told after its transition and before the next, whatever is done to the queue.

/** Something that is done to a queue. */
type Act = (queue: LaneQueue, tasks: TaskEnds[]) => unknown;
interface TaskEnds {
  readonly end: () => void;
  readonly abort: () => void;
}

const name = fc.constantFrom('a', 'b');
const orNone = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const call: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(name, orNone(fc.constantFrom(20, 80)), fc.boolean()).map(enqueue) },
  { weight: 5, arbitrary: fc.tuple(fc.nat(30), fc.constantFrom('end', 'abort')).map(onTask) },
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom('reset', 'clear', 'pause', 'resume'), orNone(name)).map(onLane) },
  { weight: 1, arbitrary: fc.tuple(name, fc.nat(3)).map(configure) },
  { weight: 1, arbitrary: fc.constant<Act>((queue) => queue.close()) },
);
/** A call, or milliseconds that pass: those pass outside only. */
const program: fc.Arbitrary<readonly (Act | number)[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: call }, { weight: 1, arbitrary: fc.nat(60) }),
  { minLength: 5, maxLength: 40, size: 'max' },
);

function onTask([nth, how]: [number, keyof TaskEnds]): Act {
  return (_, tasks) => tasks[nth % tasks.length]?.[how]();
}

function onLane([method, of]: ['reset' | 'clear' | 'pause' | 'resume', string | undefined]): Act {
  return (queue) => queue[method](of);
}

function configure([of, concurrency]: [string, number]): Act {
  return (queue) => queue.configureLane(of, { concurrency });
}

function enqueue([of, timeoutMs, isAsync]: [string, number | undefined, boolean]): Act {
  return (queue, tasks) => {
    const controller = new AbortController();
    let end: (value?: unknown) => void = ignore;
    const body = (): unknown => (isAsync ? new Promise((resolve) => (end = resolve)) : undefined);
    queue.enqueue(of, body, { timeoutMs, signal: controller.signal }).catch(ignore);
    tasks.push({ end: () => end(), abort: () => controller.abort() });
  };
}

function pass(clock: VirtualClock, ms: number): void {
  const until = clock.now() + ms;
  while (clock.nextAt <= until) {
    clock.moveTo(clock.nextAt);
    clock.fireOne();
  }
  clock.moveTo(until);
}

async function play(
  steps: readonly (Act | number)[],
  listen: (event: QueueEvent, queue: LaneQueue, tasks: TaskEnds[], clock: VirtualClock) => void,
): Promise<LaneQueue> {
  const clock = new VirtualClock();
  const tasks: TaskEnds[] = [];
  const thrown: unknown[] = [];
  const onEvent = (event: QueueEvent): void => {
    // A queue shrugs off what its listeners throw: assertions in them must be seen all the same.
    try {
      listen(event, queue, tasks, clock);
    } catch (error) {
      thrown.push(error);
    }
  };
  const queue: LaneQueue = new LaneQueue({ clock, stallCeilingMs: 50, onWarning: ignore, onEvent });
  for (const step of steps) {
    if (typeof step === 'number') pass(clock, step);
    else step(queue, tasks);
    await nextTurn();
    for (const error of thrown) throw error;
  }
  return queue;
}

/** What the events say, added up. */
class Ledger {
  readonly counts = { queued: 0, active: 0, detached: 0, paused: false, closed: false };

  add(event: QueueEvent): void {
    const { counts } = this;
    if (event.type === 'enqueued') counts.queued += 1;
    if (event.type === 'dropped' || event.type === 'started') counts.queued -= 1;
    if (event.type === 'started') counts.active += 1;
    if (event.type === 'settled' || event.type === 'taken-back') counts.active -= 1;
    if (event.type === 'taken-back') counts.detached += 1;
    if (event.type === 'settled-late') counts.detached -= 1;
    if (event.type === 'closed') counts.closed = true;
    if (event.lane === undefined && event.type !== 'closed') counts.paused = event.type === 'paused';
  }
}

it('Whenever one is told, what the queue says of itself is the sum of those that were told.', async () => {
  const check = fc.asyncProperty(program, async (steps) => {
    const ledger = new Ledger();
    await play(steps, (event, queue, _, clock) => {
      ledger.add(event);
      expect(queue.stats()).toMatchObject(ledger.counts);
      expect(event.at).toBe(clock.now());
      if (event.type === 'configured') expect(queue.snapshot(event.lane).concurrency).toBe(event.concurrency);
      if (event.type === 'waiting') expect(['busy', 'stalled']).toContain(queue.snapshot(event.lane).blockedBy);
      if (event.type === 'flowing') expect(['busy', 'stalled']).not.toContain(queue.snapshot(event.lane).blockedBy);
    });
  });
  await fc.assert(check, { seed: 1, numRuns: 150 });
});

it('Where the listener calls the queue, what comes of it is told when he has been told, and none is lost.', async () => {
  const calls = fc.array(call, { minLength: 5, maxLength: 25, size: 'max' });
  const check = fc.asyncProperty(program, calls, async (steps, fromInside) => {
    const ledger = new Ledger();
    const left = [...fromInside];
    const holds: number[] = [];
    let isTold = false;
    const queue = await play(steps, (event, itself, tasks) => {
      expect(isTold).toBe(false);
      isTold = true;
      ledger.add(event);
      if (event.type === 'started') holds.push(event.hold);
      left.shift()?.(itself, tasks);
      isTold = false;
    });
    await nextTurn();
    expect(queue.stats()).toMatchObject(ledger.counts);
    expect(holds).toEqual(holds.map((_, place) => place + 1));
  });
  await fc.assert(check, { seed: 1, numRuns: 150 });
});
