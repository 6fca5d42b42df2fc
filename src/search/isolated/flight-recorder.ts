import type { Program } from '../../oracle/index.ts';

/** Room for the longest program that is ever drawn, as JSON. */
const PROGRAM_BYTES = 1 << 20;
const [BEAT, PLACE, LENGTH, HEADER_INTS] = [0, 1, 2, 4];

/** What was being done when nothing more was heard. */
export interface LastSeen {
  readonly program: Program;
  /** How many of its commands had been begun; one more than it has where that was in the epilogue. */
  readonly place: number;
}

/**
 * What a thread is doing, written where another can read it though the first never answers again. A beat is counted with
 * every command: where it stands still, the thread does.
 */
export class FlightRecorder {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #text: Buffer;
  #program: Program | undefined;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(HEADER_INTS * 4 + PROGRAM_BYTES)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory, 0, HEADER_INTS);
    this.#text = Buffer.from(memory, HEADER_INTS * 4);
  }

  get beat(): number {
    return Atomics.load(this.#numbers, BEAT);
  }

  note(program: Program, place: number): void {
    if (program !== this.#program) {
      this.#program = program;
      Atomics.store(this.#numbers, LENGTH, this.#text.write(JSON.stringify(program)));
    }
    Atomics.store(this.#numbers, PLACE, place);
    Atomics.add(this.#numbers, BEAT, 1);
  }

  /** Undefined where nothing was ever begun. */
  get lastSeen(): LastSeen | undefined {
    const length = Atomics.load(this.#numbers, LENGTH);
    if (length === 0) return undefined;
    const program = JSON.parse(this.#text.toString('utf8', 0, length)) as Program;
    return { program, place: Atomics.load(this.#numbers, PLACE) };
  }
}
