import { beforeEach, describe, expect, it } from 'vitest';
import { formatWarning, LaneQueue, TakenBackError, type Body, type TaskContext } from '../../src/core/index.ts';
import { MINUTE_MS, StageClock, Turn } from './stage.ts';

// "Wait without bound for the one before me" had bitten four times, each time in other clothes. A lane of one slot is
// all of them.

let clock: StageClock;
let log: string[];

beforeEach(() => {
  clock = new StageClock();
  log = [];
});

function makeQueue(options: { stallCeilingMs?: number } = {}): LaneQueue {
  return new LaneQueue({ clock, onWarning: (warning) => log.push(formatWarning(warning)), ...options });
}

describe('the inbound chain of a chat: each message waits for the one before', () => {
  it('One flush never settles: its chat goes on after five minutes with a warning that names it, and no other notices.', async () => {
    const queue = makeQueue({ stallCeilingMs: 5 * MINUTE_MS });
    const message = (chat: string): Turn => new Turn(clock, (flush) => queue.enqueue(`inbound:${chat}`, flush));

    message('anna');
    const [second, third] = [message('anna'), message('anna')];
    await message('boris').finish();
    await clock.pass(4 * MINUTE_MS);
    const meanwhile = message('boris');
    await meanwhile.finish();
    await clock.pass(MINUTE_MS);
    await second.finish();

    expect(meanwhile).toMatchObject({ startedAt: 4 * MINUTE_MS, answer: 'done' });
    expect(second).toMatchObject({ startedAt: 5 * MINUTE_MS, answer: 'done' });
    expect(third.startedAt).toBe(5 * MINUTE_MS);
    expect(log.at(-1)).toBe('slot reclaimed: lane="inbound:anna" hold=1 heldMs=300000 silentMs=300000');
    expect(log.filter((line) => line.includes('boris'))).toEqual([]);
  });
});

const LOCK = 'lock:42.json';

/** A file that takes any write, or, told who writes, none of a holder that is behind the newest one. */
class SessionFile {
  text = '';
  #newestHold = 0;

  write(text: string, hold = Infinity): void {
    if (hold < this.#newestHold) throw new Error(`hold ${hold} is past: ${this.#newestHold} has written`);
    this.#newestHold = hold;
    this.text = text;
  }
}

/** A holder pauses inside the lock until the ceiling, the next one gets in and writes, the first wakes up and writes. */
async function pauseInside(write: (text: string, context: TaskContext) => void) {
  const queue = makeQueue();
  const first = new Turn(clock, (pause) =>
    queue.enqueue(
      LOCK,
      async (context) => {
        await pause(context);
        write('old', context);
      },
      // He stays with his write to the end, to hear what becomes of it.
      { onTakenBack: 'detach' },
    ),
  );
  const second = new Turn(clock, (pause) =>
    queue.enqueue(LOCK, (context) => {
      write('new', context);
      return pause(context);
    }),
  );
  await clock.pass(10 * MINUTE_MS);
  const inside = queue.stats();
  await first.finish();
  return { first, second, inside };
}

describe('the lock of a session file: whoever has the slot may write', () => {
  it('Taking the lock back does not stop its holder: two are inside, and the late one overwrites the newer.', async () => {
    const file = new SessionFile();
    const { inside, second } = await pauseInside((text) => file.write(text));

    expect(inside).toMatchObject({ active: 1, detached: 1 });
    expect(second).toMatchObject({ startedAt: 10 * MINUTE_MS, answer: undefined });
    expect(file.text).toBe('old');
  });

  it('A file that checks the hold number refuses him: it only grows, so it is a fencing token.', async () => {
    const file = new SessionFile();
    const { inside, first } = await pauseInside((text, { hold }) => file.write(text, hold));

    expect(inside).toMatchObject({ active: 1, detached: 1 });
    expect(first.answer).toEqual(new Error('hold 1 is past: 2 has written'));
    expect(file.text).toBe('new');
  });

  it('A holder that obeys his signal has let go before the next one is inside.', async () => {
    const queue = makeQueue();
    const inside = new Set<number>();
    const crowds: number[][] = [];
    const obedient: Body<never> = ({ hold, signal }) => {
      inside.add(hold);
      crowds.push([...inside]);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          inside.delete(hold);
          reject(signal.reason as TakenBackError);
        });
      });
    };

    void Promise.allSettled([queue.enqueue(LOCK, obedient), queue.enqueue(LOCK, obedient)]);
    await clock.pass(10 * MINUTE_MS);

    expect(crowds).toEqual([[1], [2]]);
    expect(queue.stats()).toMatchObject({ active: 1, detached: 0 });
  });
});

interface Gateway {
  readonly sessions: LaneQueue;
  readonly main: LaneQueue;
  /** A turn that waits for the main lane counts as alive in its session. */
  readonly waitingIsLife?: boolean;
}

function gateway(): Gateway {
  const queue = makeQueue();
  return { sessions: queue, main: queue };
}

/** A turn takes a slot of its session, and inside it a slot of the main lane. Its work reports to both. */
function turn({ sessions, main, waitingIsLife = false }: Gateway, session: string): Turn {
  let insideSince: number | undefined;
  const lastSignAt = (): number => insideSince ?? clock.now();
  return new Turn(clock, (work) =>
    sessions.enqueue(
      `session:${session}`,
      (outer) =>
        main.enqueue('main', (inner) => {
          insideSince = clock.now();
          const progress = (): void => {
            outer.progress();
            inner.progress();
          };
          return work({ progress });
        }),
      waitingIsLife ? { progressSource: lastSignAt } : {},
    ),
  );
}

async function workFor(ms: number, busy: Turn): Promise<void> {
  const end = clock.now() + ms;
  while (clock.now() < end) {
    await clock.pass(MINUTE_MS);
    busy.report();
  }
}

/** A healthy turn waits for the main lane, with a message behind it, while another turn is busy there. */
async function longWait(where: Gateway) {
  const busy = turn(where, '7');
  const [waiting, behind] = [turn(where, '42'), turn(where, '42')];
  await workFor(15 * MINUTE_MS, busy);
  const answerMeanwhile = waiting.answer;
  await busy.finish();
  return { answerMeanwhile, waiting, behind };
}

describe('the lane of a session around the one lane that all share, by hand', () => {
  it('A turn that reports its progress to both lanes keeps both slots, however long it works.', async () => {
    const where = gateway();
    const busy = turn(where, '42');
    const [next, other] = [turn(where, '42'), turn(where, '7')];

    await workFor(60 * MINUTE_MS, busy);
    await busy.finish();

    expect(busy.answer).toBe('done');
    expect(other.startedAt).toBe(60 * MINUTE_MS);
    await other.finish();
    expect(next.startedAt).toBe(60 * MINUTE_MS);
  });

  it('A turn that hangs gives both slots back.', async () => {
    const where = gateway();
    const hung = turn(where, '42');
    const [next, other] = [turn(where, '42'), turn(where, '7')];

    await clock.pass(10 * MINUTE_MS);

    expect(hung.answer).toMatchObject({ name: 'TakenBackError', lane: 'session:42', reason: 'stalled' });
    expect(other.startedAt).toBe(10 * MINUTE_MS);
    await other.finish();
    expect(next.startedAt).toBe(10 * MINUTE_MS);
  });

  it('The known limit: a healthy turn that waits a ceiling long for the main lane loses its session, and runs all the same.', async () => {
    const { answerMeanwhile, waiting } = await longWait(gateway());

    expect(answerMeanwhile).toBeInstanceOf(TakenBackError);
    expect(answerMeanwhile).toMatchObject({ lane: 'session:42', reason: 'stalled', silentMs: 10 * MINUTE_MS });
    // The main lane knows nothing of the session: what waits there is still to be run, though nobody waits for it.
    expect(waiting.startedAt).toBe(15 * MINUTE_MS);
  });

  it('What helps: let the wait count as a sign of life. Work that then hangs is still found.', async () => {
    const { answerMeanwhile, waiting, behind } = await longWait({ ...gateway(), waitingIsLife: true });

    expect(answerMeanwhile).toBeUndefined();
    expect(waiting.startedAt).toBe(15 * MINUTE_MS);
    await clock.pass(10 * MINUTE_MS);
    expect(waiting.answer).toMatchObject({ lane: 'session:42', reason: 'stalled' });
    expect(behind.startedAt).toBe(25 * MINUTE_MS);
  });

  it('What helps: a queue of their own for the sessions, with a ceiling that is higher than any wait for the main lane.', async () => {
    const sessions = makeQueue({ stallCeilingMs: 60 * MINUTE_MS });
    const { answerMeanwhile, waiting } = await longWait({ sessions, main: makeQueue() });

    expect(answerMeanwhile).toBeUndefined();
    await waiting.finish();
    expect(waiting).toMatchObject({ startedAt: 15 * MINUTE_MS, answer: 'done' });
  });
});
