import type fc from 'fast-check';
import type { Event } from '../../src/oracle/index.ts';
import { nameOf } from '../../src/oracle/names.ts';
import type { SignalName } from '../../src/oracle/command.ts';
import type { Model, Real } from './lockstep.ts';

/** What an enqueue says; its task is named when it is made. */
export type Request = Omit<Event & { type: 'enqueue' }, 'type' | 'task' | 'aborted' | 'signal'> & {
  readonly signal: SignalName | undefined;
};

export class Enqueue implements fc.AsyncCommand<Model, Real> {
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
  }

  check(): boolean {
    return true;
  }

  run(model: Model, real: Real): Promise<void> {
    const task = nameOf(model.tasks);
    model.tasks += 1;
    return real.perform(model, { type: 'enqueue', task, aborted: this.#request.signal === 'spent', ...this.#request });
  }

  toString(): string {
    return `Enqueue(${JSON.stringify(this.#request)})`;
  }
}

/** A signal that tasks share aborts. */
export class Abort implements fc.AsyncCommand<Model, Real> {
  readonly #signal: SignalName;

  constructor(signal: SignalName) {
    this.#signal = signal;
  }

  check(): boolean {
    return true;
  }

  run(model: Model, real: Real): Promise<void> {
    return real.perform(model, { type: 'abort', signal: this.#signal });
  }

  toString(): string {
    return `Abort(${this.#signal})`;
  }
}
