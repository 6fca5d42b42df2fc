import async from 'async';
import fastq from 'fastq';
import pLimit from 'p-limit';
import PQueue from 'p-queue';
import { LaneQueue } from '../../src/core/index.ts';

export type Job = () => Promise<void>;
/** Puts a job into a queue, and gives what its caller gets. */
export type Push = (job: Job) => Promise<unknown>;

/** A queue, as its README has it used with promises. */
export interface Contender {
  readonly name: string;
  /** A fresh queue that runs so many jobs at a time. */
  make(concurrency: number): Push;
}

/** Events that were heard: a listener that does nothing might be optimised away. */
let events = 0;

export const ours: Contender = {
  name: 'ours',
  make(concurrency) {
    const queue = new LaneQueue({ concurrency, onEvent: () => void (events += 1), onWarning: () => {} });
    return (job) => queue.enqueue('main', job);
  },
};

export const fastest: Contender = {
  name: 'fastq',
  make(concurrency) {
    const queue = fastq.promise((job: Job) => job(), concurrency);
    return (job) => queue.push(job);
  },
};

export const peers: readonly Contender[] = [
  {
    name: 'p-queue',
    make(concurrency) {
      const queue = new PQueue({ concurrency });
      return (job) => queue.add(job);
    },
  },
  {
    name: 'p-limit',
    make(concurrency) {
      const limit = pLimit(concurrency);
      return (job) => limit(job);
    },
  },
  fastest,
  {
    name: 'async',
    make(concurrency) {
      const queue = async.queue<Job>((job, done) => {
        job().then(() => done(), done);
      }, concurrency);
      return (job) => queue.pushAsync(job);
    },
  },
];

export const contenders: readonly Contender[] = [ours, ...peers];

export function contender(name: string): Contender {
  return contenders.find((one) => one.name === name)!;
}
