import type { Expectation } from './expectation.ts';
import type { RuleName } from './rules.ts';
import type { Lane, Setup, State, Task, TaskId, Waiter, WaiterId } from './state.ts';

/**
 * A step being worked out: what has changed so far, over the state before, which stays as it was. It lets the
 * transitions be written in the order in which things happen.
 */
export class Draft {
  readonly setup: Setup;
  readonly expectations: Expectation[] = [];
  now: number;
  reclaimed: string[] = [];
  readonly #before: State;
  #lanes: Record<string, Lane> | undefined;
  #tasks: Map<TaskId, Task> | undefined;
  #waiters: Map<WaiterId, Waiter> | undefined;

  constructor(before: State) {
    this.#before = before;
    this.setup = before.setup;
    this.now = before.now;
  }

  get state(): State {
    const { setup, told } = this.#before;
    const { reclaimed, now } = this;
    const unchanged = reclaimed.length === 0 && told.reclaimed.length === 0;
    return {
      now,
      setup,
      lanes: this.lanes,
      tasks: this.tasks,
      waiters: this.waiters,
      told: unchanged ? told : { ...told, reclaimed },
    };
  }

  /** This must be seen, and it is this rule that demands it. */
  expect(rule: RuleName, key: string, value: Expectation['value']): void {
    this.expectations.push({ rule, key, value });
  }

  get lanes(): Readonly<Record<string, Lane>> {
    return this.#lanes ?? this.#before.lanes;
  }

  get tasks(): ReadonlyMap<TaskId, Task> {
    return this.#tasks ?? this.#before.tasks;
  }

  get waiters(): ReadonlyMap<WaiterId, Waiter> {
    return this.#waiters ?? this.#before.waiters;
  }

  lane(name: string): Lane {
    return this.lanes[name]!;
  }

  task(id: TaskId): Task {
    return this.tasks.get(id)!;
  }

  changeLane(name: string, change: Partial<Lane>): void {
    this.#lanes ??= { ...this.#before.lanes };
    this.#lanes[name] = { ...this.#lanes[name]!, ...change };
  }

  addTask(task: Task): void {
    this.#tasks ??= new Map(this.#before.tasks);
    this.#tasks.set(task.id, task);
  }

  changeTask(id: TaskId, change: Partial<Task>): void {
    this.addTask({ ...this.task(id), ...change });
  }

  removeTask(id: TaskId): void {
    this.#tasks ??= new Map(this.#before.tasks);
    this.#tasks.delete(id);
  }

  setWaiter(waiter: Waiter): void {
    this.#waiters ??= new Map(this.#before.waiters);
    this.#waiters.set(waiter.id, waiter);
  }

  removeWaiter(id: WaiterId): void {
    this.#waiters ??= new Map(this.#before.waiters);
    this.#waiters.delete(id);
  }
}
