import { expect, it } from 'vitest';
import { referenceContract } from '../../src/adapters/reference.ts';
import { ceilingOf, initialState, step, type State } from '../../src/oracle/index.ts';
import { explore, mark, moves, propertiesOf, smallScope, type StepFunction } from '../../src/search/index.ts';

const scope = smallScope(referenceContract);
/** Enough for a defect to show in. */
const smaller = { ...scope, mostTasks: 2 };

it('The model keeps its promises in every state that one lane and three tasks can come to.', () => {
  expect(explore(scope)).toEqual({ isComplete: true, states: 3_996, transitions: 52_792, depth: 16, failures: [] });
});

it('Two states with one mark have the same future: nothing that is left out of it decides anything.', () => {
  const known = new Map<string, { readonly state: State; readonly future: string }>();
  const queue = [initialState(smaller.contract, smaller.setup)];
  let compared = 0;
  for (const state of queue) {
    for (const { after } of moves(smaller, step, state)) {
      const name = mark(after);
      const twin = known.get(name);
      if (twin === undefined) {
        known.set(name, { state: after, future: futureOf(after) });
        queue.push(after);
      } else if (JSON.stringify(twin.state) !== JSON.stringify(after)) {
        compared += 1;
        // One in a few: all of them, in a larger scope, are compared by `npm run model`.
        if (compared % 5 === 0) expect(futureOf(after)).toBe(twin.future);
      }
    }
  }
  expect(compared).toBeGreaterThan(5_000);
});

it('What is always true is seen to be false where it is not, by the shortest way there.', () => {
  expect(search(startsTooMany)['nothing starts in a full lane']).toEqual(['enqueue', 'enqueue']);
  const found = search(forgetsWaiters);
  expect(found['a waiter goes when what he waits for has left, or when his time is up']).toHaveLength(3);
  expect(found['what a waiter waits for is active']).toBe('holds');
  expect(search(neverReclaims)['nothing is overdue']).toHaveLength(4);
});

it('What must come to be is missed where it does not, by the shortest way there and the time that it was given.', () => {
  expect(search(neverReclaims)['every task in a lane that is on starts']).toHaveLength(5);
});

it('A lane that goes round in circles for ever is found, though each of its states looks well.', () => {
  const { failures } = explore(smaller, { step: takesSilenceForLife });
  const task = 'every task in a lane that is on starts';
  expect(failures.filter(({ kind }) => kind !== 'sometimes').map(({ property }) => property)).toContain(task);
});

it('What was never come upon makes a search fail, and so does nothing else.', () => {
  const inTime = { ...smaller, letters: scope.letters.filter((letter) => letter.do !== 'oversleep') };
  const { failures } = explore(inTime);
  expect(failures.map(({ kind, property }) => `${kind}: ${property}`)).toEqual([
    'sometimes: a sibling that was spared completes, and the next one starts',
    'sometimes: a hold is given grace',
    'sometimes: a hold reports while it has grace',
    'sometimes: grace was given in vain',
  ]);
});

it('A search that was given up says so, and says nothing of what may be beyond.', () => {
  const { isComplete, failures } = explore(smaller, { step: neverReclaims, mostStates: 100 });
  expect(isComplete).toBe(false);
  expect(failures.filter(({ kind }) => kind === 'eventually')).toEqual([]);
});

/** Each property: `holds`, `never seen`, or what the commands on the way to its failure do. */
function search(broken: StepFunction): Readonly<Record<string, string | readonly string[]>> {
  const { always, sometimes, eventually } = propertiesOf(smaller);
  const holds = Object.fromEntries(
    Object.keys({ ...always, ...sometimes, ...eventually }).map((name) => [name, 'holds']),
  );
  const { failures } = explore(smaller, { step: broken, mostStates: MOST_STATES });
  const failed = failures.map(({ property, path }) => [property, path?.map((command) => command.do) ?? 'never seen']);
  return { ...holds, ...(Object.fromEntries(failed) as Record<string, string | string[]>) };
}

/** A defect may make endlessly many states out of few. */
const MOST_STATES = 3_000;

function futureOf(state: State): string {
  const future = [...moves(smaller, step, state)].map(({ command, after }) => [
    command,
    after.now - state.now,
    mark(after),
  ]);
  return JSON.stringify(future);
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

/** Whoever has been silent for a ceiling is taken to have reported. */
const takesSilenceForLife: StepFunction = (contract, before, event) => {
  if (event.type !== 'tick') return step(contract, before, event);
  const lanes = before.lanes.map((lane) => ({
    ...lane,
    holds: lane.holds.map((hold) => (ceilingOf(before, hold) <= event.at ? { ...hold, lastSignAt: event.at } : hold)),
  }));
  return step(contract, { ...before, lanes }, event);
};
