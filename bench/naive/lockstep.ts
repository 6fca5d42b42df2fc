import {
  ABSENT,
  atRest,
  deadlines,
  hear,
  initialState,
  key,
  nextDeadline,
  promises,
  step,
  type Adapter,
  type Contract,
  type Divergence,
  type Event,
  type RuleName,
  type Setup,
  type State,
} from '../../src/oracle/index.ts';
import { nextTurn } from '../../src/oracle/barrier.ts';
import { compare } from '../../src/oracle/compare.ts';
import type { VirtualClock } from '../../src/oracle/virtual-clock.ts';
import { World } from '../../src/oracle/world.ts';

/** The model's side of a run, as fast-check hands it to each command. */
export interface Model {
  state: State;
  /** How many tasks and waiters have been named. */
  tasks: number;
  waiters: number;
  /** How many commands were carried out. */
  commands: number;
}

export function newModel(contract: Contract, setup: Setup): Model {
  return { state: initialState(contract, setup), tasks: 0, waiters: 0, commands: 0 };
}

/** The queue did something else than the model. */
export class Broken extends Error {
  readonly divergence: Divergence;

  constructor(divergence: Divergence) {
    const { rule, key: name, expected, actual } = divergence;
    super(`${rule}: ${name}: expected ${expected}, got ${actual}`);
    this.divergence = divergence;
  }
}

/** As many as the project's own driver allows: a queue with more than these arms timers without end. */
const MOST_FIRINGS_AN_INSTANT = 1_000;
const MOST_INSTANTS_AN_ADVANCE = 10_000;

/**
 * The queue's side of a run. It does and sees what `src/oracle/drive.ts` does and sees, step for step, so that two
 * harnesses differ by what they draw and by how they shrink it, and by nothing else.
 */
export class Real {
  readonly contract: Contract;
  readonly #clock: VirtualClock;
  readonly #world: World;
  readonly #isChecked: (rule: RuleName, name: string) => boolean;

  constructor(adapter: Adapter, setup: Setup, clock: VirtualClock) {
    this.contract = adapter.contract;
    this.#clock = clock;
    const world = (this.#world = new World(adapter, setup, clock));
    this.#isChecked = (rule, name) => promises(adapter.contract, rule) && !world.isUnseen(name);
  }

  noteError(error: unknown): void {
    this.#world.noteError(error);
  }

  /** Does one thing to both sides and compares them. */
  async perform(model: Model, event: Event): Promise<void> {
    model.commands += 1;
    // A body that hangs does nothing to the queue: it cannot answer.
    if (event.type === 'hang') this.#world.perform(event);
    else await inOneTurn(() => this.#world.perform(event));
    this.#compare(model, event);
  }

  /** Lets time pass on both sides, and compares them wherever one of them has something to do. */
  async advance(model: Model, byMs: number): Promise<void> {
    model.commands += 1;
    const to = model.state.now + byMs;
    let next = this.#nextTime(model);
    for (let instants = 0, isOver = false; !isOver; instants += 1) {
      if (instants > MOST_INSTANTS_AN_ADVANCE) throw endless();
      const at = Math.min(Math.max(model.state.now, next), to);
      await this.#instant(model, at);
      next = this.#nextTime(model);
      isOver = at >= to && next > to;
    }
  }

  async #instant(model: Model, at: number): Promise<void> {
    this.#clock.moveTo(at);
    for (let firings = 0; this.#clock.nextAt <= at; firings += 1) {
      if (firings >= MOST_FIRINGS_AN_INSTANT) throw endless();
      await inOneTurn(() => this.#fireOne());
    }
    this.#compare(model, { type: 'tick', at });
  }

  #fireOne(): void {
    try {
      this.#clock.fireOne();
    } catch (error) {
      this.noteError(error);
    }
  }

  #nextTime({ state }: Model): number {
    return Math.min(nextDeadline(deadlines(this.contract, state)), this.#clock.nextAt);
  }

  #compare(model: Model, event: Event): void {
    const main = step(this.contract, model.state, event);
    const { readings, heard } = this.#world.read(main.expectations, atRest(main.state));
    const warned = hear(this.contract, main.state, heard);
    model.state = warned.state;
    const divergence = compare([...main.expectations, ...warned.expectations], readings, this.#isChecked);
    if (divergence !== undefined) throw new Broken(divergence);
  }
}

function endless(): Broken {
  return new Broken({ rule: 'no-stray-errors', key: key.error, expected: ABSENT, actual: 'timers without end' });
}

/** The turn is begun first: what a subject puts off by a turn of its own comes after it, too late. */
async function inOneTurn(act: () => void): Promise<void> {
  const turn = nextTurn();
  act();
  await turn;
}
