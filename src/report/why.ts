import {
  initialState,
  key,
  RULES,
  type Contract,
  type Divergence,
  type Hold,
  type Observed,
  type RuleName,
  type Setup,
  type State,
} from '../oracle/index.ts';
import { seconds } from './duration.ts';

/** What a reason is made from. */
export interface Case {
  readonly contract: Contract;
  readonly setup: Setup;
  readonly divergence: Divergence;
  /** Never empty; the last is the one in which queue and model differ. */
  readonly steps: readonly Observed[];
}

/** One step of the model, and how things were before it. */
interface Turn {
  readonly before: State;
  readonly after: State;
  readonly setup: Setup;
  readonly divergence: Divergence;
  /** What was read of the queue after the step. */
  readonly counts: ReadonlyMap<string, string | number>;
}

type Lane = State['lanes'][number];
type Reason = (turn: Turn) => readonly string[];

/** Why it must be so: the rule in words, and this case's numbers. Every sentence is read off the model's states. */
export function why({ contract, setup, divergence, steps }: Case): readonly string[] {
  const after = steps.at(-1)!.state;
  const before = steps.at(-2)?.state ?? initialState(contract, setup);
  const turn = { before, after, setup, divergence, counts: new Map(steps.at(-1)!.readings) };
  const here = situation(turn);
  const lanes =
    here.length > 0 ? here : ['Before the last step and after it nothing must be active or queued in any lane.'];
  return [RULES[divergence.rule], ...(REASONS[divergence.rule]?.(turn) ?? []), ...lanes];
}

/** Where the rule alone does not say what this case has to do with it. */
const REASONS: Partial<Record<RuleName, Reason>> = {
  'no-permanent-saturation': silences,
  progress: silences,
  'sibling-safe': silences,
  clock: silences,
  timeout: timeouts,
  'warnings-bounded': warnings,
  'never-silent': waits,
  waiters: whoWaits,
  'late-inert': late,
  pause: off,
  capacity: slots,
};

/** Who was where before the last step, where they must be after it, and what the queue counts then. */
function situation(turn: Turn): string[] {
  const lanes = turn.after.lanes.filter((lane) => !isEmpty(lane) || !isEmpty(laneBefore(turn, lane)));
  return lanes.map((lane) => {
    const [was, is] = [inWords(laneBefore(turn, lane)), inWords(lane)];
    const must = was === is ? 'and so it must stay' : `then it must be ${is}`;
    return `In ${lane.name}, before the last step: ${was}; ${must}.${countedOf(turn, lane)}`;
  });
}

function countedOf({ counts }: Turn, { name, holds, backlog }: Lane): string {
  const [active, queued] = [counts.get(key.active(name)), counts.get(key.queued(name))];
  if (active === undefined || queued === undefined) return '';
  if (active === holds.length && queued === backlog.length) return '';
  return ` The queue says: ${active} active, ${queued} queued.`;
}

function laneBefore({ before }: Turn, { name }: Lane): Lane | undefined {
  return before.lanes.find((one) => one.name === name);
}

function isEmpty(lane: Lane | undefined): boolean {
  return lane === undefined || lane.holds.length + lane.backlog.length === 0;
}

function inWords(lane: Lane | undefined): string {
  const active = lane?.holds.map(({ id }) => id) ?? [];
  const queued = lane?.backlog.map(({ id }) => id) ?? [];
  return `active ${listed(active)}, queued ${listed(queued)}`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}

/** Since when those have been silent that held slots before the step, and whether somebody waits behind them. */
function silences({ before, after, setup }: Turn): string[] {
  const ceilingMs = setup.stallCeilingMs;
  return before.lanes.flatMap(({ name, holds, backlog, waitingSince }) => {
    if (holds.length === 0) return [];
    const signs = holds.map((hold) => `${hold.id} showed its last sign of life at ${seconds(hold.lastSignAt)}`);
    const ages = holds.map((hold) => verdictOn(hold, after.now, ceilingMs));
    const behind =
      waitingSince === undefined
        ? []
        : [`${listed(backlog.map(({ id }) => id))} has waited in ${name} since ${seconds(waitingSince)}.`];
    return [
      `${signs.join(', ')}; it is ${seconds(after.now)}, and the ceiling is ${seconds(ceilingMs)}: ${ages.join(', ')}.`,
      ...behind,
    ];
  });
}

function verdictOn({ id, lastSignAt, graceUntil }: Hold, now: number, ceilingMs: number): string {
  if (now < lastSignAt + ceilingMs) return `${id} is not stalled`;
  return now < graceUntil
    ? `${id} would be stalled, but the clock was late, and it has grace until ${seconds(graceUntil)}`
    : `${id} is stalled`;
}

function timeouts({ before, after }: Turn): string[] {
  const timed = before.lanes.flatMap(({ holds }) => holds.filter(({ task }) => task.timeoutMs < Infinity));
  return timed.map(
    ({ id, lastSignAt, task }) =>
      `${id} may be silent for ${seconds(task.timeoutMs)} and showed its last sign of life at ${seconds(lastSignAt)}; it is ${seconds(after.now)}.`,
  );
}

function warnings({ before, after, setup }: Turn): string[] {
  const { warnEveryMs, maxWarningsPerMinute } = setup;
  const last = Object.entries(before.told.last).map(([what, at]) => `the last ${what} was at ${seconds(at)}`);
  const given = before.told.recent.filter((at) => at + 60_000 > after.now).length;
  return [
    `Of one kind a lane may have one warning in ${seconds(warnEveryMs)}; all lanes together ${maxWarningsPerMinute} in 60 s.`,
    `It is ${seconds(after.now)}; ${[...last, `in the last 60 s there were ${given}`].join(', ')}.`,
  ];
}

function waits({ before, after, setup }: Turn): string[] {
  return before.lanes.flatMap(({ name, waitingSince }) =>
    waitingSince === undefined
      ? []
      : [
          `${name} has had a backlog and no free slot since ${seconds(waitingSince)}; it is ${seconds(after.now)}, and it is to be reported after ${seconds(setup.blockedAfterMs)} in which nothing starts or leaves.`,
        ],
  );
}

function whoWaits({ before, after }: Turn): string[] {
  return before.waiters.map(({ id, kind, lane, captured }) => {
    const where = lane === undefined ? 'all lanes' : lane;
    if (kind !== 'left') return `${id} waits for ${where} to rest.`;
    const left = captured.filter((task) => after.lanes.every(({ holds }) => holds.every((hold) => hold.id !== task)));
    return `${id} waits for ${listed(captured)} to leave; ${left.length === captured.length ? 'all of them have' : `${listed(left)} has`}.`;
  });
}

function late({ before }: Turn): string[] {
  return before.detached.map(
    ({ id, lane }) =>
      `${id} was taken out of its slot in ${lane} before: whatever becomes of it now concerns nobody else.`,
  );
}

function off({ after }: Turn): string[] {
  if (after.paused) return ['The whole queue is paused.'];
  return after.lanes.filter(({ paused }) => paused).map(({ name }) => `${name} is paused.`);
}

function slots({ after }: Turn): string[] {
  return after.lanes
    .filter((lane) => !isEmpty(lane))
    .map(
      ({ name, concurrency, holds }) =>
        `${name} has ${concurrency === 1 ? '1 slot' : `${concurrency} slots`}, and ${holds.length} of them may be held.`,
    );
}
