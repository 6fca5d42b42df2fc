import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import type { Setup } from '../model/index.ts';
import type { Adapter, Subject } from './adapter.ts';
import { AdapterError, inWords } from './adapter-error.ts';
import { nextTurn } from './barrier.ts';
import { hearStrayErrors } from './stray-errors.ts';
import { timeFor, type Time } from './time.ts';

/** More than any queue needs to start a task that has it to itself. */
const MOST_TURNS = 20;

/**
 * Makes a queue and gives it one task, which runs and ends. Every queue of slots can do that, a bad one too: whatever does
 * not is taken for a mistake of the adapter's.
 *
 * @throws AdapterError that says what does not work.
 */
export async function tryOut(adapter: Adapter, setup: Setup, check: (subject: Subject) => void): Promise<void> {
  const time = timeFor(adapter);
  const watch = watchRealTimers();
  try {
    const use = (): Promise<void> => time.during(() => giveOneTask(adapter, setup, time, check));
    // What goes astray is for the rules to blame.
    await watch.during(() => hearStrayErrors(() => {}, use));
  } finally {
    watch.end();
    time.end();
  }
  if (watch.count() > 0) throw new AdapterError(`${adapter.name}: ${readsRealTime(adapter)}`);
}

/** A body that notes that it was called, and ends when it is told. */
class LoneBody {
  isCalled = false;
  finish: (value: unknown) => void = () => {};
  readonly #settled = new Promise((resolve) => {
    this.finish = resolve;
  });

  readonly run = (): Promise<unknown> => {
    this.isCalled = true;
    return this.#settled;
  };
}

async function giveOneTask(
  adapter: Adapter,
  setup: Setup,
  time: Time,
  check: (subject: Subject) => void,
): Promise<void> {
  const subject = make(adapter, setup, time);
  check(subject);
  checkCounts(adapter, subject);
  const body = new LoneBody();
  enqueue(adapter, subject, body);
  for (let turn = 0; turn < MOST_TURNS && !body.isCalled; turn += 1) {
    await nextTurn();
    time.clock.fireOne();
  }
  if (!body.isCalled) throw new AdapterError(`${adapter.name}: ${NEVER_CALLED}`);
  body.finish('done');
  await nextTurn();
}

function enqueue({ name, contract }: Adapter, subject: Subject, body: LoneBody): void {
  const { lanes, priorities, timeoutsMs } = contract;
  const request = { priority: priorities[0]!, progressSource: undefined, detach: false, timeoutMs: timeoutsMs[0] };
  const answer: unknown = call(name, 'enqueue', () => subject.enqueue(lanes[0]!, body.run, request));
  if (typeof (answer as Promise<unknown> | undefined)?.then !== 'function') {
    throw new AdapterError(
      `${name}: enqueue returned ${inWords(answer)}; return the promise that the queue gives the caller.`,
    );
  }
  // How it ends is for the rules to say.
  (answer as Promise<unknown>).then(undefined, () => {});
}

function make(adapter: Adapter, setup: Setup, { clock }: Time): Subject {
  const { name } = adapter;
  const made: unknown = call(name, `make, for ${JSON.stringify(setup)},`, () =>
    adapter.make({ clock, setup, warn: () => {}, listen: () => {} }),
  );
  if (typeof (made as Subject | undefined)?.enqueue === 'function') return made as Subject;
  const instead = made instanceof Promise ? 'load and wait for what it takes before that' : 'it needs enqueue at least';
  throw new AdapterError(`${name}: make returned ${inWords(made)}; return an object with functions: ${instead}.`);
}

function call<Result>(name: string, what: string, use: () => Result): Result {
  try {
    return use();
  } catch (cause) {
    const instead = 'it must work for whatever the contract names: mend it, or name less in the contract';
    throw new AdapterError(`${name}: ${what} threw ${String(cause)}; ${instead}.`, { cause });
  }
}

/** What a queue does not tell is left out; what is there must be a number. */
function checkCounts({ name, contract }: Adapter, subject: Subject): void {
  const [lane = ''] = contract.lanes;
  for (const what of ['counts', 'total'] as const) {
    if (subject[what] === undefined) continue;
    const said: unknown = call(name, what, () => subject[what]!(lane));
    const told = Object.entries(said ?? {});
    if (told.length > 0 && told.every(([, value]) => typeof value === 'number')) continue;
    const seen = told.length > 0 ? told.map(([key, value]) => `${key}: ${inWords(value)}`).join(', ') : inWords(said);
    throw new AdapterError(
      `${name}: ${what} returned ${seen}; return numbers: queued, the tasks that wait, and active, the slots that are taken. ` +
        'What the queue does not tell is left out.',
    );
  }
}

const NEVER_CALLED =
  `enqueue was given a body, and did not call it within ${MOST_TURNS} turns of the event loop, though the queue had nothing ` +
  'else to do. Hand the body to the queue, `enqueue: (_lane, body) => queue.add(() => body({}))` say; ' +
  'and if the queue must be started first, start it in make.';

function readsRealTime({ time }: Adapter): string {
  const seen = 'the queue has set a timer of the real clock while it ran one task, and nothing can be said of its time';
  if (time !== 'globals') {
    return `${seen}. Give it the clock that make is given; if it takes none, say \`time: 'globals'\` in the adapter.`;
  }
  return (
    `${seen}, though \`setTimeout\` and its kin are virtual. It has kept them from before: pass a function that loads the ` +
    "adapter, () => import('./adapter.js'), and import the queue nowhere else. AbortSignal.timeout cannot be made virtual."
  );
}

interface Watch {
  readonly during: <Result>(use: () => Promise<Result>) => Promise<Result>;
  readonly count: () => number;
  readonly end: () => void;
}

/** Counts the timers of the real clock that are set from inside, by whatever reference to `setTimeout`; those of others are not its. */
function watchRealTimers(): Watch {
  const inside = new AsyncLocalStorage<true>();
  let timers = 0;
  const hook = createHook({
    init(_id, type) {
      if (type === 'Timeout' && inside.getStore() === true) timers += 1;
    },
  }).enable();
  const end = (): void => {
    hook.disable();
    // Otherwise every promise of the process would go on to carry it.
    inside.disable();
  };
  return { during: (use) => inside.run(true, use), count: () => timers, end };
}
