import { promises, type Contract } from './contract.ts';
import { ceilingOf, type State } from './state.ts';
import { blockedReportDueAt } from './warnings.ts';

/** The times at which something must happen of itself. */
export interface Deadlines {
  /** A hold that somebody waits behind stalls. */
  readonly stall: number;
  /** A waiter's time is up. */
  readonly waiter: number;
  /** A blocked lane must be reported. */
  readonly warning: number;
  /** A hold will have been silent for a ceiling, whether or not anybody waits: not a deadline, but a time worth visiting. */
  readonly ceiling: number;
}

/** The next deadline of each kind, never before now; Infinity where there is none. */
export function deadlines(contract: Contract, state: State): Deadlines {
  const lanes = Object.values(state.lanes);
  const reclaims = promises(contract, 'no-permanent-saturation');
  const waiting = reclaims ? lanes.filter((lane) => lane.waitingSince !== undefined) : [];
  const earliest = (times: readonly number[]): number => Math.max(state.now, Math.min(...times));
  return {
    stall: earliest(waiting.flatMap((lane) => lane.holds.map((id) => ceilingOf(state, id)))),
    waiter: earliest([...state.waiters.values()].map((waiter) => waiter.until)),
    warning: promises(contract, 'never-silent') ? earliest(lanes.map((lane) => blockedReportDueAt(state, lane))) : Infinity,
    ceiling: earliest(lanes.flatMap((lane) => lane.holds.map((id) => ceilingOf(state, id)))),
  };
}
