import type { Task } from '../../oracle/index.ts';
import { phrase } from '../phrases.ts';
import { counted, idsOf, isEmpty, laneBefore, listed, takenBack, without, type Lane, type Turn } from './turn.ts';

/** How many slots there are, and who holds them: nobody else may start. */
export function slots({ after }: Turn): string[] {
  return after.lanes
    .filter((lane) => !isEmpty(lane))
    .map(
      ({ name, concurrency, holds }) =>
        `${name} has ${counted(concurrency, 'slot')}; after this step ${holds.length === 0 ? 'nobody' : listed(idsOf(holds))} may hold one${holds.length >= concurrency ? ', and nobody else may start' : ''}.`,
    );
}

/** Who has made room, and who must start. */
export function dispatches(turn: Turn): string[] {
  return turn.after.lanes.flatMap((lane) => {
    const due = startsDue(turn, lane);
    if (due.length === 0) return [];
    const was = laneBefore(turn, lane)?.holds ?? [];
    const gone = without(was, lane.holds);
    const room = `${lane.name} has ${counted(lane.concurrency, 'slot')}`;
    const free = lane.concurrency - was.length;
    const by =
      gone.length > 0
        ? `${listed(idsOf(gone))} has left`
        : lane.concurrency === 1
          ? 'it is free'
          : `${free} of them are free`;
    const many = due.length === 1 ? 'is first in line and must start' : 'are first in line and must start';
    return [`${room}, and ${by}: ${listed(idsOf(due))} ${many} at once.`];
  });
}

/** A call returns, and what it has set going ends. */
export function ends(turn: Turn): string[] {
  const { command, event } = turn.step;
  return [
    `What the queue does at “${phrase(command, event)}” must come to an end: a queue that does not come back starts nothing more.`,
    ...dispatches(turn),
  ];
}

/** Who goes before whom. */
export function order(turn: Turn): string[] {
  return turn.after.lanes.flatMap((lane) => {
    const due = startsDue(turn, lane).map(({ task }) => task);
    const line = [...due, ...lane.backlog];
    if (due.length === 0 || line.length < 2) return [];
    return [`The line of ${lane.name}, ${inLine(line)}: ${whoIsNext(turn, line)}.`];
  });
}

function inLine(line: readonly Task[]): string {
  const isOneClass = line.every(({ priority }) => priority === line[0]!.priority);
  return isOneClass
    ? `by arrival, is ${listed(idsOf(line))}`
    : `by priority and then by arrival, is ${line.map(({ id, priority }) => `${id} (${priority})`).join(', ')}`;
}

/** Whoever starts out of turn is held against whose turn it was. */
function whoIsNext({ divergence: { expected, actual } }: Turn, line: readonly Task[]): string {
  const isInLine = (name: string | number): boolean => line.some(({ id }) => id === name);
  return isInLine(expected) && isInLine(actual) ? `${expected} comes before ${actual}` : `${line[0]!.id} is first`;
}

function startsDue(turn: Turn, lane: Lane): Lane['holds'] {
  return without(lane.holds, laneBefore(turn, lane)?.holds ?? []);
}

/** Whom a reset takes back, and who comes after them. */
export function resets(turn: Turn): string[] {
  const back = takenBack(turn);
  const many = `The reset takes back ${listed(idsOf(back))}: it must return ${back.length}, and what is queued is kept.`;
  return [many, ...dispatches(turn)];
}

/** What is off. */
export function off(turn: Turn): string[] {
  const { before, after } = turn;
  if (after.paused) return ['The whole queue is paused: nothing may start, and nobody is judged.'];
  const lanes = after.lanes.flatMap(({ name, paused, concurrency }) => {
    if (paused) return [`${name} is paused: nothing may start there, and nobody is judged.`];
    return concurrency === 0 ? [`${name} has no slots: nothing may start there, and nobody is judged.`] : [];
  });
  return lanes.length > 0 || !before.paused ? lanes : ['The queue is paused no more.', ...dispatches(turn)];
}

/** Which lane the step is about, and which it is not. */
export function elsewhere({ step: { event }, divergence: { key } }: Turn): string[] {
  const about = 'lane' in event ? event.lane : undefined;
  const [, lane] = / in (.*?)(?:, \d+\.)?$/.exec(key) ?? [];
  if (about === undefined || lane === undefined || lane === about) return [];
  return [`The last step is about ${about}: in ${lane} all must stay as it was.`];
}
