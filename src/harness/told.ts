import { resolve, type Adapter, type Event, type Observed, type Run } from '../oracle/index.ts';
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
  const note = (step: Observed): void => void steps.push(step);
  const { stuck } = known;
  const run =
    stuck === undefined
      ? await replay(adapter, counterexample, note)
      : await untilStuck(adapter, counterexample, stuck, note);
  const verdict = verdictOf({ counterexample, contract: adapter.contract, time: adapter.time, run, steps, ...known });
  return { verdict, run, text: verdict === undefined ? heldText(counterexample) : textOf(verdict) };
}

/** All but the command from which the queue does not come back, and then that. */
async function untilStuck(
  adapter: Adapter,
  counterexample: Counterexample,
  { how, place }: Stuck,
  note: (step: Observed) => void,
): Promise<Run> {
  const before = { ...counterexample, commands: counterexample.commands.slice(0, place - 1) };
  const run = await replay(adapter, before, note, { epilogue: false });
  const command = counterexample.commands[place - 1];
  const state = run.stateAfter!;
  const resolved = command && resolve(adapter.contract, state, command, { task: () => '…', waiter: () => '…' });
  const event: Event = resolved === undefined || 'to' in resolved ? { type: 'tick', at: state.now } : resolved;
  note({ command, number: run.commands + 1, event, at: state.now, expectations: [], readings: [], state });
  const divergence = { rule: counterexample.rule, key: 'the queue', expected: 'comes back', actual: how };
  return { ...run, divergence, differences: [divergence] };
}
