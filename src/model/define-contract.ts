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
  abortWhileActive: 'keeps-slot',
  raisedConcurrency: 'starts-at-once',
  pausedTimeouts: 'wait',
  takenBackCaller: 'told-reason',
  waits: ['idle'],
  waitsEnd: false,
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
 * @throws TypeError if a promise needs a parameter that is missing: a `timeout` without `timeoutsMs`, say.
 */
export function defineContract(input: ContractInput): Contract {
  const contract: Contract = { ...DEFAULTS, ...input, setups: { ...DEFAULTS.setups, ...input.setups } };
  const needs: readonly [RuleName, keyof Contract, string][] = [
    ['timeout', 'timeoutsMs', 'the times that a task may be given, [4_000] say'],
    ['waiters', 'waits', "what can be waited for, ['idle'] say"],
  ];
  for (const [rule, name, what] of needs) {
    if (contract.promises.includes(rule) && (contract[name] as readonly unknown[]).length === 0)
      throw new TypeError(`${name}: received none, and ${rule} is promised; pass ${what}.`);
  }
  if (contract.lanes.length === 0) throw new TypeError("lanes: received none; pass at least one name, ['main'] say.");
  return contract;
}
