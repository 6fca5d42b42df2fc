import { checkContract, promises, usualSetup, type Contract, type Setup } from '../model/index.ts';
import type { Adapter, Subject } from './adapter.ts';
import { AdapterError, inWords } from './adapter-error.ts';
import { tryOut } from './try-out.ts';

/**
 * Looks for what is wrong with an adapter before a queue is blamed for it: its shape, its contract, a queue of it for each
 * value that a setup may take, the methods that its promises need, and one task that has the queue to itself.
 *
 * @throws AdapterError or TypeError that names what is wrong, what was received, and what to do.
 */
export async function checkAdapter(given: unknown): Promise<void> {
  const adapter = checkShape(given);
  checkContract(adapter.contract);
  for (const setup of setupsOf(adapter.contract)) {
    await tryOut(adapter, setup, (subject) => checkMethods(adapter, subject));
  }
}

/** @throws AdapterError if this is no adapter. */
export function checkShape(given: unknown): Adapter {
  const adapter = given as Partial<Adapter> | null | undefined;
  if (typeof adapter !== 'object' || adapter === null || typeof adapter.make !== 'function') {
    throw new AdapterError(`queue: received ${inWords(given)}; pass an adapter: { name, contract, make }.`);
  }
  const { name, contract, time = 'port' } = adapter;
  if (typeof name !== 'string' || name === '') {
    throw new AdapterError(`name: received ${inWords(name)}; say how reports are to call the queue.`);
  }
  if (typeof contract !== 'object' || contract === null || typeof contract.setups !== 'object') {
    throw new AdapterError(
      `${name}: contract: received ${inWords(contract)}; pass defineContract({ promises: [...POOL] }).`,
    );
  }
  if (time !== 'port' && time !== 'globals') {
    throw new AdapterError(`${name}: time: received ${inWords(time)}; pass "port" or "globals", or leave it out.`);
  }
  return adapter as Adapter;
}

/** The usual setup, then it with each other value of one parameter. */
function setupsOf(contract: Contract): readonly Setup[] {
  const usual = usualSetup(contract);
  const others = (Object.entries(contract.setups) as [string, readonly unknown[]][]).flatMap(([parameter, values]) =>
    [...new Set(values)].slice(1).map((value) => ({ ...usual, [parameter]: value })),
  );
  return [usual, ...others];
}

type Need = readonly [methods: readonly (keyof Subject)[], because: string, isNeeded: (contract: Contract) => boolean];

/** What is promised cannot be seen, or not even be asked for, without these; one of those that stand together. */
const NEEDS: readonly Need[] = [
  [['counts', 'total'], 'it promises conservation', (contract) => promises(contract, 'conservation')],
  [['reset'], 'it promises reset', (contract) => promises(contract, 'reset')],
  [['clear'], 'it promises clear', (contract) => promises(contract, 'clear')],
  [['pause'], 'it promises pause', (contract) => promises(contract, 'pause')],
  [['resume'], 'it promises pause', (contract) => promises(contract, 'pause')],
  [['close'], 'it promises close', (contract) => promises(contract, 'close')],
  [['whenIdle'], 'it promises waiters, and waits has "idle"', (contract) => waitsFor(contract, 'idle')],
  [['waitForActive'], 'it promises waiters, and waits has "left"', (contract) => waitsFor(contract, 'left')],
  [['configure'], 'liveConcurrency is not empty', ({ liveConcurrency }) => liveConcurrency.length > 0],
  [['reclaimsHeldBack'], 'it promises warnings-bounded', (contract) => promises(contract, 'warnings-bounded')],
  [['ending'], 'it promises caller-outcome', (contract) => promises(contract, 'caller-outcome')],
  [['ending'], 'it promises close', (contract) => promises(contract, 'close')],
  [
    ['ending'],
    'it promises clear, and clearedCaller is "told"',
    (contract) => promises(contract, 'clear') && contract.clearedCaller === 'told',
  ],
];

function waitsFor(contract: Contract, what: 'left' | 'idle'): boolean {
  return promises(contract, 'waiters') && contract.waits.includes(what);
}

function checkMethods({ name, contract }: Adapter, subject: Subject): void {
  const missing = NEEDS.find(
    ([methods, , isNeeded]) => isNeeded(contract) && !methods.some((method) => typeof subject[method] === 'function'),
  );
  if (missing === undefined) return;
  const [methods, because] = missing;
  throw new AdapterError(
    `${name}: make returned ${inWords(subject)}; it needs ${methods.join(' or ')} as well, since ${because}.`,
  );
}
