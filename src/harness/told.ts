import {
  freshNames,
  resolve,
  step,
  THE_QUEUE,
  type Adapter,
  type Event,
  type Fresh,
  type Observed,
  type Run,
} from '../oracle/index.ts';
import { heldText, textOf, verdictOf, type Verdict } from '../report/index.ts';
import { replay } from '../search/replay.ts';
import type { Certificate, Counterexample, Stuck } from '../search/index.ts';

/** What is known of a counterexample beside its commands, and how it is run again. */
export interface Known {
  readonly certificate?: Certificate | undefined;
  /** The queue does not come back from one of the commands. */
  readonly stuck?: Stuck | undefined;
  /** What to type to see it again. */
  readonly replay: string;
}

/** What came of a counterexample. */
export interface Told {
  /** Undefined where the queue does as it must. */
  readonly verdict: Verdict | undefined;
  readonly run: Run;
  /** For a person. */
  readonly text: string;
}

/** Runs a counterexample again and tells what came of it. */
export async function tell(adapter: Adapter, counterexample: Counterexample, known: Known): Promise<Told> {
  const steps: Observed[] = [];
  const note = (one: Observed): void => void steps.push(one);
  const { stuck } = known;
  const run =
    stuck === undefined
      ? await replay(adapter, counterexample, note)
      : await untilStuck(adapter, counterexample, stuck, steps);
  const verdict = verdictOf({ counterexample, contract: adapter.contract, time: adapter.time, run, steps, ...known });
  return { verdict, run, text: verdict === undefined ? heldText(counterexample) : textOf(verdict) };
}

/** All but the command from which the queue does not come back, and then that, as the model has it. */
async function untilStuck(
  { contract, ...adapter }: Adapter,
  counterexample: Counterexample,
  { how, place }: Stuck,
  steps: Observed[],
): Promise<Run> {
  const before = { ...counterexample, commands: counterexample.commands.slice(0, place - 1) };
  const note = (one: Observed): void => void steps.push(one);
  const run = await replay({ contract, ...adapter }, before, note, { epilogue: false });
  const command = counterexample.commands[place - 1];
  const state = run.stateAfter!;
  const resolved = command && resolve(contract, state, command, namesAfter(steps));
  const event: Event = resolved === undefined || 'to' in resolved ? { type: 'tick', at: state.now } : resolved;
  const must = step(contract, state, event);
  note({ command, number: run.commands + 1, event, at: state.now, readings: [[THE_QUEUE, how]], ...must });
  const divergence = { rule: counterexample.rule, key: THE_QUEUE, expected: 'returns control', actual: how };
  return { ...run, divergence, differences: [divergence] };
}

/** The names that come next. */
function namesAfter(steps: readonly Observed[]): Fresh {
  const fresh = freshNames();
  for (const { event } of steps) {
    const { type } = event.type === 'plant' ? event.call : event;
    if (type === 'enqueue') fresh.task();
    if (type === 'wait' || type === 'close') fresh.waiter();
  }
  return fresh;
}
