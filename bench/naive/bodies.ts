import type fc from 'fast-check';
import type { Event, Hold, State, TaskId } from '../../src/oracle/index.ts';
import type { Model, Real } from './lockstep.ts';

/** Bodies that hold a slot. */
export function active({ lanes }: State): readonly Hold[] {
  return lanes.flatMap(({ holds }) => holds);
}

/** Those of them that may still settle of themselves. */
export function free(state: State): readonly Hold[] {
  return active(state).filter(({ hung }) => !hung);
}

/** Something that a body does: of those that can, the one at an index, modulo their number. */
abstract class OnBody implements fc.AsyncCommand<Model, Real> {
  readonly #index: number;

  constructor(index: number) {
    this.#index = index;
  }

  abstract among(state: State): readonly Hold[];

  abstract event(task: TaskId): Event;

  check({ state }: Readonly<Model>): boolean {
    return this.among(state).length > 0;
  }

  run(model: Model, real: Real): Promise<void> {
    const bodies = this.among(model.state);
    return real.perform(model, this.event(bodies[this.#index % bodies.length]!.id));
  }

  toString(): string {
    return `${this.constructor.name}(${this.#index})`;
  }
}

export class Complete extends OnBody {
  among(state: State): readonly Hold[] {
    return free(state);
  }

  event(task: TaskId): Event {
    return { type: 'settle', task, how: 'fulfilled' };
  }
}

export class Fail extends OnBody {
  among(state: State): readonly Hold[] {
    return free(state);
  }

  event(task: TaskId): Event {
    return { type: 'settle', task, how: 'rejected' };
  }
}

export class Hang extends OnBody {
  among(state: State): readonly Hold[] {
    return free(state);
  }

  event(task: TaskId): Event {
    return { type: 'hang', task };
  }
}

export class Progress extends OnBody {
  among(state: State): readonly Hold[] {
    return active(state);
  }

  event(task: TaskId): Event {
    return { type: 'progress', task };
  }
}

/** A body settles whose slot was taken back. */
export class SettleLate extends OnBody {
  readonly #how: 'fulfilled' | 'rejected';

  constructor(index: number, how: 'fulfilled' | 'rejected') {
    super(index);
    this.#how = how;
  }

  among({ detached }: State): readonly Hold[] {
    return detached;
  }

  event(task: TaskId): Event {
    return { type: 'settle', task, how: this.#how };
  }
}
