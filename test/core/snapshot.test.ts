import { describe, expect, it } from 'vitest';
import { nextTurn, Stage } from './stage.ts';

const lane = 'lane';

it('A snapshot says all there is to say of a lane.', async () => {
  const stage = new Stage({ concurrency: 2, stallCeilingMs: 10_000 });
  stage.task(lane);
  stage.queue.reset(lane);
  stage.task(lane);
  await stage.clock.pass(1_000);
  const reports = stage.task(lane);
  await stage.clock.pass(2_000);
  stage.task(lane, { priority: 'background' });
  await stage.clock.pass(500);
  stage.task(lane, { priority: 'foreground' });
  reports.context!.progress();
  await stage.clock.pass(6_000);
  expect(stage.queue.snapshot(lane)).toEqual({
    lane,
    concurrency: 2,
    paused: false,
    queued: 2,
    active: 2,
    blockedBy: 'busy',
    stalled: 0,
    detached: 1,
    oldestQueuedAgeMs: 6_500,
    oldestActiveAgeMs: 9_500,
    longestSilentMs: 9_500,
  });
  expect(stage.queue.snapshot()).toEqual([stage.queue.snapshot(lane)]);
});

it('Counts are those of the snapshot, of a lane and of all.', () => {
  const stage = new Stage();
  const { queue } = stage;
  stage.task(lane);
  queue.reset(lane);
  for (const name of [lane, lane, lane, 'other']) stage.task(name);
  expect(queue.counts(lane)).toEqual({ queued: 2, active: 1, detached: 1 });
  expect(queue.counts('other')).toEqual({ queued: 0, active: 1, detached: 0 });
  expect(queue.counts('never heard of')).toEqual({ queued: 0, active: 0, detached: 0 });
  expect(queue.counts()).toEqual({ queued: 2, active: 2, detached: 1 });
  expect(queue.snapshot(lane)).toMatchObject(queue.counts(lane));
  expect(queue.stats()).toMatchObject(queue.counts());
});

it('Of a lane that nobody has used it says what would be, and does not make it.', () => {
  const { queue } = new Stage({ concurrency: 3 });
  queue.pause();
  expect(queue.snapshot('never heard of')).toEqual({
    lane: 'never heard of',
    concurrency: 3,
    paused: true,
    queued: 0,
    active: 0,
    blockedBy: undefined,
    stalled: 0,
    detached: 0,
    oldestQueuedAgeMs: undefined,
    oldestActiveAgeMs: undefined,
    longestSilentMs: undefined,
  });
  expect(queue.lanes()).toEqual([]);
});

describe('why a backlog does not move', () => {
  const why: Record<string, (stage: Stage) => unknown> = {
    busy: (stage) => [stage.task(lane), stage.task(lane)],
    stalled: (stage) => {
      stage.task(lane);
      stage.clock.moveTo(10_000);
      stage.task(lane);
    },
    paused: (stage) => {
      stage.queue.configureLane(lane, { concurrency: 0 });
      stage.queue.pause();
      stage.task(lane);
    },
    'no-slots': (stage) => {
      stage.task(lane);
      stage.queue.configureLane(lane, { concurrency: 0 });
      stage.task(lane);
    },
  };

  it.each(Object.entries(why))('%s', (reason, act) => {
    const stage = new Stage({ stallCeilingMs: 10_000 });
    stage.task('another');
    act(stage);
    expect(stage.queue.snapshot(lane)).toMatchObject({ queued: 1, blockedBy: reason });
    expect(stage.queue.stats().blockedBy).toEqual({ [reason]: 1 });
  });

  it('Nothing holds up a lane without backlog, nor one in which the next is about to start.', () => {
    const seen: unknown[] = [];
    const stage = new Stage({ onEvent: ({ type }) => seen.push([type, stage.queue.snapshot(lane).blockedBy]) });
    stage.task(lane);
    expect(seen).toEqual([
      ['enqueued', undefined],
      ['started', undefined],
    ]);
  });
});

it('The sum over all lanes says how many are held up by what, and what the bounds have held back.', async () => {
  const stage = new Stage({ stallCeilingMs: 10_000, maxWarningsPerMinute: 1, blockedAfterMs: 0 });
  const { queue } = stage;
  stage.task('taken back');
  queue.reset('taken back');
  stage.task('silent');
  await stage.clock.pass(9_000);
  for (const name of ['busy', 'busy', 'busy too', 'busy too', 'paused']) {
    if (name === 'paused') queue.pause(name);
    stage.task(name);
  }
  await stage.clock.pass(2_000);
  expect(queue.stats()).toEqual({
    lanes: 4,
    queued: 3,
    active: 3,
    detached: 1,
    stalled: 1,
    blockedBy: { busy: 2, paused: 1 },
    oldestQueuedAgeMs: 2_000,
    oldestActiveAgeMs: 11_000,
    paused: false,
    closed: false,
    warningsHeldBack: { blocked: 1 },
  });
  queue.pause();
  expect(queue.stats()).toMatchObject({ paused: true, blockedBy: { paused: 3 } });
});

it('The number of a hold is larger than that of every one before, in whatever lane: the same for body, error and event.', async () => {
  const stage = new Stage();
  const tasks = ['a', 'b', 'a'].map((name) => stage.task(name));
  stage.queue.reset('a');
  await nextTurn();
  const next = stage.task('c');
  expect([...tasks, next].map(({ context }) => context!.hold)).toEqual([1, 2, 3, 4]);
  expect(tasks[0]!.answer).toMatchObject({ hold: 1 });
  const told = stage.events.flatMap((event) => (event.type === 'started' ? [[event.lane, event.hold]] : []));
  expect(told).toEqual([
    ['a', 1],
    ['b', 2],
    ['a', 3],
    ['c', 4],
  ]);
  expect(tasks.map(({ context }) => context!.lane)).toEqual(['a', 'b', 'a']);
});
