import {
  initialState,
  key,
  RULES,
  THE_QUEUE,
  type Contract,
  type Divergence,
  type Observed,
  type RuleName,
  type Setup,
} from '../oracle/index.ts';
import { reading } from './phrases.ts';
import { clearings, closings, completions, late, losses, settlements, signals, waits } from './why/answers.ts';
import { counts, leftovers, overAtOnce, strays, throwers, transitions } from './why/rest.ts';
import { lateness, silences, timeouts } from './why/silence.ts';
import { dispatches, elsewhere, ends, off, order, resets, slots } from './why/starts.ts';
import { idsOf, isEmpty, laneBefore, listed, type Lane, type Reason, type Turn } from './why/turn.ts';
import { bounds, news } from './why/warnings.ts';

/** What a reason is made from. */
export interface Case {
  readonly contract: Contract;
  readonly setup: Setup;
  readonly divergence: Divergence;
  /** Never empty; the last is the one in which queue and model differ. */
  readonly steps: readonly Observed[];
}

/** Why it must be so: the rule in words, and this case's numbers. Every sentence is read off the model's states. */
export function why({ contract, setup, divergence, steps }: Case): readonly string[] {
  const step = steps.at(-1)!;
  const before = steps.at(-2)?.state ?? initialState(contract, setup);
  const turn = { contract, before, after: step.state, setup, divergence, step, counts: new Map(step.readings) };
  const { key: name, actual } = divergence;
  const instead = `Instead ${typeof actual === 'number' ? 'the queue says: ' : ''}${reading(name, actual)}.`;
  const isStuck = name === THE_QUEUE;
  const reasons = isStuck ? ends(turn) : REASONS[divergence.rule](turn);
  // Where a body throws, that is what everything else comes of.
  const thrown = SAY_WHO_THROWS.includes(divergence.rule) ? [] : overAtOnce(turn);
  return [RULES[divergence.rule], ...thrown, ...reasons, instead, ...situation(turn)];
}

const SAY_WHO_THROWS: readonly RuleName[] = ['callback-safe', 'no-stray-errors'];

/** What each rule has to do with a case. */
const REASONS: Readonly<Record<RuleName, Reason>> = {
  capacity: slots,
  'work-conserving': dispatches,
  order,
  'exactly-once': settlements,
  conservation: counts,
  'callback-safe': (turn) => [...throwers(turn), ...dispatches(turn)],
  isolation: (turn) => [...elsewhere(turn), ...dispatches(turn)],
  progress: silences,
  'no-permanent-saturation': silences,
  'sibling-safe': (turn) => [...silences(turn), ...completions(turn)],
  'late-inert': late,
  'caller-outcome': losses,
  timeout: timeouts,
  waiters: waits,
  reset: resets,
  clear: clearings,
  abort: signals,
  pause: off,
  close: closings,
  'warnings-bounded': bounds,
  'never-silent': news,
  hygiene: leftovers,
  clock: lateness,
  'no-stray-errors': strays,
  observable: transitions,
  // These are shown by tests of their own.
  'bad-input': () => [],
  context: () => [],
};

/** Who was where before the last step, where they must be after it, and what the queue counts then. */
function situation(turn: Turn): string[] {
  const lanes = turn.after.lanes.filter((lane) => !isEmpty(lane) || !isEmpty(laneBefore(turn, lane)));
  return lanes.map((lane) => {
    const [was, is] = [inWords(laneBefore(turn, lane)), inWords(lane)];
    const must = was === is ? 'And so it must stay' : `After it there must be: ${is}`;
    return `In ${lane.name}, before the last step: ${was}. ${must}.${countedOf(turn, lane)}`;
  });
}

function countedOf(turn: Turn, { name, holds, backlog }: Lane): string {
  const [active, queued] = [turn.counts.get(key.active(name)), turn.counts.get(key.queued(name))];
  if (active === undefined || queued === undefined) return '';
  if (active === holds.length && queued === backlog.length) return '';
  return ` The queue says: ${active} active, ${queued} queued.`;
}

function inWords(lane: Lane | undefined): string {
  return `${listed(idsOf(lane?.holds ?? []))} active; ${listed(idsOf(lane?.backlog ?? []))} queued`;
}
