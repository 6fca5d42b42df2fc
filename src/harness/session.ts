import {
  usualSetup,
  queueModel,
  type QueueModel,
  type Adapter,
  type Command,
  type Observed,
  type Setup,
  type Subject,
} from '../oracle/index.ts';
import { Driver } from '../oracle/drive.ts';
import { timeFor, type Time } from '../oracle/time.ts';
import { textOf, verdictOf } from '../report/index.ts';
import { shortly } from './replay.ts';

/**
 * One queue beside the model of it, for whoever says himself what is done to it: one command at a time, each compared with
 * what the contract promises. The real side of a model run.
 *
 * If the queue reads the globals, time is virtual from the beginning of a session to its end; it ends where it fails, too.
 */
export class Session {
  /** What the queue must be like now. */
  readonly model: QueueModel;
  /** What the adapter has made: to be looked at. What is done to it behind the session's back the model does not know. */
  readonly subject: Subject;
  readonly #adapter: Adapter;
  readonly #setup: Setup;
  readonly #time: Time;
  readonly #driver: Driver;
  readonly #commands: Command[] = [];
  readonly #steps: Observed[] = [];
  #isOver = false;

  private constructor(adapter: Adapter, setup: Setup, time: Time) {
    let subject: Subject | undefined;
    const make: Adapter['make'] = (surroundings) => (subject = adapter.make(surroundings));
    this.#adapter = adapter;
    this.#setup = setup;
    this.#time = time;
    this.#driver = new Driver({ ...adapter, make }, setup, time.clock, (step) => this.#steps.push(step));
    this.subject = subject!;
    this.model = queueModel(adapter.contract, () => this.#driver.state);
  }

  /** Makes a queue. What is left out of the setup is as usual. */
  static async open(adapter: Adapter, setup: Partial<Setup> = {}): Promise<Session> {
    const time = timeFor(adapter);
    try {
      return await time.during(() =>
        Promise.resolve(new Session(adapter, { ...usualSetup(adapter.contract), ...setup }, time)),
      );
    } catch (error) {
      time.end();
      throw error;
    }
  }

  /**
   * Carries out a command, and compares. One that means nothing now is passed over.
   *
   * @throws Error if a promise is broken: its message is the counterexample. The session is over then.
   */
  async do(command: Command): Promise<void> {
    if (!this.model.means(command)) return;
    this.#commands.push(command);
    await this.#run([command], false);
  }

  /**
   * Brings the queue to rest, and compares: all bodies settle, time runs, a task must still run in each lane. What is lost
   * without showing (a slot, a waiter) shows now. Without it most of what is wrong goes unseen.
   *
   * @throws Error if a promise is broken: its message is the counterexample.
   */
  async end(): Promise<void> {
    await this.#run([], true);
    this.close();
  }

  /** Gives the real time back, and compares nothing more. After a failure or the end there is nothing left to do. */
  close(): void {
    if (!this.#isOver) this.#time.end();
    this.#isOver = true;
  }

  async #run(commands: readonly Command[], isLast: boolean): Promise<void> {
    if (this.#isOver) throw new Error('The session is over: it has ended or failed. Open another one.');
    const run = await this.#time.during(() => this.#driver.run(commands, isLast));
    if (run.divergence === undefined) return;
    this.close();
    const { name, contract } = this.#adapter;
    const setup = this.#setup;
    const counterexample = {
      format: 1,
      subject: name,
      rule: run.divergence.rule,
      setup,
      commands: this.#commands,
    } as const;
    const replay = `await replay(queue, ${shortly(this.#adapter, counterexample)})`;
    throw new Error(textOf(verdictOf({ counterexample, run, steps: this.#steps, contract, replay })!));
  }
}

/**
 * Makes a queue, lets it be used, and brings it to rest; whatever fails on the way, real time is given back. What is left
 * out of the setup is as usual.
 *
 * @returns what `use` does.
 * @throws Error if a promise is broken: its message is the counterexample.
 */
export async function withSession<Result>(
  adapter: Adapter,
  setup: Partial<Setup>,
  use: (session: Session) => Result | Promise<Result>,
): Promise<Result> {
  const session = await Session.open(adapter, setup);
  try {
    const result = await use(session);
    await session.end();
    return result;
  } finally {
    session.close();
  }
}
