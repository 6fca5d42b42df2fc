import { expect, it } from 'vitest';
import { referenceContract } from '../../src/adapters/reference.ts';
import { ceilingOf, step, type State } from '../../src/oracle/index.ts';
import { compareTwins, explore, propertiesOf, smallScope, type StepFunction } from '../../src/search/index.ts';

const scope = smallScope(referenceContract);
/** So many states hold what shows early. */
const SHORT = 200;

it('The model keeps its promises in every state that one lane and two tasks can come to.', () => {
  expect(explore(scope)).toEqual({ isComplete: true, states: 1_154, transitions: 14_580, depth: 12, failures: [] });
});

it('States with one mark have one future: nothing that is left out of it decides anything.', () => {
  const { compared, falseTwins } = compareTwins(scope, 20);
  expect(falseTwins).toEqual([]);
  expect(compared).toBe(441);
});

it('What is always true is seen to be false where it is not, by the shortest way there.', () => {
  expect(search(startsTooMany, SHORT)['nothing starts in a full lane']).toEqual(['enqueue', 'enqueue']);
  const found = search(forgetsWaiters, SHORT);
  expect(found['a waiter goes when what he waits for has left, or when his time is up']).toHaveLength(3);
  expect(found['what a waiter waits for is active']).toBe('holds');
  expect(search(neverReclaims, SHORT)['nothing is overdue']).toHaveLength(4);
});

it('What must come to be is missed where it does not, by the shortest way there and the time that it was given.', () => {
  expect(search(neverReclaims)['every task in a lane that is on starts']).toHaveLength(5);
});

it('A lane that goes round in circles for ever is found, though each of its states looks well.', () => {
  const { isComplete, failures } = explore(scope, { step: takesSilenceForLife });
  expect(isComplete).toBe(true);
  expect(failures.filter(({ kind }) => kind !== 'sometimes')).toEqual([
    { kind: 'eventually', property: 'every task in a lane that is on starts', path: expect.any(Array) },
  ]);
});

it('What was never come upon makes a search fail, and so does nothing else.', () => {
  const inTime = { ...scope, letters: scope.letters.filter((letter) => letter.do !== 'oversleep') };
  const { failures } = explore(inTime);
  expect(failures.map(({ kind, property }) => `${kind}: ${property}`)).toEqual([
    'sometimes: a hold is given grace',
    'sometimes: a hold reports while it has grace',
    'sometimes: grace was given in vain',
  ]);
});

it('A search that was given up says so, and says nothing of what may be beyond.', () => {
  const { isComplete, failures } = explore(scope, { step: neverReclaims, mostStates: 100 });
  expect(isComplete).toBe(false);
  expect(failures.filter(({ kind }) => kind === 'eventually')).toEqual([]);
});

/** Each property: `holds`, `never seen`, or what the commands on the way to its failure do. */
function search(broken: StepFunction, mostStates?: number): Readonly<Record<string, string | readonly string[]>> {
  const { always, sometimes, eventually } = propertiesOf(scope);
  const holds = Object.fromEntries(
    Object.keys({ ...always, ...sometimes, ...eventually }).map((name) => [name, 'holds']),
  );
  const { failures } = explore(scope, { step: broken, mostStates });
  const failed = failures.map(({ property, path }) => [property, path?.map((command) => command.do) ?? 'never seen']);
  return { ...holds, ...(Object.fromEntries(failed) as Record<string, string | string[]>) };
}

function widened(state: State, by: number): State {
  return { ...state, lanes: state.lanes.map((lane) => ({ ...lane, concurrency: lane.concurrency + by })) };
}

/** An enqueue finds a slot more than there is. */
const startsTooMany: StepFunction = (contract, before, event) => {
  if (event.type !== 'enqueue') return step(contract, before, event);
  const { state, expectations } = step(contract, widened(before, 1), event);
  return { state: widened(state, -1), expectations };
};

/** When anything is enqueued, those who wait are forgotten. */
const forgetsWaiters: StepFunction = (contract, before, event) => {
  const { state, expectations } = step(contract, before, event);
  return { state: event.type === 'enqueue' ? { ...state, waiters: [] } : state, expectations };
};

const neverReclaims: StepFunction = (contract, before, event) => {
  const promises = contract.promises.filter((rule) => rule !== 'no-permanent-saturation');
  return step({ ...contract, promises }, before, event);
};

/** Whoever has been silent for a ceiling while others wait is taken to have reported. */
const takesSilenceForLife: StepFunction = (contract, before, event) => {
  if (event.type !== 'tick') return step(contract, before, event);
  const lanes = before.lanes.map((lane) => ({
    ...lane,
    holds: lane.holds.map((hold) =>
      lane.waitingSince !== undefined && ceilingOf(before, hold) <= event.at ? { ...hold, lastSignAt: event.at } : hold,
    ),
  }));
  return step(contract, { ...before, lanes }, event);
};
