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
  /** A hold will have been silent for a ceiling, whether or not anybody waits: no deadline, but a time worth a visit. */
  readonly ceiling: number;
}

/** The next deadline of each kind, never before now; Infinity where there is none. */
export function deadlines(contract: Contract, state: State): Deadlines {
  const reclaims = promises(contract, 'no-permanent-saturation');
  const reports = promises(contract, 'never-silent');
  let [stall, waiter, warning, ceiling] = [Infinity, Infinity, Infinity, Infinity];
  for (const lane of state.lanes) {
    if (reports) warning = Math.min(warning, blockedReportDueAt(state, lane));
    for (const hold of lane.holds) {
      ceiling = Math.min(ceiling, ceilingOf(state, hold));
      if (reclaims && lane.waitingSince !== undefined) stall = Math.min(stall, ceilingOf(state, hold));
    }
  }
  for (const { until } of state.waiters) waiter = Math.min(waiter, until);
  const { now } = state;
  return {
    stall: Math.max(now, stall),
    waiter: Math.max(now, waiter),
    warning: Math.max(now, warning),
    ceiling: Math.max(now, ceiling),
  };
}
