import { holdOf, type Hold } from '../../oracle/index.ts';
import { duration } from '../duration.ts';
import { idsOf, listed, type Turn } from './turn.ts';

/** Since when those have been silent that held slots before the step, and whether somebody waits behind them. */
export function silences({ before, after, setup }: Turn): string[] {
  const ceilingMs = setup.stallCeilingMs;
  return before.lanes.flatMap(({ name, holds, backlog, waitingSince }) => {
    if (holds.length === 0) return [];
    const signs = holds.map((hold) => `${hold.id} showed its last sign of life at ${duration(hold.lastSignAt)}`);
    const ages = holds.map((hold) => judged(hold, after.now, ceilingMs));
    const have = backlog.length === 1 ? 'has' : 'have';
    const behind =
      waitingSince === undefined
        ? []
        : [`${listed(idsOf(backlog))} ${have} waited in ${name} since ${duration(waitingSince)}.`];
    return [
      `${signs.join(', ')}; it is ${duration(after.now)}, and the ceiling is ${duration(ceilingMs)}: ${ages.join(', ')}.`,
      ...behind,
    ];
  });
}

function judged({ id, lastSignAt, graceUntil }: Hold, now: number, ceilingMs: number): string {
  if (now < lastSignAt + ceilingMs) return `${id} is not stalled`;
  return now < graceUntil
    ? `${id} would be stalled, but the clock was late, and it has grace until ${duration(graceUntil)}`
    : `${id} is stalled`;
}

/** Whose own time has passed, and whose has not. */
export function timeouts({ before, after }: Turn): string[] {
  return before.lanes.flatMap(({ holds }) =>
    holds.map(({ id, lastSignAt, task: { timeoutMs } }) => {
      if (timeoutMs === Infinity) return `${id} has no timeout.`;
      const limit = `${id} may be silent for ${duration(timeoutMs)} and showed its last sign of life at ${duration(lastSignAt)}`;
      const graceUntil = holdOf(after, id)?.graceUntil ?? 0;
      const isOver = after.now >= Math.max(lastSignAt + timeoutMs, graceUntil);
      const grace =
        graceUntil > after.now ? `, for the clock was late, and it has grace until ${duration(graceUntil)}` : '';
      return `${limit}; it is ${duration(after.now)}: ${isOver ? 'its time is over' : `its time is not over${grace}`}.`;
    }),
  );
}

/** A late clock gives grace to whoever would be judged; what the wall clock says has no part in it. */
export function lateness(turn: Turn): string[] {
  const isTimed = turn.before.lanes.some(({ holds }) => holds.some(({ task }) => task.timeoutMs < Infinity));
  return isTimed ? timeouts(turn) : silences(turn);
}
