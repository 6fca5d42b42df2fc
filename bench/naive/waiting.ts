import type fc from 'fast-check';
import type { Event, State, WaiterId } from '../../src/oracle/index.ts';
import type { Model, Real } from './lockstep.ts';

/** What a wait says; its waiter is named when it is made. */
export type WaitRequest = Pick<Event & { type: 'wait' }, 'lane' | 'timeoutMs' | 'signal'>;

function newWaiter(model: Model): WaiterId {
  model.waiters += 1;
  return `w${model.waiters}`;
}

abstract class SomeWait implements fc.AsyncCommand<Model, Real> {
  abstract readonly until: 'left' | 'idle';
  readonly #request: WaitRequest;

  constructor(request: WaitRequest) {
    this.#request = request;
  }

  check(): boolean {
    return true;
  }

  run(model: Model, real: Real): Promise<void> {
    return real.perform(model, {
      type: 'wait',
      waiter: newWaiter(model),
      until: this.until,
      aborted: false,
      ...this.#request,
    });
  }

  toString(): string {
    return `${this.constructor.name}(${JSON.stringify(this.#request)})`;
  }
}

export class Wait extends SomeWait {
  readonly until = 'left';
}

export class WaitForRest extends SomeWait {
  readonly until = 'idle';
}

/** A waiter's signal aborts. */
export class GiveUpWaiting implements fc.AsyncCommand<Model, Real> {
  readonly #index: number;

  constructor(index: number) {
    this.#index = index;
  }

  check({ state }: Readonly<Model>): boolean {
    return mayGiveUp(state).length > 0;
  }

  run(model: Model, real: Real): Promise<void> {
    const waiters = mayGiveUp(model.state);
    return real.perform(model, { type: 'give-up', waiter: waiters[this.#index % waiters.length]! });
  }

  toString(): string {
    return `GiveUpWaiting(${this.#index})`;
  }
}

function mayGiveUp({ waiters }: State): readonly WaiterId[] {
  return waiters.filter(({ signal }) => signal).map(({ id }) => id);
}

export class Close implements fc.AsyncCommand<Model, Real> {
  readonly #deadlineMs: number | undefined;

  constructor(deadlineMs: number | undefined) {
    this.#deadlineMs = deadlineMs;
  }

  check(): boolean {
    return true;
  }

  run(model: Model, real: Real): Promise<void> {
    return real.perform(model, { type: 'close', waiter: newWaiter(model), deadlineMs: this.#deadlineMs });
  }

  toString(): string {
    return `Close(${this.#deadlineMs ?? ''})`;
  }
}
