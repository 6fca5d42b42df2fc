import { defineContract, POOL, type Adapter, type Contract, type RuleName } from '../oracle/index.ts';
import { IncidentQueue, StalledError, type Defect } from './queue.ts';

/** A queue that is known to be bad. */
export interface BadQueue {
  readonly name: string;
  /** The promise that it breaks. */
  readonly rule: RuleName;
  /** What was wrong, in words. */
  readonly origin: string;
  readonly load: () => Promise<Adapter>;
}

/** What the queue of the incident promised. */
const contract: Contract = defineContract({
  promises: [...POOL, 'no-permanent-saturation', 'sibling-safe', 'late-inert', 'waiters', 'never-silent'],
  lanes: ['main', 'side'],
  scope: 'lane',
  waits: ['left'],
  callsInside: {},
});

function adapter(name: string, defect?: Defect): Adapter {
  return {
    name,
    contract,
    make({ clock, setup, warn }) {
      const queue = new IncidentQueue({ ...setup, clock, warn }, defect);
      return {
        enqueue: (lane, body) => queue.enqueue(lane, body),
        counts: (lane) => queue.counts(lane),
        waitForActive: ({ lane }) => queue.waitForActive(lane),
        ending: (error) => (error instanceof StalledError ? { kind: 'taken-back', reason: 'stalled' } : undefined),
      };
    },
  };
}

function bad(defect: Defect, rule: RuleName, origin: string): BadQueue {
  const name = `incident-${defect}`;
  return { name, rule, origin, load: () => Promise.resolve(adapter(name, defect)) };
}

/** The incident and the steps of its fix, each with the defect that it had. */
export const incident: readonly BadQueue[] = [
  bad('nothing-reclaimed', 'no-permanent-saturation', 'a task never settled, and its slot was held for ever'),
  bad('silence', 'never-silent', 'the lane stood still for hours, and not one line was logged'),
  bad('reclaim-only-on-dispatch', 'no-permanent-saturation', 'stalls were looked for when something else happened'),
  bad('generation-bump', 'sibling-safe', 'a reclaim made the completions of healthy siblings stale'),
  bad('waiters-not-woken', 'waiters', 'who waited for a hold was not told that it was taken back'),
  bad('slot-freed-twice', 'capacity', 'a failure freed its slot twice, and a lane of one ran two'),
];

/** The same queue once all of it was mended. */
export const mended: Omit<BadQueue, 'rule' | 'origin'> = {
  name: 'incident-mended',
  load: () => Promise.resolve(adapter('incident-mended')),
};

/** All queues of the incident, by name. */
export const incidentQueues: readonly Pick<BadQueue, 'name' | 'load'>[] = [...incident, mended];
