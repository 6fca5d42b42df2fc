import { key } from '../../oracle/index.ts';
import { duration } from '../duration.ts';
import { dispatches } from './starts.ts';
import { silences } from './silence.ts';
import { idsOf, listed, takenBack, without, type Turn } from './turn.ts';

/** How a task has settled, or that it has not. */
export function settlements(turn: Turn): string[] {
  const { event } = turn.step;
  if (event.type !== 'settle') return ['Nobody has settled in this step: no caller may be answered for that.'];
  const how = event.how === 'fulfilled' ? 'fulfils with a value' : 'rejects with an error';
  return [`The body of ${event.task} ${how}: its caller must be given that very one, once.`];
}

/** Who has come to an end in his slot. */
export function completions({ before, step: { event } }: Turn): string[] {
  if (event.type !== 'settle' || before.detached.some(({ id }) => id === event.task)) return [];
  return [`The body of ${event.task} comes to its end in its slot: that counts, and the slot is free.`];
}

/** Who has lost a slot, after how long, and what he must hear. */
export function losses(turn: Turn): string[] {
  const { after } = turn;
  return takenBack(turn).map(({ id, lane, startedAt, lastSignAt, task: { detach } }) => {
    const ages = `held for ${duration(after.now - startedAt)} and silent for ${duration(after.now - lastSignAt)}`;
    const caller = detach
      ? 'its caller, as it was asked for, stays with the body'
      : 'its caller must be told why, at once';
    return `The slot of ${id} in ${lane} is taken back at ${duration(after.now)}, ${ages}: its body must be told to stop, and ${caller}.`;
  });
}

/** What clearing takes, and what it leaves. */
export function clearings({ before, after }: Turn): string[] {
  return before.lanes.flatMap(({ name, backlog, holds }) => {
    const now = after.lanes.find((one) => one.name === name);
    const gone = without(backlog, now?.backlog ?? []);
    return [
      ...(gone.length > 0
        ? [`${listed(idsOf(gone))} leaves the backlog of ${name}, and its caller must be told.`]
        : []),
      ...(holds.length > 0 ? [`${listed(idsOf(holds))} holds a slot in ${name} and is not touched.`] : []),
    ];
  });
}

/** Whose signal it is, and where he is. */
export function signals({ before, after, step: { event } }: Turn): string[] {
  const aborted = event.type === 'abort' ? event.signal : undefined;
  const called = before.planted.flatMap(({ call }) => (call.type === 'abort' ? [call.signal] : []));
  const names = aborted === undefined ? called : [aborted];
  return names.flatMap((signal) => {
    const queued = before.lanes.flatMap(({ backlog }) => backlog.filter((task) => task.signal === signal));
    const running = after.lanes.flatMap(({ holds }) => holds.filter(({ task }) => task.signal === signal));
    return [
      ...(queued.length > 0
        ? [
            `Signal ${signal} is that of ${listed(idsOf(queued))}, which is queued: it is dropped, and its caller rejects with the reason of the signal.`,
          ]
        : []),
      ...(running.length > 0
        ? [
            `Signal ${signal} is that of ${listed(idsOf(running))}, which runs: its body sees it abort, and its slot and its caller stay as they are.`,
          ]
        : []),
    ];
  });
}

/** Who waits for what, and whether that has come. */
export function waits(turn: Turn): string[] {
  const { before, after, step, setup } = turn;
  const { event } = step;
  const known = before.waiters.map(({ id, kind, lane, captured, until }) => {
    const limit = until < Infinity ? `, until ${duration(until)} at most` : '';
    if (kind === 'left') {
      const left = captured.filter((task) => after.lanes.every(({ holds }) => holds.every((hold) => hold.id !== task)));
      const all = captured.length === 1 ? 'it must have' : 'all of them must have';
      const have = left.length === captured.length ? all : `${listed(left)} must have`;
      return `${id} waits for ${listed(captured)} to leave${limit}: by now ${have}.`;
    }
    const what = kind === 'close' ? 'the closed queue to be empty' : `${lane ?? 'all lanes'} to rest`;
    return `${id} waits for ${what}${limit}: by now ${remains(turn, lane)}.`;
  });
  const asked =
    event.type === 'wait' || event.type === 'close'
      ? [`${event.waiter} asks now, and ${remains(turn, event.type === 'wait' ? event.lane : undefined)}.`]
      : [];
  const isClose = before.waiters.some(({ kind }) => kind === 'close');
  return [...(isClose && setup.stallCeilingMs < Infinity ? silences(turn) : []), ...known, ...asked];
}

function remains({ after }: Turn, lane: string | undefined): string {
  const lanes = after.lanes.filter(({ name }) => lane === undefined || name === lane);
  const [active, queued] = [lanes.flatMap(({ holds }) => idsOf(holds)), lanes.flatMap(({ backlog }) => idsOf(backlog))];
  if (active.length + queued.length === 0) return 'nothing may be active or queued there';
  return `${[...(active.length > 0 ? [`${listed(active)} is active`] : []), ...(queued.length > 0 ? [`${listed(queued)} is queued`] : [])].join(' and ')} there`;
}

/** Whom a closed queue refuses, and what it still waits for. */
export function closings(turn: Turn): string[] {
  const { before, step } = turn;
  const refused =
    before.closed && step.event.type === 'enqueue'
      ? [`The queue was closed before ${step.event.task} came: it must be refused, and must not start.`]
      : [];
  return [...refused, ...waits(turn), ...dispatches(turn)];
}

/** Who had lost his slot before. */
export function late({ before, divergence }: Turn): string[] {
  const lost = before.detached.map(
    ({ id, lane }) =>
      `${id} was taken out of its slot in ${lane} before: whatever becomes of it now concerns nobody else.`,
  );
  return divergence.key === key.detached ? [...lost, 'It is not counted among those without a slot any more.'] : lost;
}
