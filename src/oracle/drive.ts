import {
  atRest,
  deadlines,
  hear,
  initialState,
  promises,
  step,
  type Contract,
  type Event,
  type Expectation,
  type RuleName,
  type State,
} from '../model/index.ts';
import type { Adapter } from './adapter.ts';
import { nextTurn } from './barrier.ts';
import type { Command, Program } from './command.ts';
import { compare, type Divergence } from './compare.ts';
import { nameOf } from './names.ts';
import { resolve } from './resolve.ts';
import { World, type Readings } from './world.ts';

/** One step of a run, as it is told to an observer. */
export interface Observed {
  /** The command that the step belongs to; undefined in the epilogue. */
  readonly command: Command | undefined;
  readonly event: Event;
  readonly at: number;
  readonly expectations: readonly Expectation[];
  readonly readings: Readings;
}

/** What came of one run. */
export interface Run {
  /** How many commands meant something and were carried out. */
  readonly commands: number;
  /** How often each rule demanded something. */
  readonly exercised: ReadonlyMap<RuleName, number>;
  /** The first divergence; undefined if there was none. */
  readonly divergence: Divergence | undefined;
}

/** More firings than any honest queue needs: beyond them a subject is taken to arm timers without end. */
const MOST_FIRINGS_AN_INSTANT = 1_000;
const MOST_INSTANTS_AN_ADVANCE = 10_000;

/** Does what a program says to a fresh queue and to the model, side by side, and compares the two after each step. */
export async function drive(
  adapter: Adapter,
  program: Program,
  observe?: (observed: Observed) => void,
): Promise<Run> {
  return new Driver(adapter, program, observe).run();
}

class Driver {
  readonly #contract: Contract;
  readonly #program: Program;
  readonly #observe: ((observed: Observed) => void) | undefined;
  readonly #world: World;
  readonly #isChecked: (rule: RuleName) => boolean;
  readonly #exercised = new Map<RuleName, number>();
  #state: State;
  #command: Command | undefined;
  #divergence: Divergence | undefined;
  #tasks = 0;
  #waiters = 0;

  constructor(adapter: Adapter, program: Program, observe: ((observed: Observed) => void) | undefined) {
    this.#contract = adapter.contract;
    this.#program = program;
    this.#observe = observe;
    this.#world = new World(adapter, program.setup);
    this.#isChecked = (rule) => promises(adapter.contract, rule);
    this.#state = initialState(adapter.contract, program.setup);
  }

  async run(): Promise<Run> {
    const stray = (error: unknown): void => this.#world.noteError(error);
    process.on('unhandledRejection', stray);
    process.on('uncaughtException', stray);
    try {
      let commands = 0;
      for (const command of this.#program.commands) {
        if (this.#divergence !== undefined) break;
        if (await this.#carryOut(command)) commands += 1;
      }
      this.#command = undefined;
      if (this.#divergence === undefined) await this.#epilogue();
      return { commands, exercised: this.#exercised, divergence: this.#divergence };
    } finally {
      process.off('unhandledRejection', stray);
      process.off('uncaughtException', stray);
    }
  }

  /** False if the command means nothing here. */
  async #carryOut(command: Command): Promise<boolean> {
    const fresh = { task: nameOf(this.#tasks), waiter: `w${this.#waiters + 1}` };
    const resolved = resolve(this.#contract, this.#state, command, fresh);
    if (resolved === undefined) return false;
    if (resolved.type === 'enqueue') this.#tasks += 1;
    if (resolved.type === 'wait') this.#waiters += 1;
    this.#command = command;
    await (resolved.type === 'advance' ? this.#advance(resolved.to) : this.#perform(resolved));
    return true;
  }

  async #perform(event: Event): Promise<void> {
    this.#world.perform(event);
    await nextTurn();
    this.#check(event);
  }

  /** Lets time pass, stopping wherever the model or the subject has something to do. */
  async #advance(to: number): Promise<void> {
    for (let instants = 0; this.#divergence === undefined; instants += 1) {
      if (instants > MOST_INSTANTS_AN_ADVANCE) this.#world.noteError(new EndlessTimers());
      const due = this.#nextDeadline();
      const at = Math.min(Math.max(this.#state.now, Math.min(due, this.#world.clock.nextAt)), to);
      await this.#instant(at);
      if (at >= to && Math.min(this.#nextDeadline(), this.#world.clock.nextAt) > to) return;
    }
  }

  async #instant(at: number): Promise<void> {
    this.#world.clock.moveTo(at);
    let firings = 0;
    while (this.#fireOne()) {
      await nextTurn();
      firings += 1;
      if (firings <= MOST_FIRINGS_AN_INSTANT) continue;
      this.#world.noteError(new EndlessTimers());
      break;
    }
    this.#check({ type: 'tick', at });
  }

  #fireOne(): boolean {
    try {
      return this.#world.clock.fireOne();
    } catch (error) {
      this.#world.noteError(error);
      return true;
    }
  }

  #nextDeadline(): number {
    const { stall, waiter, warning } = deadlines(this.#contract, this.#state);
    return Math.min(stall, waiter, warning);
  }

  #check(event: Event): void {
    const main = step(this.#contract, this.#state, event);
    const { readings, heard } = this.#world.read(atRest(main.state));
    const warned = hear(this.#contract, main.state, heard);
    this.#state = warned.state;
    const expectations = [...main.expectations, ...warned.expectations];
    for (const { rule } of expectations) this.#exercised.set(rule, (this.#exercised.get(rule) ?? 0) + 1);
    this.#divergence = compare(expectations, readings, this.#isChecked);
    this.#observe?.({ command: this.#command, event, at: this.#state.now, expectations, readings });
  }

  /**
   * Ends a run so that nothing may be left: every lane gets a slot, every body that is not hung settles, time runs until
   * nothing more happens of itself, a probe must run in each lane, and a reset must leave the queue at rest.
   */
  async #epilogue(): Promise<void> {
    for (const lane of this.#contract.lanes) {
      if (this.#state.lanes[lane]!.concurrency === 0) await this.#do({ type: 'configure', lane, concurrency: 1 });
    }
    await this.#runDry();
    for (const lane of this.#contract.lanes) {
      const task = `probe of ${lane}`;
      const priority = this.#contract.priorities[0]!;
      await this.#do({ type: 'enqueue', task, lane, priority, source: undefined, detach: false });
      await this.#runDry();
    }
    if (promises(this.#contract, 'reset')) await this.#do({ type: 'reset', lane: undefined });
    else await this.#settleAll(() => true);
  }

  async #runDry(): Promise<void> {
    const reclaims = promises(this.#contract, 'no-permanent-saturation');
    while (this.#divergence === undefined) {
      await this.#settleAll((hung) => !hung || !reclaims);
      const { stall, waiter } = deadlines(this.#contract, this.#state);
      const next = Math.min(stall, waiter);
      if (next === Infinity) return;
      await this.#advance(next);
    }
  }

  async #settleAll(mayEnd: (hung: boolean) => boolean): Promise<void> {
    for (;;) {
      const task = [...this.#state.tasks.values()].find((one) => one.place !== 'queued' && mayEnd(one.hung));
      if (task === undefined || this.#divergence !== undefined) return;
      await this.#do({ type: 'settle', task: task.id, how: 'fulfilled' });
    }
  }

  async #do(event: Event): Promise<void> {
    if (this.#divergence === undefined) await this.#perform(event);
  }
}

class EndlessTimers extends Error {
  override readonly name = 'EndlessTimers';
}
