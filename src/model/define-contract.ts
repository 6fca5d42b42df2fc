import { checkContract, checkNames } from './check-contract.ts';
import type { Contract, Setup } from './contract.ts';
import type { RuleName } from './rules.ts';

/** A contract as an author writes it: what his queue promises, and where it is not as most are. */
export type ContractInput = Pick<Contract, 'promises'> &
  Partial<Omit<Contract, 'promises' | 'setups'>> & {
    readonly setups?: { readonly [Parameter in keyof Setup]?: readonly Setup[Parameter][] };
  };

/** What any pool of slots with one line of tasks promises, whatever else it can do. */
export const POOL: readonly RuleName[] = [
  'capacity',
  'work-conserving',
  'order',
  'exactly-once',
  'conservation',
  'no-stray-errors',
];

const DEFAULTS: Omit<Contract, 'promises'> = {
  lanes: ['main'],
  priorities: ['normal'],
  liveConcurrency: [],
  sources: [],
  detach: false,
  timeoutsMs: [],
  noticeAfterMs: undefined,
  callSites: [],
  callsInside: { body: ['enqueue'], caller: ['enqueue'] },
  scope: 'queue',
  clearedCaller: 'told',
  clearedWaiters: 'wait-on',
  abortWhileActive: 'keeps-slot',
  raisedConcurrency: 'starts-at-once',
  thrownByBody: 'told',
  pausedTimeouts: 'wait',
  takenBackCaller: 'told-reason',
  waits: ['idle'],
  waitsEnd: false,
  oddPromises: false,
  turns: 4,
  setups: {
    concurrency: [1, 2, 3],
    stallCeilingMs: [600_000],
    blockedAfterMs: [30_000],
    warnEveryMs: [30_000],
    maxWarningsPerMinute: [60],
    lateMs: [1_000],
    graceMs: [5_000],
    listeners: ['return'],
  },
};

/**
 * A whole contract from what differs: one line of tasks, its slots fixed when it is made, called back from bodies and
 * callers, and everything else as in most queues. What is not in `promises` is not checked.
 *
 * @throws TypeError if something has a name or a value that there is not, or if a promise needs something that is missing:
 * a `timeout` without `timeoutsMs`, say. It names what, the value received, and what to put there.
 */
export function defineContract(input: ContractInput): Contract {
  checkNames('contract', Object.keys(input), ['promises', ...Object.keys(DEFAULTS)]);
  checkNames('setups', Object.keys(input.setups ?? {}), Object.keys(DEFAULTS.setups));
  const contract: Contract = { ...DEFAULTS, ...input, setups: { ...DEFAULTS.setups, ...input.setups } };
  checkContract(contract);
  return contract;
}
