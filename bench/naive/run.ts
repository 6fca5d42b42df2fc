import fc from 'fast-check';
import type { Adapter, Setup } from '../../src/oracle/index.ts';
import { VirtualClock } from '../../src/oracle/virtual-clock.ts';
import { free } from './bodies.ts';
import { Broken, newModel, Real, type Model } from './lockstep.ts';

/** What came of one run. */
export interface Ran {
  /** How many commands were carried out, without the end check. */
  readonly commands: number;
  readonly broken?: Broken;
}

/** One run, in the surroundings that the project's own driver makes: its time of day, and an ear for stray errors. */
export async function run(
  adapter: Adapter,
  setup: Setup,
  sequence: Iterable<fc.AsyncCommand<Model, Real>>,
): Promise<Ran> {
  const clock = new VirtualClock();
  const { now: realNow } = Date;
  const { stackTraceLimit } = Error;
  Date.now = () => clock.wallNow();
  Error.stackTraceLimit = 0;
  const real = new Real(adapter, setup, clock);
  const model = newModel(adapter.contract, setup);
  const stray = (error: unknown): void => real.noteError(error);
  process.on('unhandledRejection', stray);
  process.on('uncaughtException', stray);
  let carriedOut: number | undefined;
  try {
    await fc.asyncModelRun(() => ({ model, real }), sequence);
    carriedOut = model.commands;
    await end(model, real);
    return { commands: carriedOut };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { commands: carriedOut ?? model.commands, broken: error };
  } finally {
    Date.now = realNow;
    Error.stackTraceLimit = stackTraceLimit;
    process.off('unhandledRejection', stray);
    process.off('uncaughtException', stray);
  }
}

/** A lot: the reference queue's ceilings and timeouts are a quarter of it at most. */
const LONG_MS = 3_600_000;

/** All that is open settles, a long time passes, and what started meanwhile settles too. */
async function end(model: Model, real: Real): Promise<void> {
  await settleAll(model, real);
  await real.advance(model, LONG_MS);
  await settleAll(model, real);
}

async function settleAll(model: Model, real: Real): Promise<void> {
  for (;;) {
    const [body] = [...free(model.state), ...model.state.detached.filter(({ hung }) => !hung)];
    if (body === undefined) return;
    await real.perform(model, { type: 'settle', task: body.id, how: 'fulfilled' });
  }
}
