import type fc from 'fast-check';
import type { Model, Real } from './lockstep.ts';

/** A call that says nothing but the lane, or that it is for all of them. */
abstract class InLane implements fc.AsyncCommand<Model, Real> {
  abstract readonly type: 'reset' | 'clear' | 'pause' | 'resume';
  readonly #lane: string | undefined;

  constructor(lane: string | undefined) {
    this.#lane = lane;
  }

  check(): boolean {
    return true;
  }

  run(model: Model, real: Real): Promise<void> {
    return real.perform(model, { type: this.type, lane: this.#lane });
  }

  toString(): string {
    return `${this.constructor.name}(${this.#lane ?? 'all'})`;
  }
}

export class Reset extends InLane {
  readonly type = 'reset';
}

export class Clear extends InLane {
  readonly type = 'clear';
}

export class Pause extends InLane {
  readonly type = 'pause';
}

export class Resume extends InLane {
  readonly type = 'resume';
}

export class Configure implements fc.AsyncCommand<Model, Real> {
  readonly #lane: string;
  readonly #concurrency: number;

  constructor(lane: string, concurrency: number) {
    this.#lane = lane;
    this.#concurrency = concurrency;
  }

  check(): boolean {
    return true;
  }

  run(model: Model, real: Real): Promise<void> {
    return real.perform(model, { type: 'configure', lane: this.#lane, concurrency: this.#concurrency });
  }

  toString(): string {
    return `Configure(${this.#lane}, ${this.#concurrency})`;
  }
}
