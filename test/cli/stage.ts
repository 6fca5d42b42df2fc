import { run } from '../../src/cli/run.ts';
import type { Io, Sink } from '../../src/cli/io.ts';

/** What is written somewhere, kept. */
export class Kept implements Sink {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number = 80;
  /** Told after each piece. */
  readonly onWrite: () => void;

  constructor(isTTY = false, onWrite: () => void = () => {}) {
    this.isTTY = isTTY;
    this.onWrite = onWrite;
  }

  write(text: string): void {
    this.text += text;
    this.onWrite();
  }
}

/** The process around the command line, as a test has it: nothing in its environment, and a clock that is set by hand. */
export class Stage implements Io {
  readonly stdout: Kept;
  readonly stderr: Kept;
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds. */
  time = 0;
  #interrupt: (() => void) | undefined;

  constructor({ env = {}, isTTY = false, onStderr = () => {} }: Partial<Surroundings> = {}) {
    this.env = env;
    this.stdout = new Kept(isTTY);
    this.stderr = new Kept(isTTY, () => onStderr(this));
  }

  readonly now = (): number => this.time;

  readonly onInterrupt = (listener: () => void): (() => void) => {
    this.#interrupt = listener;
    return () => (this.#interrupt = undefined);
  };

  /** Ctrl-C; false if nobody listens, and it would have ended the process. */
  interrupt(): boolean {
    const listener = this.#interrupt;
    this.#interrupt = undefined;
    listener?.();
    return listener !== undefined;
  }
}

interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly isTTY: boolean;
  readonly onStderr: (stage: Stage) => void;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line in this process. */
export async function ran(args: readonly string[], stage: Stage = new Stage()): Promise<Ran> {
  const code = await run(args, stage);
  return { code, stdout: stage.stdout.text, stderr: stage.stderr.text };
}
