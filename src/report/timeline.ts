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
  let open = new Map<string, Growing>();
  const last = steps.length - 1;
  for (const [moment, step] of steps.entries()) {
    const before = open;
    const places = placesIn(step.state);
    for (const [where, bar] of before) if (!places.has(where)) endIn(bar, step, moment);
    open = new Map();
    for (const [where, { id, lane, place }] of places) {
      let bar = before.get(where);
      if (bar === undefined) bars.push((bar = begin(id, lane, place, moment)));
      if (place === 'active') bar.slot ??= freeSlot([...before.values(), ...open.values()], lane);
      open.set(where, bar);
    }
    note(bars, step.event, moment);
  }
  const started = startsSeen(steps[last]!);
  return [...mark(bars, differences, steps[last]!, last), ...intruders(bars, steps[last]!, started, last)];
}

interface Place {
  readonly id: string;
  readonly lane: string;
  readonly place: Bar['place'];
}

/** Where every task is, lane by lane and then those without a slot, each under a name of its own. */
function placesIn({ lanes, detached }: State): Map<string, Place> {
  const places = new Map<string, Place>();
  const add = (place: Bar['place'], lane: string, tasks: readonly Pick<Hold, 'id'>[]): void => {
    for (const { id } of tasks) places.set(`${place} ${id}`, { id, lane, place });
  };
  for (const { name, holds, backlog } of lanes) {
    add('queued', name, backlog);
    add('active', name, holds);
  }
  for (const hold of detached) add('detached', hold.lane, [hold]);
  return places;
}

function begin(task: string, lane: string, place: Bar['place'], from: number): Growing {
  const [slot, to, end, hungFrom, wrong] = [undefined, undefined, undefined, undefined, undefined];
  return { task, lane, place, slot, from, to, end, hungFrom, signs: [], wrong };
}

/** The lowest slot of the lane that is free. */
function freeSlot(bars: readonly Bar[], lane: string): number {
  const taken = new Set(bars.filter((bar) => bar.lane === lane && bar.to === undefined).map((bar) => bar.slot));
  let free = 1;
  while (taken.has(free)) free += 1;
  return free;
}

function endIn(bar: Growing, step: Observed, moment: number): void {
  bar.to = moment;
  bar.end = endOf(bar, step);
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
    const slot = freeSlot([...bars, ...found], lane);
    found.push({ ...begin(task, lane, 'active', last), slot, wrong: 'should not be there' });
  }
  return found;
}
