import { Worker } from 'node:worker_threads';
import { realTime, type Contract, type Program, type RuleName } from '../../oracle/index.ts';
import type { CampaignOptions, Progress, Report, Stuck } from '../campaign.ts';
import type { Exhaustive, ExhaustiveOptions } from '../exhaustive.ts';
import { FlightRecorder, type LastSeen } from './flight-recorder.ts';

/** A function or a signal cannot be sent to another thread. */
type NotSent = 'onBroken' | 'onProgress' | 'signal';

export type Request =
  | { readonly kind: 'campaign'; readonly options: Omit<CampaignOptions, NotSent> }
  | { readonly kind: 'exhaustive'; readonly options: Omit<ExhaustiveOptions, NotSent> }
  /** What is being done is not wanted any more: it ends, and is answered with what was found so far. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'contract' }
  | { readonly kind: 'run'; readonly program: Program; readonly epilogue: boolean };

export type Answer =
  | { readonly kind: 'ready'; readonly name: string; readonly contract: Contract }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'broken'; readonly rule: RuleName; readonly commands: number }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'exhausted'; readonly found: Exhaustive }
  | { readonly kind: 'ran' };

/** An answer after which nothing more comes. */
type Final = Exclude<Answer, { kind: 'progress' | 'broken' }>;

/** The thread is no more: what it did last, and how it ended. */
export interface Lost {
  readonly kind: 'lost';
  readonly how: Stuck['how'];
  readonly lastSeen: LastSeen;
  /** How many runs had come to their end, and how many commands had been carried out in them. */
  readonly runs: number;
  readonly commands: number;
}

/** How a thread is asked. */
export interface Asking {
  /** How long the thread may stay in one command. */
  readonly patienceMs: number;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Told when a rule is first found broken, before that is made short. */
  readonly onBroken?: ((rule: RuleName, commands: number) => void) | undefined;
  /** Once it aborts the thread is told to stop, and answers with what was found so far. */
  readonly signal?: AbortSignal | undefined;
}

/** How often the beat is looked at. */
const LOOK_EVERY_MS = 50;
/** So long may it take until a new thread begins. */
const START_PATIENCE_MS = 10_000;
/** So much may a queue keep; more is taken for a leak without end. */
const MOST_MEGABYTES = 1_024;

/** A thread with a queue in it, watched from outside. A lost thread is replaced by a new one when it is next asked. */
export class WatchedThread {
  readonly #module: string;
  #recorder = new FlightRecorder();
  #worker: Worker | undefined;

  constructor(module: string) {
    this.#module = module;
  }

  /**
   * Asks for something, and waits for it as long as anything happens.
   *
   * @throws whatever loading the queue throws.
   */
  async ask(request: Request, { patienceMs, onProgress, onBroken, signal }: Asking): Promise<Final | Lost> {
    const worker = await this.#ready();
    return new Promise((resolve, reject) => {
      let [beat, since, runs, commands] = [this.#recorder.beat, realTime.now(), 0, 0];
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      const post = (it: Request): void => worker.postMessage(it);
      const stop = (): void => post({ kind: 'stop' });
      const end = (result: Final | Lost | Error): void => {
        realTime.clearInterval(look);
        signal?.removeEventListener('abort', stop);
        silence(worker);
        if (result instanceof Error) reject(result);
        else resolve(result);
      };
      const lose = (how: Lost['how'], otherwise: Error): void => {
        const { lastSeen } = this.#recorder;
        void this.close();
        end(lastSeen === undefined ? otherwise : { kind: 'lost', how, lastSeen, runs, commands });
      };
      const look = realTime.setInterval(() => {
        if (this.#recorder.beat !== beat) [beat, since] = [this.#recorder.beat, realTime.now()];
        else if (realTime.now() - since > (beat === 0 ? START_PATIENCE_MS : patienceMs))
          lose('loops for ever', new Error('The queue never answered.'));
      }, LOOK_EVERY_MS);
      worker.on('message', (answer: Answer) => {
        if (answer.kind === 'broken') return onBroken?.(answer.rule, answer.commands);
        if (answer.kind !== 'progress') return end(answer);
        ({ runs, commands } = answer.progress);
        onProgress?.(answer.progress);
      });
      worker.on('error', (error: NodeJS.ErrnoException) => {
        const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        if (isMemory) lose('exhausts the memory', error);
        else end(error);
      });
      worker.on('exit', (code) => lose('ends the process', new Error(`The queue ended the process with ${code}.`)));
      signal?.addEventListener('abort', stop);
      post(request);
      if (signal?.aborted === true) stop();
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #ready(): Promise<Worker> {
    if (this.#worker !== undefined) return this.#worker;
    this.#recorder = new FlightRecorder();
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { module: this.#module, memory: this.#recorder.memory },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    });
    await new Promise<void>((resolve, reject) => {
      worker.once('message', () => resolve());
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`${this.#module}: ended with ${code} while it was loaded.`)));
    });
    silence(worker);
    this.#worker = worker;
    return worker;
  }
}

/** Not all listeners: a worker has some of its own. */
function silence(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}
