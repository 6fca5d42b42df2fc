import { describe, expect, it } from 'vitest';
import {
  LaneQueue,
  type CloseOptions,
  type EnqueueOptions,
  type LaneOptions,
  type LaneQueueOptions,
  type QueueEvent,
  type WaitOptions,
} from '../../src/core/index.ts';
import { VirtualClock } from '../../src/oracle/virtual-clock.ts';

// Rule: `bad-input`.

const hang = (): Promise<never> => new Promise(() => {});
const ignore = (): void => {};

/** What an argument may be, and what it may not: of another type, or of the right type with a value that makes no sense. */
interface Kind {
  readonly right: readonly unknown[];
  readonly wrongType: readonly unknown[];
  readonly wrongValue?: readonly unknown[];
}

const NO_NUMBER = [null, '5', '', true, {}, [], 5n, Symbol('5'), () => 5];
const duration: Kind = {
  right: [undefined, 0.5, 1_000, 2 ** 40, Infinity],
  wrongType: NO_NUMBER,
  wrongValue: [NaN, -1, -Infinity, 0],
};
const durationOrZero: Kind = { ...duration, right: [undefined, 0, 5, Infinity], wrongValue: [NaN, -1, -Infinity] };
const slots: Kind = {
  right: [undefined, 0, 3, Infinity],
  wrongType: NO_NUMBER,
  wrongValue: [NaN, -1, -Infinity, 1.5],
};
const atLeastOne: Kind = { right: [undefined, 1, Infinity], wrongType: NO_NUMBER, wrongValue: [NaN, -1, 0, 1.5] };
const callback: Kind = { right: [undefined, ignore], wrongType: [null, 1, 'f', true, {}, Promise.resolve()] };
const signal: Kind = {
  right: [undefined, new AbortController().signal],
  wrongType: [null, 1, 'signal', true, {}, new AbortController(), new EventTarget()],
};
const clock: Kind = {
  right: [undefined, new VirtualClock()],
  wrongType: [null, 1, 'clock', true, {}, Date, { now: ignore, setTimer: ignore }],
};
const logger: Kind = { right: [undefined, console], wrongType: [null, 1, 'console', {}, ignore, { warn: 'loudly' }] };
const optionalLane: Kind = {
  right: [undefined, 'lane', 'never heard of'],
  wrongType: [null, 5, true, {}, ['lane'], Symbol('lane'), ignore],
  wrongValue: [''],
};
const lane: Kind = { ...optionalLane, right: ['lane'], wrongType: [...optionalLane.wrongType, undefined] };
const body: Kind = { right: [ignore], wrongType: [undefined, null, 1, 'body', {}, Promise.resolve()] };
const options: Kind = { right: [undefined, {}], wrongType: [null, 1, 'options', true, [], ignore] };
const words = (...right: unknown[]): Kind => ({
  right,
  wrongType: [null, 1, true, {}, [right[1]]],
  wrongValue: ['', 'urgent', 'Normal', 'toString'],
});

/** Every option has its kind, or this file does not compile. */
type Kinds<Options> = { readonly [Name in keyof Options]-?: Kind };

const OF_THE_QUEUE: Kinds<LaneQueueOptions> = {
  concurrency: slots,
  stallCeilingMs: duration,
  lateMs: duration,
  graceMs: duration,
  warnEveryMs: duration,
  blockedAfterMs: durationOrZero,
  maxWarningsPerMinute: atLeastOne,
  onWarning: callback,
  logger,
  onEvent: callback,
  clock,
};
const OF_A_TASK: Kinds<EnqueueOptions> = {
  priority: words(undefined, 'foreground', 'normal', 'background'),
  signal,
  timeoutMs: duration,
  progressSource: callback,
  onTakenBack: words(undefined, 'reject', 'detach'),
  onWait: callback,
  onWaitAfterMs: duration,
};
const OF_A_LANE: Kinds<LaneOptions> = {
  concurrency: { ...slots, right: [0, 3, Infinity], wrongType: [...NO_NUMBER, undefined] },
};
const OF_A_WAIT: Kinds<WaitOptions> = { lane: optionalLane, timeoutMs: durationOrZero, signal };
const OF_A_CLOSE: Kinds<CloseOptions> = { deadlineMs: duration };

interface Argument {
  readonly method: string;
  readonly argument: string;
  readonly kind: Kind;
  readonly call: (queue: LaneQueue, value: never) => unknown;
}

/** An argument that is a bag of options: the bag itself, and each thing in it. */
function bag(
  method: string,
  kinds: Readonly<Record<string, Kind>>,
  call: (queue: LaneQueue, options: never) => unknown,
  itself: Kind = options,
): Argument[] {
  return [
    { method, argument: 'options', kind: itself, call },
    ...Object.entries(kinds).map(([name, kind]) => ({
      method,
      argument: `options.${name}`,
      kind,
      call: (queue: LaneQueue, value: unknown) => call(queue, { [name]: value } as never),
    })),
  ];
}

const theLane = (method: string, kind: Kind, call: Argument['call']): Argument => ({
  method,
  argument: 'lane',
  kind,
  call,
});

const ARGUMENTS: readonly Argument[] = [
  ...bag('new LaneQueue', OF_THE_QUEUE, (_, value) => new LaneQueue(value)),
  theLane('enqueue', lane, (queue, value) => queue.enqueue(value, hang)),
  { method: 'enqueue', argument: 'body', kind: body, call: (queue, value) => queue.enqueue('lane', value) },
  ...bag('enqueue', OF_A_TASK, (queue, value) => queue.enqueue('lane', hang, value)),
  theLane('configureLane', lane, (queue, value) => queue.configureLane(value, { concurrency: 1 })),
  ...bag('configureLane', OF_A_LANE, (queue, value) => queue.configureLane('new', value), {
    right: [],
    wrongType: [...options.wrongType, undefined],
  }),
  theLane('pause', optionalLane, (queue, value) => queue.pause(value)),
  theLane('resume', optionalLane, (queue, value) => queue.resume(value)),
  theLane('reset', optionalLane, (queue, value) => queue.reset(value)),
  theLane('clear', optionalLane, (queue, value) => queue.clear(value)),
  theLane('counts', optionalLane, (queue, value) => queue.counts(value)),
  theLane('snapshot', optionalLane, (queue, value) => queue.snapshot(value)),
  ...bag('waitForActive', OF_A_WAIT, (queue, value) => queue.waitForActive(value)),
  ...bag('whenIdle', OF_A_WAIT, (queue, value) => queue.whenIdle(value)),
  ...bag('close', OF_A_CLOSE, (queue, value) => queue.close(value)),
];

/** A queue in which something runs, something waits, something is paused and somebody waits. */
function makeQueue(): { queue: LaneQueue; state: () => unknown } {
  const time = new VirtualClock();
  const events: QueueEvent[] = [];
  const queue = new LaneQueue({ clock: time, onEvent: (event) => events.push(event) });
  for (const name of ['lane', 'lane', 'paused']) {
    if (name === 'paused') queue.pause(name);
    queue.enqueue(name, hang).catch(ignore);
  }
  void queue.waitForActive();
  return { queue, state: () => [queue.snapshot(), queue.stats(), queue.lanes(), events.length, time.armed] };
}

function thrownBy(act: () => unknown): unknown {
  try {
    return ['nothing was thrown, but returned', act()];
  } catch (error) {
    return error;
  }
}

describe.each(ARGUMENTS)('$method, $argument', ({ argument, kind, call }) => {
  const shown = argument.replace('.', '\\.');

  it('It refuses what is wrong there and then, says what and what to pass, and nothing has changed.', async () => {
    const { queue, state } = makeQueue();
    const before = state();
    const refuses = (values: readonly unknown[], Kind: typeof TypeError): void => {
      for (const value of values) {
        const error = thrownBy(() => call(queue, value as never));
        expect(error).toBeInstanceOf(Kind);
        expect((error as Error).message).toMatch(new RegExp(`^${shown}: received \\S[^;]*; pass \\S.*\\.$`));
        expect((error as Error).message).toContain(`received ${inWords(value)};`);
        expect(state()).toEqual(before);
      }
    };
    refuses(kind.wrongType, TypeError);
    refuses(kind.wrongValue ?? [], RangeError);
    await expect(queue.enqueue('other', () => 'done')).resolves.toBe('done');
  });

  it('It takes what is right.', () => {
    for (const value of kind.right) {
      expect(() => void Promise.resolve(call(makeQueue().queue, value as never)).catch(ignore)).not.toThrow();
    }
  });
});

function inWords(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

it('A closed queue refuses what is wrong as an open one does, and not by a rejection.', () => {
  const queue = new LaneQueue();
  void queue.close();
  expect(() => queue.enqueue('lane', hang, { timeoutMs: 0 })).toThrow(RangeError);
});
