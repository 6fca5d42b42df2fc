import { THE_QUEUE, type Divergence, type Event, type Hold, type Observed, type State } from '../oracle/index.ts';
import { begin, freeSlot, type Bar, type End, type Growing } from './bar.ts';
import { marked } from './marks.ts';

/**
 * Where each task was, moment by moment. Until the last moment queue and model agree; in that one what the queue has
 * shown decides, and what it should have shown is marked.
 */
export function barsOf(steps: readonly Observed[], differences: readonly Divergence[]): Bar[] {
  const bars: Growing[] = [];
  let open = new Map<string, Growing>();
  // Of a queue that did not come back nobody knows what it did at last: all is drawn as it was.
  const isLost = differences.some(({ key }) => key === THE_QUEUE);
  for (const [moment, step] of (isLost ? steps.slice(0, -1) : steps).entries()) {
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
    const { event } = step;
    if ((event.type === 'wait' || event.type === 'close') && !places.has(`waiting ${event.waiter}`)) {
      const lane = event.type === 'wait' ? event.lane : undefined;
      bars.push({ ...begin(event.waiter, lane ?? '', 'waiting', moment), to: moment, end: 'answered' });
    }
    note(bars, event, moment);
  }
  const last = steps.length - 1;
  return marked(bars, { step: steps[last]!, differences, last });
}

interface Place {
  readonly id: string;
  readonly lane: string;
  readonly place: Bar['place'];
}

/** Where every task is, lane by lane and then those without a slot, each under a name of its own. */
function placesIn({ lanes, detached, waiters }: State): Map<string, Place> {
  const places = new Map<string, Place>();
  const add = (place: Bar['place'], lane: string, tasks: readonly Pick<Hold, 'id'>[]): void => {
    for (const { id } of tasks) places.set(`${place} ${id}`, { id, lane, place });
  };
  for (const { name, holds, backlog } of lanes) {
    add('queued', name, backlog);
    add('active', name, holds);
  }
  for (const hold of detached) add('detached', hold.lane, [hold]);
  for (const waiter of waiters) add('waiting', waiter.lane ?? '', [waiter]);
  return places;
}

function endIn(bar: Growing, step: Observed, moment: number): void {
  bar.to = moment;
  bar.end = endOf(bar, step);
}

function endOf({ task, place }: Bar, { event, expectations, state: { detached } }: Observed): End {
  // It may have started and ended in one step.
  const starts = expectations.some((one) => one.value === task && one.key.startsWith('start in'));
  if (place === 'waiting') return 'answered';
  if (place === 'queued') return starts ? 'started' : 'dropped';
  if (event.type === 'settle' && event.task === task) return event.how;
  return detached.some(({ id }) => id === task) ? 'taken back' : 'rejected';
}

function note(bars: readonly Growing[], event: Event, moment: number): void {
  if (event.type !== 'hang' && event.type !== 'progress') return;
  const bar = bars.findLast(({ task, place }) => task === event.task && (place === 'active' || place === 'detached'));
  if (bar === undefined) return;
  if (event.type === 'hang') bar.hungFrom = moment;
  else bar.signs.push(moment);
}
