import {
  deadlines,
  isAboutAnother,
  laneOf,
  promises,
  type Contract,
  type Event,
  type Hold,
  type Priority,
  type State,
} from '../model/index.ts';

type Script = Generator<void, void, void>;

/** What a run lets its end do. */
export interface Stage {
  readonly contract: Contract;
  readonly state: () => State;
  /** Something was not as it must be: nothing more is done. */
  readonly isOver: () => boolean;
  readonly act: (event: Event) => Script;
  readonly passTo: (time: number) => Script;
}

/**
 * Ends a run so that nothing may be left: every lane runs and has a slot, every body that is not hung settles, time runs
 * until nothing more happens of itself, a probe must run in each lane, and a reset must leave the queue at rest.
 */
export function* epilogueOf(stage: Stage): Script {
  const { contract, state, act } = stage;
  if (state().planted.some(isAboutAnother)) yield* act({ type: 'unplant' });
  if (state().paused) yield* act({ type: 'resume', lane: undefined });
  for (const name of contract.lanes) {
    const lane = laneOf(state(), name)!;
    if (lane.paused) yield* act({ type: 'resume', lane: name });
    if (lane.concurrency === 0) yield* act({ type: 'configure', lane: name, concurrency: 1 });
  }
  yield* runDry(stage);
  for (const lane of contract.lanes) {
    yield* act(plainTask(`probe of ${lane}`, lane, contract.priorities[0]!));
    yield* runDry(stage);
  }
  if (promises(contract, 'reset')) yield* act({ type: 'reset', lane: undefined });
  else yield* settleAll(stage, () => true);
}

function* runDry(stage: Stage): Script {
  const { contract, state, isOver, passTo } = stage;
  const reclaims = promises(contract, 'no-permanent-saturation');
  while (!isOver()) {
    yield* settleAll(stage, ({ hung }) => !hung || !reclaims);
    const { judgement, waiter, notice } = deadlines(contract, state());
    const next = Math.min(judgement, waiter, notice);
    if (next === Infinity) return;
    yield* passTo(next);
  }
}

function* settleAll({ state, isOver, act }: Stage, mayEnd: (body: Hold) => boolean): Script {
  while (!isOver()) {
    const { lanes, detached } = state();
    const body = lanes.find(({ holds }) => holds.some(mayEnd))?.holds.find(mayEnd) ?? detached.find(mayEnd);
    if (body === undefined) return;
    yield* act({ type: 'settle', task: body.id, how: 'fulfilled' });
  }
}

/** An enqueue that asks for nothing special. */
function plainTask(task: string, lane: string, priority: Priority): Event {
  const [source, timeoutMs, signal, noticeAfterMs] = [undefined, undefined, undefined, undefined];
  const [detach, aborted, throws] = [false, false, false];
  return { type: 'enqueue', task, lane, priority, source, detach, timeoutMs, signal, aborted, throws, noticeAfterMs };
}
