import {
  ABSENT,
  deadlines,
  hear,
  key,
  nextDeadline,
  type Command,
  type Contract,
  type Event,
  type Expectation,
  type Heard,
  type State,
  type Step,
} from '../../oracle/index.ts';
import { nameOf } from '../../oracle/names.ts';
import { resolve } from '../../oracle/resolve.ts';
import { isWithin, type Scope } from './scope.ts';

/** From one state to another by one event: what a command comes to, what was demanded on the way, and where that leads. */
export interface Move {
  readonly before: State;
  readonly command: Command;
  readonly event: Event;
  readonly after: State;
  readonly expectations: readonly Expectation[];
}

/** The model, or something in its place. */
export type StepFunction = (contract: Contract, before: State, event: Event) => Step;

/** Everything that can happen in a state, one event at a time. */
export function* moves(scope: Scope, step: StepFunction, before: State): Generator<Move> {
  for (const command of scope.letters) {
    if (!isWithin(scope, before, command)) continue;
    const event = eventOf(scope.contract, before, command);
    if (event === undefined) continue;
    const main = step(scope.contract, before, event);
    for (const heard of hearings(scope.contract, main.state, [])) {
      const expectations = [...main.expectations, ...heard.expectations];
      yield { before, command, event, after: heard.state, expectations };
    }
  }
}

/**
 * What a command comes to. Time that would pass a deadline is left out: to come to that deadline is a move of its own, and
 * whatever can happen after it is a move from there. So each move is one event, and as commands in a row they do the same
 * to a queue.
 */
function eventOf(contract: Contract, state: State, command: Command): Event | undefined {
  const resolved = resolve(contract, state, command, { task: () => unused(state), waiter: () => unusedWaiter(state) });
  switch (resolved?.type) {
    case 'oversleep':
      return { type: 'tick', at: resolved.to };
    case 'advance': {
      const isPastDeadline = resolved.to > nextDeadline(deadlines(contract, state));
      return isPastDeadline ? undefined : { type: 'tick', at: resolved.to };
    }
    default:
      return resolved;
  }
}

/** The first name that nothing has: a task that is over leaves nothing behind by which it could be mistaken for another. */
function unused({ lanes, detached }: State): string {
  for (let index = 0; ; index += 1) {
    const name = nameOf(index);
    const isTaken = lanes.some(({ backlog, holds }) => has(backlog, name) || has(holds, name));
    if (!isTaken && !has(detached, name)) return name;
  }
}

function unusedWaiter({ waiters }: State): string {
  for (let index = 1; ; index += 1) if (!has(waiters, `w${index}`)) return `w${index}`;
}

function has(items: readonly { readonly id: string }[], name: string): boolean {
  return items.some(({ id }) => id === name);
}

const KINDS = ['reclaimed', 'blocked'] as const;

/**
 * Every right way of warning. What must be said is said, as far as the bounds allow it; where they do not allow it all,
 * each choice is one way.
 */
export function* hearings(contract: Contract, state: State, heard: readonly Heard[]): Generator<Step> {
  const silent = hear(contract, state, heard);
  const missing = demanded(state, silent, heard);
  if (missing.length === 0) return yield silent;
  const all = [...heard, ...missing];
  const outspoken = hear(contract, state, all);
  if (!isTooMuch(outspoken, all)) return yield outspoken;
  for (const one of missing) yield* hearings(contract, state, [...heard, one]);
}

function demanded(state: State, { expectations }: Step, heard: readonly Heard[]): Heard[] {
  if (expectations.length === 0) return [];
  const every = KINDS.flatMap((kind) => state.lanes.map(({ name: lane }) => ({ kind, lane })));
  return every.filter(
    ({ kind, lane }) =>
      !heard.some((one) => one.kind === kind && one.lane === lane) &&
      expectations.some((one) => one.key === key.warning(kind, lane, 1) && one.value !== ABSENT),
  );
}

function isTooMuch({ expectations }: Step, heard: readonly Heard[]): boolean {
  const keys = heard.map(({ kind, lane }) => key.warning(kind, lane, 1));
  return expectations.some(({ key: name, value }) => value === ABSENT && keys.includes(name));
}
