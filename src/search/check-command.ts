import { CALL_SITES, PRIORITIES, SIGNALS, SOURCES, type CallCommand, type CommandKind } from '../oracle/index.ts';

/** What may stand in a field: one of these values, or what a test lets through; what is wanted, in words. */
interface Field {
  readonly isOptional?: true;
  readonly wants: string;
  readonly fits: (value: unknown) => boolean;
}

type Fields = Readonly<Record<string, Field>>;

/**
 * A command from outside, where it may be anything.
 *
 * @throws TypeError if there is no such command: it names the place, what was received, and what must be there.
 */
export function checkCommand(given: unknown, place: string): void {
  const command = objectAt(given, place);
  const kind = command['do'];
  if (!isKind(kind)) throw wrong(`${place}.do`, kind, `one of ${Object.keys(KINDS).join(', ')}`);
  if (kind === 'advance' && 'byMs' in command) return checkFields(command, ADVANCE_BY, place);
  checkFields(command, KINDS[kind], place);
  if (kind === 'call from') checkCall(command['call'], `${place}.call`);
}

function checkCall(given: unknown, place: string): void {
  const kind = objectAt(given, place)['do'];
  if (!CALLS.some((one) => one === kind)) throw wrong(`${place}.do`, kind, `one of ${CALLS.join(', ')}`);
  checkCommand(given, place);
}

function checkFields(command: Readonly<Record<string, unknown>>, fields: Fields, place: string): void {
  for (const [name, { isOptional, fits, wants }] of Object.entries(fields)) {
    const value = command[name];
    if (value === undefined && isOptional === true) continue;
    if (!fits(value)) throw wrong(`${place}.${name}`, value, wants);
  }
  const unknown = Object.keys(command).find((name) => name !== 'do' && !(name in fields));
  if (unknown === undefined) return;
  const known = ['do', ...Object.keys(fields)].join(', ');
  throw new TypeError(`${place}.${unknown}: there is no such field; ${JSON.stringify(command['do'])} has ${known}.`);
}

function objectAt(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw wrong(place, value, 'a command, {"do": "enqueue", "lane": "main"} say');
}

function wrong(place: string, value: unknown, instead: string): TypeError {
  return new TypeError(`${place}: received ${JSON.stringify(value) ?? 'nothing'}; it must be ${instead}.`);
}

function oneOf(...values: readonly unknown[]): Field {
  const wants = values.map((value) => JSON.stringify(value)).join(' or ');
  return { wants, fits: (value) => values.includes(value) };
}

function maybe(field: Field): Field {
  return { ...field, isOptional: true };
}

const LANE: Field = { wants: 'the name of a lane', fits: (value) => typeof value === 'string' };
const MS: Field = {
  wants: 'a number of milliseconds, 0 or more',
  fits: (value) => typeof value === 'number' && value >= 0,
};
const ANY_MS: Field = { wants: 'a number of milliseconds', fits: (value) => typeof value === 'number' };
const SLOTS: Field = {
  wants: 'a whole number, 0 or more',
  fits: (value) => Number.isInteger(value) && Number(value) >= 0,
};
const OBJECT: Field = { wants: 'a call', fits: (value) => typeof value === 'object' && value !== null };
const WHICH = oneOf('oldest', 'newest');
const DEADLINE = oneOf('next', 'ceiling', 'warning');

const OF_LANE_OR_ALL: Fields = { lane: maybe(LANE) };
const OF_HOLD: Fields = { lane: LANE, hold: WHICH };
const WAIT: Fields = { lane: maybe(LANE), timeoutMs: maybe(MS), signal: maybe(oneOf(true, 'spent')) };
const ADVANCE_BY: Fields = { byMs: MS };

const CALL_KINDS: Readonly<Record<CallCommand['do'], Fields>> = {
  enqueue: {
    lane: LANE,
    priority: maybe(oneOf(...PRIORITIES)),
    source: maybe(oneOf(...SOURCES)),
    detach: maybe(oneOf(true)),
    timeoutMs: maybe(MS),
    signal: maybe(oneOf(...SIGNALS)),
    throws: maybe(oneOf(true)),
    notice: maybe(oneOf(true)),
  },
  reset: OF_LANE_OR_ALL,
  clear: OF_LANE_OR_ALL,
  pause: OF_LANE_OR_ALL,
  resume: OF_LANE_OR_ALL,
  abort: { signal: oneOf('one', 'other') },
  configure: { lane: LANE, concurrency: SLOTS },
  wait: WAIT,
  'wait for rest': WAIT,
  close: { deadlineMs: maybe(MS) },
};

const CALLS: readonly string[] = Object.keys(CALL_KINDS);

const KINDS: Readonly<Record<CommandKind, Fields>> = {
  ...CALL_KINDS,
  hang: OF_HOLD,
  progress: OF_HOLD,
  complete: OF_HOLD,
  fail: OF_HOLD,
  'settle late': { body: WHICH, how: oneOf('fulfilled', 'rejected') },
  'give up waiting': { waiter: WHICH },
  'call from': { site: oneOf(...CALL_SITES), lane: LANE, call: OBJECT },
  advance: { to: oneOf('before', 'at', 'after'), deadline: DEADLINE },
  oversleep: { deadline: DEADLINE, byMs: MS },
  'set the wall clock': { byMs: ANY_MS },
};

function isKind(kind: unknown): kind is CommandKind {
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind);
}
