import {
  ABSENT,
  atRest,
  deadlines,
  hear,
  initialState,
  isAboutAnother,
  key,
  nextDeadline,
  promises,
  step,
  type Contract,
  type Event,
  type Expectation,
  type RuleName,
  type Setup,
  type State,
} from '../model/index.ts';
import type { Adapter } from './adapter.ts';
import { turnByTurn } from './barrier.ts';
import type { Command, Program } from './command.ts';
import { compare, differences, type Divergence } from './compare.ts';
import { epilogueOf } from './epilogue.ts';
import { freshNames } from './names.ts';
import { resolve, type Resolved } from './resolve.ts';
import { hearStrayErrors } from './stray-errors.ts';
import { timeFor } from './time.ts';
import type { DriverClock } from './virtual-clock.ts';
import { World } from './world.ts';

/** One step of a run, as it is told to an observer. */
export interface Observed {
  /** The command that the step belongs to; undefined in the epilogue. */
  readonly command: Command | undefined;
  /** Which of the commands carried out that is, from 1. */
  readonly number: number;
  readonly event: Event;
  readonly at: number;
  readonly expectations: readonly Expectation[];
  /** What was seen, by the names on which the model and the driver agree. */
  readonly readings: Iterable<readonly [name: string, value: string | number]>;
  /** The model's state after it. */
  readonly state: State;
}

/** What came of one run. */
export interface Run {
  /** How many commands meant something and were carried out. */
  readonly commands: number;
  /** How many more the epilogue carried out. */
  readonly epilogue: number;
  /** How many of the program's commands it came to: what stands behind them had no part in what it showed. */
  readonly reached: number;
  /** How often each rule demanded something; those that did not are left out. */
  readonly exercised: ReadonlyMap<RuleName, number>;
  /** The first divergence; undefined if there was none. */
  readonly divergence: Divergence | undefined;
  /** All that was not as it must be in that step, the divergence first. */
  readonly differences: readonly Divergence[];
  /** The model's state after the last command, before the epilogue; undefined if the divergence came before that. */
  readonly stateAfter: State | undefined;
}

export interface DriveOptions {
  /** Told of each step. */
  readonly observe?: ((observed: Observed) => void) | undefined;
  /** Default true. Without it a run ends with its last command. */
  readonly epilogue?: boolean;
}

/** More firings than any honest queue needs: beyond them a subject is taken to arm timers without end. */
const MOST_FIRINGS_AN_INSTANT = 1_000;
const MOST_INSTANTS_AN_ADVANCE = 10_000;
/** What is too dear to look at in each step is looked at after so many commands, and after the last. */
const COMMANDS_A_LOOK = 64;
const TURNS_AT_A_TIME = 32;

/** Does what a program says to a fresh queue and to the model, side by side, and compares the two after each step. */
export async function drive(adapter: Adapter, program: Program, options: DriveOptions = {}): Promise<Run> {
  const { observe, epilogue = true } = options;
  const { clock, during, end } = timeFor(adapter);
  try {
    const { onCommand } = adapter;
    const tellPlace = onCommand && ((place: number): void => onCommand(program, place));
    return await during(() =>
      new Driver(adapter, program.setup, clock, observe, tellPlace).run(program.commands, epilogue),
    );
  } finally {
    end();
  }
}

type Script = Generator<void, void, void>;

/** One queue and the model of it, side by side. */
export class Driver {
  readonly #contract: Contract;
  readonly #tellPlace: ((place: number) => void) | undefined;
  readonly #observe: ((observed: Observed) => void) | undefined;
  readonly #world: World;
  readonly #isChecked: (rule: RuleName, name: string) => boolean;
  readonly #exercised = new Map<RuleName, number>();
  readonly #fresh = freshNames();
  #state: State;
  #command: Command | undefined;
  #divergence: Divergence | undefined;
  #differences: readonly Divergence[] = [];
  #stateAfter: State | undefined;
  #commands = 0;
  #afterwards = 0;
  #reached = 0;

  /** `tellPlace` is told before each command how many were begun, and before the epilogue one more. */
  constructor(
    adapter: Adapter,
    setup: Setup,
    clock: DriverClock,
    observe?: (observed: Observed) => void,
    tellPlace?: (place: number) => void,
  ) {
    this.#contract = adapter.contract;
    this.#tellPlace = tellPlace;
    this.#observe = observe;
    this.#world = new World(adapter, setup, clock);
    this.#isChecked = (rule, name) => promises(adapter.contract, rule) && !this.#world.isUnseen(name);
    this.#state = initialState(adapter.contract, setup);
  }

  /** The model's state, now. */
  get state(): State {
    return this.#state;
  }

  /** Carries out more commands, and then the epilogue, if it is asked for. What it returns is about all of them so far. */
  async run(commands: Iterable<Command>, epilogue: boolean): Promise<Run> {
    // Errors are made by the thousand here and nobody reads their stacks, which are most of their cost.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    const stray = (error: unknown): void => this.#world.noteError(error);
    // A queue that puts things off by turns of its own needs rounds of the loop.
    const atATime = this.#contract.turns > 1 ? 1 : TURNS_AT_A_TIME;
    try {
      await hearStrayErrors(stray, () => turnByTurn(this.#script(commands, epilogue), atATime));
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    return {
      commands: this.#commands,
      epilogue: this.#afterwards,
      reached: this.#reached,
      exercised: this.#exercised,
      divergence: this.#divergence,
      differences: this.#differences,
      stateAfter: this.#stateAfter,
    };
  }

  /** All that is done, in order; it yields wherever a turn of the event loop must pass. */
  *#script(commands: Iterable<Command>, epilogue: boolean): Script {
    for (const command of commands) {
      this.#reached += 1;
      this.#tellPlace?.(this.#reached);
      const resolved = resolve(this.#contract, this.#state, command, this.#fresh);
      // A command that means nothing here is passed over, and not counted.
      if (resolved === undefined) continue;
      this.#commands += 1;
      this.#command = command;
      if (mayTouchSeveral(resolved)) yield* this.#unplant();
      if ('to' in resolved)
        yield* resolved.type === 'advance' ? this.#advance(resolved.to) : this.#oversleep(resolved.to);
      else {
        // As `#perform` does, without a generator of its own: most commands come here.
        if (!this.#world.perform(resolved)) this.#take(resolved);
        else {
          yield;
          if (this.#contract.turns > 1) yield* this.#untilSettled(resolved);
          this.#check(resolved);
        }
      }
      if (this.#commands % COMMANDS_A_LOOK === 0 && this.#divergence === undefined) this.#look();
      if (this.#divergence !== undefined) return;
    }
    this.#command = undefined;
    // A longer program has no look here: what this one finds does not stand in its way.
    this.#stateAfter = this.#state;
    this.#look();
    if (this.#divergence !== undefined) return;
    if (!epilogue) return;
    this.#tellPlace?.(this.#reached + 1);
    yield* epilogueOf({
      contract: this.#contract,
      state: () => this.#state,
      isOver: () => this.#divergence !== undefined,
      act: (one) => this.#act(one),
      passTo: (time) => this.#pass(time),
    });
  }

  /** At what need not be seen after each command. */
  #look(): void {
    const look: Event = { type: 'look' };
    this.#world.perform(look);
    this.#check(look);
  }

  /** Of two lanes that have something to do at one instant nobody promises which comes first: then no call may go between them. */
  *#unplant(): Script {
    if (this.#state.planted.some(isAboutAnother)) yield* this.#perform({ type: 'unplant' });
  }

  *#perform(event: Event): Script {
    if (!this.#world.perform(event)) return this.#take(event);
    yield;
    if (this.#contract.turns > 1) yield* this.#untilSettled(event);
    this.#check(event);
  }

  /** The process wakes up: all that was due while it slept is due now. */
  *#oversleep(to: number): Script {
    yield* this.#instant(to);
    yield* this.#advance(to);
  }

  /** Lets time pass, stopping wherever the model or the subject has something to do. */
  *#advance(to: number): Script {
    let next = this.#nextTime();
    for (let instants = 0; this.#divergence === undefined; instants += 1) {
      if (instants > MOST_INSTANTS_AN_ADVANCE) return this.#giveUp();
      const at = Math.min(Math.max(this.#state.now, next), to);
      yield* this.#instant(at);
      next = this.#nextTime();
      if (at >= to && next > to) return;
    }
  }

  *#instant(at: number): Script {
    this.#world.clock.moveTo(at);
    const tick: Event = { type: 'tick', at };
    let firings = 0;
    do {
      while (this.#fireOne()) {
        yield;
        firings += 1;
        if (firings > MOST_FIRINGS_AN_INSTANT) return this.#giveUp();
      }
      if (this.#contract.turns > 1) yield* this.#untilSettled(tick);
    } while (this.#world.clock.nextAt <= at);
    this.#check(tick);
  }

  /**
   * A queue that needs several turns for what it does at once is given them, as many as its contract says. One it is given in
   * any case: it may have put off something that nobody sees, and that must not happen after what comes next.
   */
  *#untilSettled(event: Event): Script {
    yield;
    const { expectations, state } = step(this.#contract, this.#state, event);
    for (let turn = 2; turn < this.#contract.turns; turn += 1) {
      const readings = this.#world.look(expectations, atRest(state));
      if (compare(expectations, readings, this.#isChecked) === undefined) return;
      yield;
    }
  }

  /** No honest queue does this, whatever it promises: the run is over. */
  #giveUp(): void {
    const actual = 'timers without end';
    this.#divergence = { rule: 'no-stray-errors', key: key.error, expected: ABSENT, actual };
    this.#differences = [this.#divergence];
    this.#tell({ type: 'tick', at: this.#world.clock.now() }, [], []);
  }

  #fireOne(): boolean {
    try {
      return this.#world.clock.fireOne();
    } catch (error) {
      this.#world.noteError(error);
      return true;
    }
  }

  #nextTime(): number {
    return Math.min(nextDeadline(deadlines(this.#contract, this.#state)), this.#world.clock.nextAt);
  }

  /** What concerns the bodies and callers alone: the queue has not been called, and there is nothing new to see of it. */
  #take(event: Event): void {
    this.#state = step(this.#contract, this.#state, event).state;
    this.#tell(event, [], []);
  }

  #check(event: Event): void {
    const main = step(this.#contract, this.#state, event);
    const { readings, heard } = this.#world.read(main.expectations, atRest(main.state));
    const warned = hear(this.#contract, main.state, heard);
    this.#state = warned.state;
    const expectations =
      warned.expectations.length === 0 ? main.expectations : [...main.expectations, ...warned.expectations];
    this.#countExercised(expectations);
    this.#divergence = compare(expectations, readings, this.#isChecked);
    if (this.#divergence !== undefined) this.#differences = differences(expectations, readings, this.#isChecked);
    // A look in between is worth telling only where it finds something.
    if (event.type === 'look' && this.#divergence === undefined) return;
    this.#tell(event, expectations, readings);
  }

  #tell(event: Event, expectations: readonly Expectation[], readings: Observed['readings']): void {
    const state = this.#state;
    this.#observe?.({
      command: this.#command,
      number: this.#commands,
      event,
      at: state.now,
      expectations,
      readings,
      state,
    });
  }

  /** What nobody can see has not been put to the test. Expectations of one rule come in rows: each row is added at once. */
  #countExercised(expectations: readonly Expectation[]): void {
    for (let from = 0, to = 0; from < expectations.length; from = to) {
      const { rule } = expectations[from]!;
      let seen = 0;
      for (; to < expectations.length && expectations[to]!.rule === rule; to += 1)
        if (!this.#world.isUnseen(expectations[to]!.key)) seen += 1;
      if (seen > 0) this.#exercised.set(rule, (this.#exercised.get(rule) ?? 0) + seen);
    }
  }

  *#pass(to: number): Script {
    this.#afterwards += 1;
    yield* this.#advance(to);
  }

  *#act(event: Event): Script {
    if (this.#divergence !== undefined) return;
    this.#afterwards += 1;
    yield* this.#perform(event);
  }
}

const TOUCHES_SEVERAL: readonly Resolved['type'][] = ['advance', 'oversleep', 'abort', 'close'];

/** Time, and what is said of all lanes. */
function mayTouchSeveral(resolved: Resolved): boolean {
  if ('lane' in resolved) return resolved.lane === undefined;
  return TOUCHES_SEVERAL.includes(resolved.type);
}
