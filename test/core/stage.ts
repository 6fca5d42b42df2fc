import { LaneQueue, type LaneQueueOptions, type QueueEvent } from '../../src/core/index.ts';
import { nextTurn } from '../../src/oracle/barrier.ts';
import { StageClock } from '../scenarios/stage.ts';

export { nextTurn, StageClock };

export const ignore = (): void => {};
export const hang = (): Promise<never> => new Promise(() => {});

/** A queue on a clock that stands still until it is told to move, with all that it says. */
export class Stage {
  readonly clock: StageClock = new StageClock();
  readonly events: QueueEvent[] = [];
  readonly queue: LaneQueue;

  constructor(options: LaneQueueOptions = {}) {
    this.queue = new LaneQueue({
      clock: this.clock,
      onWarning: ignore,
      onEvent: (event) => this.events.push(event),
      ...options,
    });
  }

  /** A task whose body hangs until the test ends it, and what its caller got. */
  task(lane: string, options: Parameters<LaneQueue['enqueue']>[2] = {}): StageTask {
    return new StageTask((body) => this.queue.enqueue(lane, body, options));
  }

  /** What a wait came to; undefined while it has not ended. */
  answerOf(wait: Promise<unknown>): { answer: unknown } {
    return heard(wait);
  }
}

type Body = Parameters<LaneQueue['enqueue']>[1];

export class StageTask {
  /** What the body was given; undefined while it has not started. */
  context: Parameters<Body>[0] | undefined;
  finish: (result?: unknown) => void = ignore;
  fail: (error: unknown) => void = ignore;
  readonly #heard: { answer: unknown };

  constructor(enqueue: (body: Body) => Promise<unknown>) {
    const result = new Promise<unknown>((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
    });
    this.#heard = heard(
      enqueue((context) => {
        this.context = context;
        return result;
      }),
    );
    result.catch(ignore);
  }

  /** What the caller got, be it a result or an error; undefined while he waits. */
  get answer(): unknown {
    return this.#heard.answer;
  }

  get signal(): AbortSignal {
    return this.context!.signal;
  }
}

function heard(promise: Promise<unknown>): { answer: unknown } {
  const hearing: { answer: unknown } = { answer: undefined };
  const hear = (answer: unknown): void => {
    hearing.answer = answer;
  };
  promise.then(hear, hear);
  return hearing;
}
