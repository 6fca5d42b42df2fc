import {
  key,
  RULES,
  type Adapter,
  type Command,
  type Contract,
  type Divergence,
  type Event,
  type Expectation,
  type Observed,
  type RuleName,
  type Run,
  type Setup,
  type State,
} from '../oracle/index.ts';
import type { Certificate, Counterexample } from '../search/index.ts';
import type { Bar } from './bar.ts';
import { phrase, seen } from './phrases.ts';
import { barsOf } from './timeline.ts';
import { why } from './why.ts';

/**
 * One broken promise as plain JSON: whatever is shown of it, in a terminal, on a page or as a program, is made from this
 * alone. Times are virtual milliseconds.
 */
export interface Verdict {
  readonly format: 1;
  readonly subject: string;
  readonly rule: RuleName;
  /** What the rule promises, in words. */
  readonly promise: string;
  readonly contract: Contract;
  /** Where the queue has its time from. */
  readonly time: NonNullable<Adapter['time']>;
  readonly setup: Setup;
  readonly commands: readonly Command[];
  /** What happened, in order. */
  readonly moments: readonly Moment[];
  /** Where each task was, from which moment to which: in the queue as far as it is known, else in the model. */
  readonly bars: readonly Bar[];
  /** The first thing that was not as it must be, in the last moment. */
  readonly divergence: Divergence;
  /** All that was not as it must be in that moment, the divergence first. */
  readonly differences: readonly Divergence[];
  /** All that was demanded in that moment, in order of blame. */
  readonly demands: readonly Expectation[];
  /** Why it must be so, with this case's numbers: a sentence each. */
  readonly why: readonly string[];
  /** How far it is known that nothing shorter breaks the rule. */
  readonly certificate?: { readonly letters: number; readonly length: number } | undefined;
  /** What to type to see it again. */
  readonly replay: string;
}

/** One step of the run. A command that lets time pass has as many as there are instants at which something happens. */
export interface Moment {
  /** Which of the commands it belongs to, from 1; undefined at the end, where nothing may be left. */
  readonly number: number | undefined;
  /** What was done, in words. */
  readonly what: string;
  /** What was done, as it was given; undefined at the end. */
  readonly command: Command | undefined;
  /** What that came to: who and when are resolved. */
  readonly event: Event;
  readonly at: number;
  /** What was seen to come of it, in words. */
  readonly seen: readonly string[];
  /** The same, by the names on which queue and model agree. */
  readonly readings: readonly (readonly [name: string, value: string | number])[];
  /** How things must be now. */
  readonly model: readonly LaneNow[];
  /** What the queue says of each lane, where it says anything. */
  readonly queue: readonly LaneSays[];
}

/** A lane of the model. */
export interface LaneNow {
  readonly lane: string;
  readonly concurrency: number;
  readonly isOff: boolean;
  readonly active: readonly string[];
  readonly queued: readonly string[];
  /** Bodies that are still out although their slot was taken back. */
  readonly detached: readonly string[];
}

export interface LaneSays {
  readonly lane: string;
  readonly active: number | undefined;
  readonly queued: number | undefined;
}

export interface Rerun {
  readonly counterexample: Counterexample;
  readonly contract: Contract;
  /** Where the queue has its time from. Default `port`. */
  readonly time?: Adapter['time'];
  /** What came of running it again, and each step of that. */
  readonly run: Run;
  readonly steps: readonly Observed[];
  readonly certificate?: Certificate | undefined;
  readonly replay: string;
}

/** The verdict on a counterexample that was run again; undefined if the queue did as it must. */
export function verdictOf({
  counterexample,
  contract,
  time,
  run,
  steps,
  certificate,
  replay,
}: Rerun): Verdict | undefined {
  const { divergence, differences } = run;
  if (divergence === undefined) return undefined;
  const told = steps.filter(isWorthTelling);
  const { subject, commands } = counterexample;
  const setup = { ...counterexample.setup };
  return {
    format: 1,
    subject,
    rule: divergence.rule,
    promise: RULES[divergence.rule],
    contract,
    time: time ?? 'port',
    setup,
    commands,
    moments: told.map(momentOf),
    bars: barsOf(told, differences),
    divergence,
    differences,
    demands: told.at(-1)?.expectations ?? [],
    why: why({ contract, setup, divergence, steps: told }),
    certificate: certificate && { letters: certificate.letters.length, length: certificate.length },
    replay,
  };
}

/** Time stops at many an instant at which nothing happens. */
function isWorthTelling(step: Observed, place: number, steps: readonly Observed[]): boolean {
  const next = steps[place + 1];
  if (step.event.type !== 'tick' || next === undefined || next.number !== step.number) return true;
  return wordsOf(step).length > 0;
}

function wordsOf({ readings }: Observed): string[] {
  return [...readings].map(([name, value]) => seen(name, value)).filter((words) => words !== undefined);
}

function worthTelling({ readings }: Observed): Moment['readings'] {
  return [...readings].filter(([name, value]) => seen(name, value) !== undefined);
}

function momentOf(step: Observed): Moment {
  const { command, number, event, at, state, readings } = step;
  const read = new Map(readings);
  const count = (name: string): number | undefined => {
    const value = read.get(name);
    return typeof value === 'number' ? value : undefined;
  };
  return {
    number: command === undefined ? undefined : number,
    what: phrase(command, event),
    command,
    event,
    at,
    seen: wordsOf(step),
    readings: worthTelling(step),
    model: state.lanes.map((lane) => laneNow(state, lane)),
    queue: state.lanes.map(({ name }) => ({
      lane: name,
      active: count(key.active(name)),
      queued: count(key.queued(name)),
    })),
  };
}

function laneNow(state: State, { name, concurrency, paused, holds, backlog }: State['lanes'][number]): LaneNow {
  return {
    lane: name,
    concurrency,
    isOff: state.paused || paused || concurrency === 0,
    active: holds.map(({ id }) => id),
    queued: backlog.map(({ id }) => id),
    detached: state.detached.filter(({ lane }) => lane === name).map(({ id }) => id),
  };
}
