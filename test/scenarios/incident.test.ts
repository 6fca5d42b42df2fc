import { describe, expect, it } from 'vitest';
import reference from '../../src/adapters/reference.ts';
import { usualSetup, type Adapter, type Subject, type SubjectWarning } from '../../src/oracle/index.ts';
import { zoo } from '../zoo/index.ts';
import { MINUTE_MS, StageClock, Turn } from './stage.ts';

// A chat-agent gateway ran every turn in a lane of its session. One turn never settled, and the session stood still
// until somebody restarted the process. It took several fixes, each with a defect of its own. Here each step is one
// story with two endings: the one that production saw, on a copy of the queue with that step's defect, and ours.

const SESSION = 'session:42';

/** The queue with the defect of one step. */
function defective(name: string): Promise<Adapter> {
  return zoo.find((member) => member.name === name)!.load();
}

interface Stage {
  readonly clock: StageClock;
  readonly queue: Subject;
  readonly log: readonly SubjectWarning[];
  /** A message comes in for the session. */
  readonly turn: (options?: { lane?: string; progressSource?: () => number }) => Turn;
}

function stage(adapter: Adapter, slots = 1): Stage {
  const clock = new StageClock();
  const log: SubjectWarning[] = [];
  const setup = { ...usualSetup(adapter.contract), concurrency: slots };
  const queue = adapter.make({ clock, setup, listen: () => {}, warn: (warning) => log.push(warning) });
  return {
    clock,
    queue,
    log,
    turn: ({ lane = SESSION, progressSource } = {}) =>
      new Turn(clock, (body) => queue.enqueue(lane, body, { priority: 'normal', progressSource, detach: false })),
  };
}

async function aTurnHangs(adapter: Adapter) {
  const { clock, queue, turn } = stage(adapter);
  const hung = turn();
  const next = turn();
  await clock.pass(60 * MINUTE_MS);
  return { queue, hung, next };
}

describe('before: a turn hangs, and the next message of its session waits behind it', () => {
  it('In production the session stood at "run started", one active and one queued, until somebody reset it.', async () => {
    const { queue, hung, next } = await aTurnHangs(await defective('nothing-reclaimed'));

    expect(hung).toMatchObject({ startedAt: 0, answer: undefined });
    expect(next.startedAt).toBeUndefined();
    expect(queue.counts!(SESSION)).toMatchObject({ active: 1, queued: 1 });
    expect(queue.reset!(SESSION)).toBe(1);
    expect(next.startedAt).toBe(60 * MINUTE_MS);
  });

  it('Now the silent turn loses its slot after ten minutes, and the next one starts.', async () => {
    const { queue, hung, next } = await aTurnHangs(reference);

    expect(hung.answer).toMatchObject({ name: 'TakenBackError', reason: 'stalled', silentMs: 10 * MINUTE_MS });
    expect(next.startedAt).toBe(10 * MINUTE_MS);
    expect(queue.counts!(SESSION)).toMatchObject({ active: 1, queued: 0 });
  });
});

async function nothingElseHappens(adapter: Adapter) {
  const { clock, turn } = stage(adapter);
  turn();
  const next = turn();
  await clock.pass(60 * MINUTE_MS);
  turn();
  return next.startedAt;
}

describe('fix 1: stalled slots are looked for', () => {
  it('In production a stalled slot was found only when yet another message happened to come in.', async () => {
    expect(await nothingElseHappens(await defective('reclaim-only-on-dispatch'))).toBe(60 * MINUTE_MS);
  });

  it('Now it is found by a timer, with no outside event.', async () => {
    expect(await nothingElseHappens(reference)).toBe(10 * MINUTE_MS);
  });
});

async function aSiblingCompletes(adapter: Adapter) {
  const { clock, turn } = stage(adapter, 2);
  turn();
  const healthy = turn();
  const [third, fourth] = [turn(), turn()];
  await clock.pass(9 * MINUTE_MS);
  healthy.report();
  await clock.pass(2 * MINUTE_MS);
  await healthy.finish();
  return { thirdStartedAt: third.startedAt, fourthStartedAt: fourth.startedAt };
}

describe('fix 1: a reclaim bumps the generation of the lane', () => {
  it('In production the completion of a healthy sibling was dropped as stale, and its slot was lost.', async () => {
    expect(await aSiblingCompletes(await defective('generation-bump'))).toEqual({
      thirdStartedAt: 10 * MINUTE_MS,
      fourthStartedAt: undefined,
    });
  });

  it('Now a healthy sibling keeps its slot through the reclaim, and frees it at once when it completes.', async () => {
    expect(await aSiblingCompletes(reference)).toEqual({
      thirdStartedAt: 10 * MINUTE_MS,
      fourthStartedAt: 11 * MINUTE_MS,
    });
  });
});

async function shutdown(adapter: Adapter) {
  const { clock, queue, turn } = stage(adapter);
  turn();
  turn();
  let told: unknown = 'nothing yet';
  const request = { lane: undefined, timeoutMs: undefined, signal: new AbortController().signal };
  void queue.waitForActive!(request).then((result) => {
    told = result;
  });
  await clock.pass(60 * MINUTE_MS);
  return told;
}

async function lateCompletion(adapter: Adapter) {
  const { clock, turn } = stage(adapter);
  const slow = turn();
  const [next, third] = [turn(), turn()];
  await clock.pass(10 * MINUTE_MS);
  await slow.finish();
  return { nextStartedAt: next.startedAt, thirdStartedAt: third.startedAt };
}

describe('fix 2: only the stalled hold is removed', () => {
  it('In production whoever had waited for the reclaimed turn to leave was never woken.', async () => {
    expect(await shutdown(await defective('waiters-not-woken'))).toBe('nothing yet');
  });

  it('Now the reclaim wakes him, and he learns that the turn did not leave of itself.', async () => {
    expect(await shutdown(reference)).toEqual({ outcome: 'left', takenBack: 1, remaining: 0 });
  });

  it('A queue that lets a late completion free the slot runs two turns of one session side by side.', async () => {
    expect(await lateCompletion(await defective('late-completion-frees'))).toEqual({
      nextStartedAt: 10 * MINUTE_MS,
      thirdStartedAt: 10 * MINUTE_MS,
    });
  });

  it('A late completion frees nothing: the slot belongs to the next turn by then.', async () => {
    expect(await lateCompletion(reference)).toEqual({ nextStartedAt: 10 * MINUTE_MS, thirdStartedAt: undefined });
  });
});

async function tenMinutesOfLog(adapter: Adapter) {
  const { clock, log, turn } = stage(adapter);
  turn();
  turn();
  await clock.pass(10 * MINUTE_MS);
  return log;
}

function brokenHook(): number {
  throw new Error('no such session');
}

async function aHundredFaults(adapter: Adapter) {
  const { log, turn } = stage(adapter);
  for (let messages = 0; messages < 100; messages += 1) await turn({ progressSource: brokenHook }).finish();
  return log;
}

describe('warning: somebody is told', () => {
  it('In production there was not one log line.', async () => {
    expect(await tenMinutesOfLog(await defective('silence'))).toEqual([]);
  });

  it('Now there is a line every 30 s that says what is stuck, and one line when the slot is reclaimed.', async () => {
    const blocked = Array.from({ length: 19 }, (_, lines) => ({
      kind: 'blocked',
      lane: SESSION,
      active: 1,
      concurrency: 1,
      queued: 1,
      oldestActiveAgeMs: (lines + 1) * 30_000,
    }));
    expect(await tenMinutesOfLog(reference)).toMatchObject([...blocked, { kind: 'reclaimed', lane: SESSION }]);
  });

  it('In production the new line was bounded and its neighbours were not: a throwing progress hook filled the log.', async () => {
    expect(await aHundredFaults(await defective('warnings-flood'))).toHaveLength(100);
  });

  it('Now every kind of line is bounded.', async () => {
    expect(await aHundredFaults(reference)).toMatchObject([{ kind: 'fault', lane: SESSION }]);
  });

  it('Now so is their sum: a hundred stuck sessions fill sixty lines a minute, and the next says how many are missing.', async () => {
    const { clock, log, turn } = stage(reference);
    for (let session = 0; session < 100; session += 1) {
      turn({ lane: `session:${session}` });
      turn({ lane: `session:${session}` });
    }
    await clock.pass(89_999);
    expect(log).toHaveLength(60);
    await clock.pass(1);
    // Forty of the hundred lines due after 30 s, and all hundred due after 60 s.
    expect(log[60]).toMatchObject({ kind: 'blocked', heldBack: { blocked: 140 } });
  });
});

async function aPersonResets(adapter: Adapter) {
  const { clock, queue, turn } = stage(adapter);
  turn();
  const [next, third] = [turn(), turn()];
  await clock.pass(9 * MINUTE_MS);
  const released = queue.reset!(SESSION);
  await clock.pass(60 * MINUTE_MS);
  return { released, nextStartedAt: next.startedAt, thirdStartedAt: third.startedAt };
}

describe('reset: a person resets the session after nine minutes', () => {
  it('A reset that starts from a clean sheet forgets the messages that waited.', async () => {
    expect(await aPersonResets(await defective('reset-drops-the-backlog'))).toEqual({
      released: 1,
      nextStartedAt: undefined,
      thirdStartedAt: undefined,
    });
  });

  it('The backlog starts at once, and the silence of the old turn is not held against the new one.', async () => {
    expect(await aPersonResets(reference)).toEqual({
      released: 1,
      nextStartedAt: 9 * MINUTE_MS,
      // The new turn hangs as well, and has ten minutes of its own.
      thirdStartedAt: 19 * MINUTE_MS,
    });
  });
});
