import { key, type Divergence, type Event, type Hold, type Observed, type State } from '../oracle/index.ts';

/** How a stretch of a task's life ended. */
export type End = 'started' | 'fulfilled' | 'rejected' | 'taken back' | 'dropped';

/** A stretch of one task's life, in one place. Moments are counted from 0. */
export interface Bar {
  readonly task: string;
  readonly lane: string;
  readonly place: 'queued' | 'active' | 'detached';
  /** Which slot of its lane, from 1, where it is active: the lowest that was free. */
  readonly slot: number | undefined;
  /** The moment in which it began. */
  readonly from: number;
  /** The moment in which it ended; undefined if it did not. */
  readonly to: number | undefined;
  readonly end: End | undefined;
  /** From which moment on its body will never settle of itself. */
  readonly hungFrom: number | undefined;
  /** In which moments it showed a sign of life. */
  readonly signs: readonly number[];
  /** What is wrong with it in the last moment: it should be over, it should be there, or it should not. */
  readonly wrong: 'should be over' | 'should be there' | 'should not be there' | undefined;
}

type Growing = { -readonly [Field in keyof Bar]: Bar[Field] } & { readonly signs: number[] };

/**
 * Where each task was, moment by moment. Until the last moment queue and model agree; in that one what the queue has
 * shown decides, and what it should have shown is marked.
 */
export function barsOf(steps: readonly Observed[], differences: readonly Divergence[]): Bar[] {
  const bars: Growing[] = [];
  const last = steps.length - 1;
  for (const [moment, step] of steps.entries()) {
    const { event, state } = step;
    for (const bar of bars) if (bar.to === undefined) endIfOver(bar, step, moment);
    for (const { name, holds, backlog } of state.lanes) {
      for (const { id } of backlog) if (!isOpen(bars, id, 'queued')) bars.push(begin(id, name, 'queued', moment));
      for (const { id } of holds)
        if (!isOpen(bars, id, 'active')) bars.push(begin(id, name, 'active', moment, slot(bars, name)));
    }
    for (const { id, lane } of state.detached) {
      if (!isOpen(bars, id, 'detached')) bars.push(begin(id, lane, 'detached', moment));
    }
    note(bars, event, moment);
  }
  const started = startsSeen(steps[last]!);
  return [...mark(bars, differences, steps[last]!, last), ...intruders(bars, steps[last]!, started, last)];
}

function begin(task: string, lane: string, place: Bar['place'], from: number, inSlot?: number): Growing {
  const [to, end, hungFrom, wrong] = [undefined, undefined, undefined, undefined];
  return { task, lane, place, slot: inSlot, from, to, end, hungFrom, signs: [], wrong };
}

function isOpen(bars: readonly Bar[], task: string, place: Bar['place']): boolean {
  return bars.some((bar) => bar.task === task && bar.place === place && bar.to === undefined);
}

/** The lowest slot of the lane that is free. */
function slot(bars: readonly Bar[], lane: string): number {
  const taken = bars.filter((bar) => bar.lane === lane && bar.to === undefined).map((bar) => bar.slot);
  let free = 1;
  while (taken.includes(free)) free += 1;
  return free;
}

function endIfOver(bar: Growing, step: Observed, moment: number): void {
  if (isThere(bar, step.state)) return;
  bar.to = moment;
  bar.end = endOf(bar, step);
}

function isThere({ task, place }: Bar, { lanes, detached }: State): boolean {
  const isIt = ({ id }: Pick<Hold, 'id'>): boolean => id === task;
  switch (place) {
    case 'queued':
      return lanes.some(({ backlog }) => backlog.some(isIt));
    case 'active':
      return lanes.some(({ holds }) => holds.some(isIt));
    case 'detached':
      return detached.some(isIt);
  }
}

function endOf({ task, place }: Bar, { event, expectations, state: { detached } }: Observed): End {
  // It may have started and ended in one step.
  const starts = expectations.some((one) => one.value === task && one.key.startsWith('start in'));
  if (place === 'queued') return starts ? 'started' : 'dropped';
  if (event.type === 'settle' && event.task === task) return event.how;
  return detached.some(({ id }) => id === task) ? 'taken back' : 'rejected';
}

function note(bars: readonly Growing[], event: Event, moment: number): void {
  if (event.type !== 'hang' && event.type !== 'progress') return;
  const bar = bars.findLast(({ task, place }) => task === event.task && place !== 'queued');
  if (bar === undefined) return;
  if (event.type === 'hang') bar.hungFrom = moment;
  else bar.signs.push(moment);
}

/** Who was seen to start in a step, and where. */
function startsSeen({ readings, state }: Observed): { readonly task: string; readonly lane: string }[] {
  return [...readings].flatMap(([name, task]) => {
    const lane = state.lanes.find((one) => name.startsWith(`start in ${one.name}, `));
    return lane === undefined ? [] : [{ task: String(task), lane: lane.name }];
  });
}

/** What the model says of the last moment and the queue does not. */
function mark(bars: readonly Growing[], differences: readonly Divergence[], step: Observed, last: number): Bar[] {
  const started = startsSeen(step);
  const missed = new Set(differences.map((one) => one.key));
  const read = new Map(step.readings);
  // Whoever was told may hold his slot all the same: the queue's own count says whether somebody does who should not.
  const isFuller = (lane: string): boolean => {
    const active = read.get(key.active(lane));
    const must = step.state.lanes.find(({ name }) => name === lane)?.holds.length ?? 0;
    return typeof active === 'number' && active > must;
  };
  const isMissed = ({ task, lane }: Bar): boolean => missed.has(key.caller(task)) || isFuller(lane);
  const hasStarted = (bar: Bar): boolean => started.some(({ task }) => task === bar.task);
  return bars.flatMap((bar): Bar[] => {
    const stays: Bar = { ...bar, to: undefined, end: undefined, wrong: 'should be over' };
    if (bar.to === last) {
      if (bar.end === 'started' && !hasStarted(bar)) return [stays];
      return bar.end === 'taken back' && isMissed(bar) ? [stays] : [bar];
    }
    if (bar.from !== last) return [bar];
    if (bar.place === 'active' && !hasStarted(bar)) return [{ ...bar, wrong: 'should be there' }];
    return bar.place === 'detached' && isMissed(bar) ? [] : [bar];
  });
}

/** Those that the queue has started and should not have. */
function intruders(
  bars: readonly Bar[],
  { expectations }: Observed,
  started: readonly { readonly task: string; readonly lane: string }[],
  last: number,
): Bar[] {
  const found: Bar[] = [];
  for (const { task, lane } of started) {
    if (expectations.some((one) => one.value === task && one.key.startsWith('start in'))) continue;
    const begun = begin(task, lane, 'active', last, slot([...bars, ...found], lane));
    found.push({ ...begun, wrong: 'should not be there' });
  }
  return found;
}
