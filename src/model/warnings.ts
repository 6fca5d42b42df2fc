import { promises, type Contract } from './contract.ts';
import { ABSENT, key, PRESENT, warningText, type Expectation } from './expectation.ts';
import { ceilingOf, laneOf, type Lane, type State } from './state.ts';
import type { Step } from './step.ts';

const MINUTE_MS = 60_000;

/** A warning, as it was seen. */
export interface Heard {
  readonly kind: string;
  readonly lane: string;
  /** How many reclaims it says were held back since the warning before; undefined if it does not say. */
  readonly reclaimsHeldBack?: number | undefined;
}

/**
 * What must be true of the warnings heard in one step. More than one answer can be right (which of two lanes gets the
 * last place in the minute), so this looks at the answer that was given and goes on from it.
 */
export function hear(contract: Contract, before: State, heard: readonly Heard[]): Step {
  const expectations: Expectation[] = [];
  let state = forgetOld(before);
  const due = dueWarnings(contract, state);
  if (heard.length === 0 && due.length === 0) return { state, expectations };
  const nth = new Map<string, number>();
  for (const { kind, lane, reclaimsHeldBack } of heard) {
    const count = (nth.get(stamp(kind, lane)) ?? 0) + 1;
    nth.set(stamp(kind, lane), count);
    const name = key.warning(kind, lane, count);
    if (!mayWarn(state, kind, lane)) expectations.push({ rule: 'warnings-bounded', key: name, value: ABSENT });
    const value = isLenient(state, kind) ? PRESENT : claim(state, kind, lane);
    expectations.push({ rule: 'never-silent', key: name, value: value ?? ABSENT });
    state = noteWarning(state, kind, lane, reclaimsHeldBack);
  }
  for (const { kind, lane } of due) {
    const count = nth.get(stamp(kind, lane)) ?? 0;
    nth.set(stamp(kind, lane), count - 1);
    if (count > 0) continue;
    if (mayWarn(state, kind, lane)) {
      expectations.push({ rule: 'never-silent', key: key.warning(kind, lane, 1), value: claim(state, kind, lane)! });
    } else {
      expectations.push({ rule: 'warnings-bounded', key: key.warning(kind, lane, 2), value: ABSENT });
      if (kind === 'blocked') expectNotBefore(before, heard, lane, expectations);
      state = noteHeldBack(state, kind, lane);
    }
  }
  expectToldOf(before, heard, state, expectations);
  return { state, expectations };
}

/** Where the minute has not room for all, a lane that was reported while it waited gives way to one whose last report is older. */
function expectNotBefore(before: State, heard: readonly Heard[], lane: string, expectations: Expectation[]): void {
  const last = (name: string): number => before.told.last[stamp('blocked', name)] ?? -Infinity;
  for (const { kind, lane: other } of heard) {
    if (kind !== 'blocked' || last(other) <= last(lane)) continue;
    const { waitingSince = Infinity } = laneOf(before, other) ?? {};
    if (last(other) < waitingSince) continue;
    expectations.push({ rule: 'never-silent', key: key.warning(kind, other, 1), value: ABSENT });
  }
}

/** Whoever hears a warning has been told of all that was held back before, and of nothing that was not. */
function expectToldOf(before: State, heard: readonly Heard[], { told }: State, expectations: Expectation[]): void {
  if (heard.every(({ reclaimsHeldBack }) => reclaimsHeldBack === undefined)) return;
  const value = Math.min(Math.max(told.reclaimsToldOf, before.told.reclaimsHeldBack), told.reclaimsHeldBack);
  expectations.push({ rule: 'warnings-bounded', key: key.reclaimsToldOf, value });
}

/** When a lane that waits will have to be reported as blocked. */
export function blockedReportDueAt(state: State, lane: Lane): number {
  if (lane.waitingSince === undefined) return Infinity;
  const { blockedAfterMs, warnEveryMs } = state.setup;
  return Math.max(
    blockedAt(lane, blockedAfterMs),
    after(state.told.last[stamp('blocked', lane.name)], warnEveryMs),
    lane.heldBackAt === undefined ? -Infinity : roomAt(state),
  );
}

/** When the minute has room for one more warning. */
function roomAt({ told: { recent }, setup: { maxWarningsPerMinute } }: State): number {
  return after(recent.at(-maxWarningsPerMinute), MINUTE_MS);
}

/** When a lane that waits has waited with nothing starting or leaving in it for long enough to be called blocked. */
function blockedAt(lane: Lane, blockedAfterMs: number): number {
  return Math.max(lane.movedAt, lane.waitingSince ?? Infinity) + blockedAfterMs;
}

/**
 * Where the queue was called from inside, a lane may have been blocked when that was said and not be so any more, or the
 * other way round: what is said of it then is only held against the bounds.
 */
function isLenient({ reentered }: State, kind: string): boolean {
  return reentered && kind === 'blocked';
}

function dueWarnings(contract: Contract, state: State): { kind: string; lane: string }[] {
  if (!promises(contract, 'never-silent')) return [];
  const due = state.reclaimed.map((lane) => ({ kind: 'reclaimed', lane }));
  if (state.threw.length > 0 && promises(contract, 'callback-safe')) {
    for (const lane of new Set(state.threw)) due.push({ kind: 'fault', lane });
  }
  if (isLenient(state, 'blocked')) return due;
  for (const lane of state.lanes) {
    if (blockedReportDueAt(state, lane) <= state.now) due.push({ kind: 'blocked', lane: lane.name });
  }
  return due;
}

/** What a truthful warning of this kind says now; undefined if there is nothing to warn of. */
function claim(state: State, kind: string, lane: string): string | undefined {
  if (kind === 'fault' && state.setup.listeners !== 'return') return warningText.fault;
  const record = laneOf(state, lane);
  if (record === undefined) return undefined;
  switch (kind) {
    case 'blocked': {
      if (blockedAt(record, state.setup.blockedAfterMs) > state.now) return undefined;
      const oldest = Math.min(...record.holds.map((hold) => hold.startedAt));
      return warningText.blocked(
        record.holds.length,
        record.concurrency,
        record.backlog.length,
        state.now - oldest,
        record.holds.filter((hold) => ceilingOf(state, hold) <= state.now).length,
      );
    }
    case 'reclaimed':
      return state.reclaimed.includes(lane) ? warningText.reclaimed : undefined;
    case 'fault': {
      const known = [...record.holds, ...state.detached.filter((late) => late.lane === lane)];
      return state.threw.includes(lane) || known.some(({ task }) => task.source === 'throws')
        ? warningText.fault
        : undefined;
    }
    default:
      return undefined;
  }
}

function mayWarn(state: State, kind: string, lane: string): boolean {
  const notBefore = after(state.told.last[stamp(kind, lane)], state.setup.warnEveryMs);
  return notBefore <= state.now && state.told.recent.length < state.setup.maxWarningsPerMinute;
}

function noteWarning(state: State, kind: string, lane: string, reclaimsHeldBack = 0): State {
  const last = { ...state.told.last, [stamp(kind, lane)]: state.now };
  const reclaimsToldOf = state.told.reclaimsToldOf + reclaimsHeldBack;
  return { ...state, told: { ...state.told, last, recent: [...state.told.recent, state.now], reclaimsToldOf } };
}

function noteHeldBack(state: State, kind: string, lane: string): State {
  if (kind === 'reclaimed') {
    return { ...state, told: { ...state.told, reclaimsHeldBack: state.told.reclaimsHeldBack + 1 } };
  }
  if (kind !== 'blocked') return state;
  const heldBackAt = state.now;
  return { ...state, lanes: state.lanes.map((one) => (one.name === lane ? { ...one, heldBackAt } : one)) };
}

/** A stretch after a time; what never was does not keep anybody waiting, even where the stretch is endless. */
function after(time: number | undefined, stretchMs: number): number {
  return time === undefined ? -Infinity : time + stretchMs;
}

function forgetOld(state: State): State {
  if (state.told.recent.every((at) => at + MINUTE_MS > state.now)) return state;
  const recent = state.told.recent.filter((at) => at + MINUTE_MS > state.now);
  return { ...state, told: { ...state.told, recent } };
}

function stamp(kind: string, lane: string): string {
  return key.warning(kind, lane, 1);
}
