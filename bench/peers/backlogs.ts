import { LaneQueue } from '../../src/core/index.ts';

/** Tasks that are added, and taken, in one go. Few against the backlog, so that it stays as long as it is. */
export const CHUNK = 100;

/** A queue with a backlog that stays as long as it is: what is added to it is taken from it again. */
export interface Backlog {
  /** Enqueues a chunk. */
  enqueue(): void;
  /** Settles a chunk: as many callers have their result, and as many bodies have begun. */
  settle(): Promise<void>;
}

let events = 0;

function nothing(): void {}

function quietQueue(): LaneQueue {
  return new LaneQueue({ onEvent: () => void (events += 1), onWarning: () => {} });
}

/** All in one lane. Bodies end at once, but for the last of a chunk, which holds the slot until the next chunk. */
export function inOneLane(size: number): Backlog {
  const queue = quietQueue();
  let left = 0;
  let release = nothing;
  let stopped = nothing;
  const body = (): Promise<void> => {
    left -= 1;
    if (left >= 0) return Promise.resolve();
    stopped();
    return new Promise((resolve) => (release = resolve));
  };
  const enqueue = (tasks: number): void => {
    for (let task = 0; task < tasks; task += 1) void queue.enqueue('main', body);
  };
  enqueue(size + 1);
  return {
    enqueue: () => enqueue(CHUNK),
    settle: () =>
      new Promise((resolve) => {
        left = CHUNK - 1;
        stopped = resolve;
        release();
      }),
  };
}

const LANES = 100_000;

/** Spread over lanes in turn. Each lane has a body inside from the start; the lanes that were served first settle first. */
export function overManyLanes(size: number): Backlog {
  const queue = quietQueue();
  const names = Array.from({ length: LANES }, (_, lane) => `lane ${lane}`);
  const releases = names.map(() => nothing);
  let [nextIn, nextOut, left] = [0, 0, LANES];
  let started = nothing;
  const bodies = names.map((_, lane) => (): Promise<void> => {
    left -= 1;
    if (left === 0) started();
    return new Promise((resolve) => (releases[lane] = resolve));
  });
  const enqueue = (tasks: number): void => {
    for (let task = 0; task < tasks; task += 1) {
      const lane = nextIn % LANES;
      nextIn += 1;
      void queue.enqueue(names[lane]!, bodies[lane]!);
    }
  };
  enqueue(LANES + size);
  return {
    enqueue: () => enqueue(CHUNK),
    settle: () =>
      new Promise((resolve) => {
        left = CHUNK;
        started = resolve;
        for (let task = 0; task < CHUNK; task += 1) {
          releases[nextOut % LANES]!();
          nextOut += 1;
        }
      }),
  };
}
