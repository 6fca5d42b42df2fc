/**
 * The model alone, without a queue: every state that it can come to within a scope, and what must be true of all of them
 * (`src/search/model-search`). Prints how many states and transitions there are, and every property that does not hold, with
 * one of the shortest ways there. Exits with 1 if there is one, if the counts are not those below, which are exact, or if two
 * states that are taken for the same have different futures.
 */
import { referenceContract } from '../src/adapters/reference.ts';
import { expectShortLives } from '../src/cli/short-lived.ts';
import { grouped } from '../src/report/duration.ts';
import {
  compareTwins,
  explore,
  fineScope,
  fullScope,
  propertiesOf,
  type Failure,
  type Scope,
} from '../src/search/index.ts';

interface Pinned {
  readonly name: string;
  readonly scope: Scope;
  readonly states: number;
  readonly transitions: number;
}

/** Whoever changes the model, or a scope, sees here whether that is what was meant. */
const PINNED: readonly Pinned[] = [
  { name: 'full: 2 lanes, 4 tasks', scope: fullScope(referenceContract), states: 69_846, transitions: 1_099_051 },
  {
    name: 'fine: 1 lane, 3 tasks, half minutes',
    scope: fineScope(referenceContract),
    states: 46_306,
    transitions: 604_471,
  },
];

function isAsPinned({ name, scope, states, transitions }: Pinned): boolean {
  const start = performance.now();
  const found = explore(scope);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  const { always, sometimes, eventually } = propertiesOf(scope);
  console.log(name);
  console.log(
    `  ${grouped(found.states)} states, ${grouped(found.transitions)} transitions, depth ${found.depth}, ${seconds} s`,
  );
  console.log(`  properties: ${size(always)} always, ${size(sometimes)} sometimes, ${size(eventually)} eventually`);
  for (const failure of found.failures) console.log(told(failure));
  if (!found.isComplete) console.log('  Given up: there is more to visit.');
  const isExact = found.states === states && found.transitions === transitions;
  if (!isExact) console.log(`  Expected ${grouped(states)} states and ${grouped(transitions)} transitions.`);
  return found.isComplete && found.failures.length === 0 && isExact;
}

function size(properties: object): number {
  return Object.keys(properties).length;
}

function told({ kind, property, path }: Failure): string {
  if (path === undefined) return `  ${kind}, but never seen: ${property}`;
  return [
    `  not ${kind}: ${property}, after ${path.length} commands`,
    ...path.map((one) => `    ${JSON.stringify(one)}`),
  ].join('\n');
}

/** Every `nth` state that is met again is compared with the first that it is taken for. */
function areTwinsTrue(name: string, scope: Scope, nth: number): boolean {
  const { compared, falseTwins } = compareTwins(scope, nth);
  console.log(
    `taken for the same (${name}): ${grouped(compared)} compared, ${falseTwins.length} with a future of their own`,
  );
  for (const { one, other } of falseTwins.slice(0, 1)) console.log(JSON.stringify(one), JSON.stringify(other));
  return compared > 0 && falseTwins.length === 0;
}

expectShortLives();
const results = [
  ...PINNED.map(isAsPinned),
  areTwinsTrue('full, 2 tasks', { ...fullScope(referenceContract), mostTasks: 2 }, 5),
  areTwinsTrue('fine', fineScope(referenceContract), 40),
];
process.exitCode = results.every(Boolean) ? 0 : 1;
