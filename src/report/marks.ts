import { ABSENT, key, type Divergence, type Observed } from '../oracle/index.ts';
import { begin, freeSlot, isOpen, type Bar, type Growing, type Wrong } from './bar.ts';

/** The last moment: what was demanded and seen in it, and what of that does not agree. */
export interface Last {
  readonly step: Observed;
  readonly differences: readonly Divergence[];
  /** Which moment it is. */
  readonly last: number;
}

/**
 * Bars as the model has them, made to show what the queue has done in the last moment: whoever started there has, whoever
 * did not has not. What is wrong with whom is said of one bar of his.
 */
export function marked(model: readonly Growing[], end: Last): Bar[] {
  const bars = withStarts(model, end);
  for (const { name } of end.step.state.lanes) {
    markSlots(bars, name, end);
    markBacklog(bars, name, end);
  }
  for (const difference of end.differences) markTold(bars, difference, end);
  const isStill = ({ task }: Bar): boolean =>
    bars.some((one) => one.task === task && one.wrong === 'should be taken back');
  return bars.filter((bar) => bar.place !== 'detached' || !isStill(bar));
}

/** Who was seen to start in the last moment, and where. */
function startsSeen({ readings, state }: Observed): { readonly task: string; readonly lane: string }[] {
  return [...readings].flatMap(([name, task]) => {
    const lane = state.lanes.find((one) => name.startsWith(`start in ${one.name}, `));
    return lane === undefined ? [] : [{ task: String(task), lane: lane.name }];
  });
}

/** Those that should have started and did not, and those that should not have and did. */
function withStarts(model: readonly Growing[], { step, last }: Last): Growing[] {
  const started = startsSeen(step);
  const isSeen = ({ task }: Bar): boolean => started.some((one) => one.task === task);
  const isDemanded = (task: string): boolean =>
    step.expectations.some(({ key: name, value }) => value === task && name.startsWith('start in'));
  const bars = model.map((bar): Growing => {
    if (bar.place === 'active' && bar.from === last && !isSeen(bar)) return { ...bar, wrong: 'should start' };
    const waitsInVain = bar.place === 'queued' && bar.to === last && bar.end === 'started' && !isSeen(bar);
    return waitsInVain ? { ...bar, to: undefined, end: undefined, wrong: 'should start' } : { ...bar };
  });
  for (const { task, lane } of started) {
    if (isDemanded(task)) continue;
    const queued = bars.find((bar) => bar.task === task && bar.place === 'queued' && isOpen(bar));
    if (queued !== undefined) Object.assign(queued, { to: last, end: 'started' });
    // A slot that somebody else should have is free.
    const others = bars.filter(({ wrong }) => wrong !== 'should start');
    bars.push({ ...begin(task, lane, 'active', last), slot: freeSlot(others, lane), wrong: 'should not start' });
  }
  // Nobody is seen to be queued who came and started in one moment.
  return bars.filter(({ place, from, to }) => place !== 'queued' || from !== to);
}

/** Whoever holds a slot by the queue's own count and should not, or should and does not, as far as that can be told. */
function markSlots(bars: Growing[], lane: string, end: Last): void {
  const here = bars.filter((bar) => bar.place === 'active' && bar.lane === lane && bar.wrong !== 'should start');
  const over = surplus(key.active(lane), here.filter(isOpen).length, end);
  const ended = here.filter(({ to }) => to === end.last);
  const atOnce = overAtOnce(bars, lane, end);
  for (const bar of blamed([...ended, ...atOnce], over, end)) {
    if (atOnce.includes(bar)) bars.push({ ...bar, slot: freeSlot(bars, lane), wrong: 'should have left its slot' });
    else stays(bar, bar.end === 'taken back' ? 'should be taken back' : 'should have left its slot');
  }
  // Whoever should not have started may be the one that is not counted.
  for (const bar of blamed(here.filter(isOpen), -over, end)) bar.wrong ??= 'should still hold its slot';
}

/** Those that came and went in the last moment, and have no stretch of their own: their bodies threw. */
function overAtOnce(bars: readonly Growing[], lane: string, { step, last }: Last): readonly Growing[] {
  const gone = startsSeen(step).filter(
    (one) => one.lane === lane && bars.every((bar) => bar.task !== one.task || bar.place === 'queued'),
  );
  return gone.map(({ task }) => begin(task, lane, 'active', last));
}

/** The same of the backlog. */
function markBacklog(bars: readonly Growing[], lane: string, end: Last): void {
  const here = bars.filter((bar) => bar.place === 'queued' && bar.lane === lane);
  const over = surplus(key.queued(lane), here.filter(isOpen).length, end);
  const dropped = here.filter((bar) => bar.to === end.last && bar.end === 'dropped');
  for (const bar of blamed(dropped, over, end)) stays(bar, 'should be dropped');
  for (const bar of blamed(here.filter(isOpen), -over, end)) {
    // That it should start is said where it should be.
    if (bar.wrong === 'should start') Object.assign(bar, { to: end.last, end: 'dropped', wrong: undefined });
    else bar.wrong = 'should still be queued';
  }
}

function stays(bar: Growing, wrong: Wrong): void {
  Object.assign(bar, { to: undefined, end: undefined, wrong });
}

/** By how many the queue's count is above what is drawn; 0 where it says nothing. */
function surplus(count: string, drawn: number, { step }: Last): number {
  const says = new Map(step.readings).get(count);
  return typeof says === 'number' ? says - drawn : 0;
}

/** So many of them, if it can be told who: those with whose answers something is wrong, or who got none, or all that there are. */
function blamed(candidates: readonly Growing[], count: number, { step, differences }: Last): readonly Growing[] {
  if (count <= 0) return [];
  const answered = new Map(step.readings);
  const wronged = candidates.filter((bar) => differences.some((one) => namesOf(bar).includes(one.key)));
  const ignored = candidates.filter(({ task }) => !answered.has(key.caller(task)));
  return [wronged, ignored, candidates].find(({ length }) => length === count) ?? [];
}

/** What somebody was told and should not have been, or the other way round, where nothing else is wrong with him. */
function markTold(bars: readonly Growing[], { key: name, expected, actual }: Divergence, { last }: Last): void {
  const their = bars.filter((bar) => (isOpen(bar) || bar.to === last) && namesOf(bar).includes(name));
  const bar = their.find(isOpen) ?? their.at(-1);
  if (bar === undefined || their.some(({ wrong }) => wrong !== undefined)) return;
  const isSignal = name === key.signal(bar.task);
  if (actual === ABSENT) bar.wrong = isSignal ? 'should be told to stop' : 'should be answered';
  else if (expected === ABSENT) bar.wrong = isSignal ? 'should not be told to stop' : 'should not be answered';
  else bar.wrong = 'should be answered otherwise';
  if (bar.place === 'waiting' && actual === ABSENT) stays(bar, bar.wrong);
}

function namesOf({ task, place }: Bar): string[] {
  return place === 'waiting' ? [key.waiter(task), key.closer(task)] : [key.caller(task), key.signal(task)];
}
