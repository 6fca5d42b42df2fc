import type { Rerun } from '../report/verdict.ts';
import { replay, type Certificate, type Counterexample, type Stuck } from '../search/index.ts';
import { resolve, type Adapter, type Event, type Observed, type Run } from '../oracle/index.ts';

/** What is known of a counterexample beside itself. */
interface Known {
  readonly certificate?: Certificate | undefined;
  readonly stuck?: Stuck | undefined;
}

/** A counterexample, run again; `replayCommand` is what a reader types to do the same. */
export async function rerun(
  adapter: Adapter,
  counterexample: Counterexample,
  { certificate, stuck }: Known,
  replayCommand: string,
): Promise<Rerun> {
  const steps: Observed[] = [];
  const note = (step: Observed): void => void steps.push(step);
  const run =
    stuck === undefined
      ? await replay(adapter, counterexample, note)
      : await untilStuck(adapter, counterexample, stuck, note);
  return { counterexample, contract: adapter.contract, run, steps, certificate, replay: replayCommand };
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
