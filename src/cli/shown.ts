import { counterexampleText } from '../report/index.ts';
import { replay, type Certificate, type Counterexample, type Stuck } from '../search/index.ts';
import { resolve, type Adapter, type Event, type Observed, type Run } from '../oracle/index.ts';

interface Known {
  readonly certificate?: Certificate | undefined;
  readonly stuck?: Stuck | undefined;
}

/** A counterexample as it is seen when it is run again, by the command that does so. */
export async function shown(
  adapter: Adapter,
  counterexample: Counterexample,
  { certificate, stuck }: Known,
  command: string,
): Promise<{ readonly text: string; readonly isBroken: boolean }> {
  const steps: Observed[] = [];
  const note = (step: Observed): void => void steps.push(step);
  const run =
    stuck === undefined
      ? await replay(adapter, counterexample, note)
      : await untilStuck(adapter, counterexample, stuck, note);
  const text = counterexampleText({
    counterexample,
    run,
    steps,
    certificate,
    contract: adapter.contract,
    replay: command,
  });
  return { text, isBroken: run.divergence !== undefined };
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
