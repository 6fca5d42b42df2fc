import type { Draft, DraftLane } from './draft.ts';
import { key, outcome } from './expectation.ts';
import { rests, type Hold, type Waiter } from './state.ts';

/** Adds a waiter, and answers him at once if the answer is known. */
export function beginToWait(draft: Draft, waiter: Waiter, isAborted = false): void {
  draft.waiters = [...draft.waiters, waiter];
  // Nothing to wait for is an answer even to someone who would not wait.
  if (isMet(draft, waiter)) answerWaiter(draft, waiter, 'met');
  else if (isAborted) answerWaiter(draft, waiter, 'aborted');
  else if (waiter.until <= draft.now) answerWaiter(draft, waiter, 'timeout');
}

function isMet(draft: Draft, { kind, lane, captured }: Waiter): boolean {
  return kind === 'left' ? captured.length === 0 : draft.these(lane).every(rests);
}

export function answerWaiter(draft: Draft, waiter: Waiter, how: 'met' | 'timeout' | 'aborted'): void {
  draft.waiters = draft.waiters.filter(({ id }) => id !== waiter.id);
  const answer = answerOf(draft, waiter, how);
  if (waiter.kind === 'close') draft.expect('close', key.closer(waiter.id), answer);
  else draft.expect('waiters', key.waiter(waiter.id), answer);
}

function answerOf(draft: Draft, { kind, takenBack, captured }: Waiter, how: 'met' | 'timeout' | 'aborted'): string {
  switch (kind) {
    case 'left':
      return outcome.left(how === 'met' ? 'left' : how, takenBack, captured.length);
    case 'idle':
      return how === 'met' ? 'idle' : how;
    case 'close': {
      const sum = (one: 'backlog' | 'holds'): number =>
        draft.lanes.reduce((total, lane) => total + lane[one].length, 0);
      const end = how === 'met' ? 'drained' : 'deadline';
      return outcome.closed(end, sum('backlog'), sum('holds'), draft.detached.length);
    }
  }
}

/** A hold has left: those who captured it count it, and the last one answers them. */
export function noteLeft(draft: Draft, hold: Hold, takenBack: boolean): void {
  for (const waiter of draft.waiters) {
    if (!waiter.captured.includes(hold.id)) continue;
    const captured = waiter.captured.filter((id) => id !== hold.id);
    const counted = { ...waiter, captured, takenBack: waiter.takenBack + (takenBack ? 1 : 0) };
    draft.waiters = draft.waiters.map((other) => (other === waiter ? counted : other));
    if (captured.length === 0) answerWaiter(draft, counted, 'met');
  }
}

export function answerThoseWhoWaitForRest(draft: Draft, lane: DraftLane): void {
  // Of one that has not been told yet that it waits no more somebody may still be told, and come back.
  const allRest = draft.lanes.every((one) => rests(one) && one.waitingSince === undefined);
  for (const waiter of draft.waiters) {
    const isAbout = waiter.lane === undefined ? allRest : waiter.lane === lane.name;
    if (waiter.kind !== 'left' && isAbout) answerWaiter(draft, waiter, 'met');
  }
}
