import type fc from 'fast-check';
import type { Model, Real } from './lockstep.ts';

export class Advance implements fc.AsyncCommand<Model, Real> {
  readonly #byMs: number;

  constructor(byMs: number) {
    this.#byMs = byMs;
  }

  check(): boolean {
    return true;
  }

  run(model: Model, real: Real): Promise<void> {
    return real.advance(model, this.#byMs);
  }

  toString(): string {
    return `Advance(${this.#byMs})`;
  }
}
