import { drive, type Adapter, type Contract, type Program, type RuleName, type State } from '../oracle/index.ts';

/** What is remembered of a run. */
export interface Outcome {
  /** The rule that was broken; undefined if none was. */
  readonly broken: RuleName | undefined;
  /** As a run says it. */
  readonly stateAfter: State | undefined;
}

/** Whoever asked for a run does not want it any more. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Runs of one queue, each carried out once: a program that comes up again has come to the same. */
export class Runs {
  readonly contract: Contract;
  readonly #adapter: Adapter;
  readonly #signal: AbortSignal | undefined;
  readonly #outcomes = new Map<string, Outcome>();
  readonly #numbers = new Map<string, number>();
  readonly #known = new WeakMap<object, number>();

  constructor(adapter: Adapter, signal?: AbortSignal) {
    this.contract = adapter.contract;
    this.#adapter = adapter;
    this.#signal = signal;
  }

  /** @throws Stopped once the signal has aborted. */
  async of(program: Program, epilogue: boolean): Promise<Outcome> {
    if (this.#signal?.aborted === true) throw new Stopped('The search was stopped.');
    const name = [epilogue, program.setup, ...program.commands].map((part) => this.#numberOf(part)).join(' ');
    const known = this.#outcomes.get(name);
    if (known !== undefined) return known;
    const { divergence, stateAfter } = await drive(this.#adapter, program, { epilogue });
    const outcome = { broken: divergence?.rule, stateAfter };
    this.#outcomes.set(name, outcome);
    return outcome;
  }

  /** The same few setups and commands come up again and again: as data they are long, as numbers short. */
  #numberOf(part: object | boolean): number {
    if (typeof part === 'boolean') return Number(part);
    let number = this.#known.get(part);
    if (number === undefined) {
      const text = JSON.stringify(part);
      number = this.#numbers.get(text) ?? this.#numbers.size;
      this.#numbers.set(text, number);
      this.#known.set(part, number);
    }
    return number;
  }
}
