import { promises, type Contract } from './contract.ts';
import { judgedAt } from './judging.ts';
import { ceilingOf, type State } from './state.ts';
import { blockedReportDueAt } from './warnings.ts';

/** The times at which something must happen of itself. */
export interface Deadlines {
  /** A hold is judged: for its own time, or because somebody stands behind it. */
  readonly judgement: number;
  /** A waiter's time is up. */
  readonly waiter: number;
  /** A caller must be told that he still waits. */
  readonly notice: number;
  /** A blocked lane must be reported. */
  readonly warning: number;
  /** A hold will have been silent for a ceiling, whether or not anybody waits: no deadline, but a time worth a visit. */
  readonly ceiling: number;
}

/** The next deadline of each kind, never before now; Infinity where there is none. */
export function deadlines(contract: Contract, state: State): Deadlines {
  const reports = promises(contract, 'never-silent');
  let judgement = Infinity;
  let waiter = Infinity;
  let notice = Infinity;
  let warning = Infinity;
  let ceiling = Infinity;
  for (const lane of state.lanes) {
    if (reports) warning = Math.min(warning, blockedReportDueAt(state, lane));
    for (const { noticeAt } of lane.backlog) notice = Math.min(notice, noticeAt);
    for (const hold of lane.holds) {
      const [own, stall] = judgedAt(contract, state, lane, hold);
      judgement = Math.min(judgement, own, stall);
      ceiling = Math.min(ceiling, ceilingOf(state, hold));
    }
  }
  for (const { until } of state.waiters) waiter = Math.min(waiter, until);
  const { now } = state;
  return {
    judgement: Math.max(now, judgement),
    waiter: Math.max(now, waiter),
    notice: Math.max(now, notice),
    warning: Math.max(now, warning),
    ceiling: Math.max(now, ceiling),
  };
}

/** The next time at which something must happen of itself. */
export function nextDeadline({ judgement, waiter, notice, warning }: Deadlines): number {
  return Math.min(judgement, waiter, notice, warning);
}
