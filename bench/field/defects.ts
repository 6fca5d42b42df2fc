import { defineContract, POOL, usualSetup, type Program, type RuleName } from '../../src/oracle/index.ts';
import type { Kind } from './versions.ts';

/** A defect that was published and mended. */
export interface Defect {
  readonly kind: Kind;
  readonly buggy: string;
  readonly fixed: string;
  readonly what: string;
  /** The promise that it breaks, as a person would say who knows the defect. */
  readonly rule: RuleName;
  /** Where the model says otherwise. */
  readonly chargedTo?: RuleName;
}

const abortedKeepsSlot = {
  what: 'a task that comes with an aborted signal keeps a slot',
  rule: 'abort',
  chargedTo: 'conservation',
} as const;
const addFromListener = {
  what: 'an `add()` from an `active` listener starts past the limit',
  rule: 'capacity',
} as const;

export const DEFECTS: readonly Defect[] = [
  {
    kind: 'p-limit',
    buggy: '1.1.0',
    fixed: '1.2.0',
    what: 'a body that throws before it returns keeps its slot',
    rule: 'callback-safe',
  },
  { kind: 'p-queue', buggy: '7.2.0', fixed: '7.3.3', ...abortedKeepsSlot },
  { kind: 'p-queue', buggy: '7.3.0', fixed: '7.3.3', ...abortedKeepsSlot },
  { kind: 'p-queue', buggy: '8.1.1', fixed: '9.3.4', ...addFromListener },
  { kind: 'p-queue', buggy: '9.3.3', fixed: '9.3.4', ...addFromListener },
  {
    kind: 'p-queue',
    buggy: '9.0.1',
    fixed: '9.1.0',
    what: '`clear()` leaves `onIdle()` asleep',
    rule: 'waiters',
  },
  {
    kind: 'p-queue',
    buggy: '9.1.0',
    fixed: '9.1.1',
    what: 'who is aborted while queued is not told before his turn comes',
    rule: 'abort',
  },
  {
    kind: 'p-queue',
    buggy: '9.3.4',
    fixed: '9.3.5',
    what: 'a task that aborts its own signal as it starts is missed',
    rule: 'abort',
  },
  {
    kind: 'fastq.promise',
    buggy: '1.14.0',
    fixed: '1.15.0',
    what: '`drained()` of an idle queue never resolves',
    rule: 'waiters',
  },
  {
    kind: 'fastq',
    buggy: '1.16.0',
    fixed: '1.17.0',
    what: 'more run after a pause than may; a lowered concurrency is none',
    rule: 'capacity',
  },
  {
    kind: 'fastq',
    buggy: '1.20.1',
    fixed: '1.20.2',
    what: '`abort()` counts what runs down to below nothing',
    rule: 'conservation',
    chargedTo: 'clear',
  },
  {
    kind: 'async.queue',
    buggy: '0.9.0',
    fixed: '1.0.0',
    what: 'slots that became free in a pause are not used after it',
    rule: 'work-conserving',
    chargedTo: 'pause',
  },
  {
    kind: 'async.queue',
    buggy: '1.5.0',
    fixed: '1.5.1',
    what: 'a `pause()` in a worker is not heard by the loop that starts tasks',
    rule: 'pause',
  },
  {
    kind: 'queue',
    buggy: '4.0.0',
    fixed: '4.0.1',
    what: 'stopped and started while all slots are taken, it never resumes',
    rule: 'work-conserving',
  },
  {
    kind: 'queue',
    buggy: '4.4.1',
    fixed: '4.4.2',
    what: 'a concurrency that is lowered below what runs is none',
    rule: 'capacity',
  },
  {
    kind: 'queue',
    buggy: '6.0.1',
    fixed: '6.0.2',
    what: 'a job that opts out of the timeout loses its slot by it',
    rule: 'timeout',
  },
];

export const NEWEST: readonly (readonly [kind: Kind, version: string])[] = [
  ['p-limit', '7.3.3'],
  ['p-queue', '9.3.5'],
  ['fastq', '1.20.3'],
  ['fastq.promise', '1.20.3'],
  ['async.queue', '3.2.6'],
  ['async.priorityQueue', '3.2.6'],
  ['queue', '7.0.0'],
];

/** Why what was found is a defect by the library's own documentation; the key is `KIND VERSION RULE`. */
export const ARGUMENTS: Readonly<Record<string, string>> = {
  'p-queue 7.3.3 conservation':
    'A task whose signal has aborted is let in ("When aborted, it will be removed from the queue"), which is mended in 9.1.1.',
  'p-queue 7.3.3 abort':
    'Its caller is not told before its turn comes ("When aborted, it will be removed from the queue and the `queue.add()` call will reject"), which is mended in 9.1.1.',
  'p-queue 9.1.0 waiters':
    'What is aborted in a paused queue stays in it, and `onIdle()`, for when "the queue becomes empty", sleeps on, which is mended in 9.1.1.',
  'async.queue 1.0.0 work-conserving':
    '`concurrency` "can be changed after a `queue` is created to alter the concurrency on-the-fly"; raised by two, it starts one, for good, which is mended by 1.5.0.',
  'p-queue 9.1.1 abort':
    'A body that aborts its own signal is missed ("When aborted … the `queue.add()` call will reject"), which is mended in 9.3.5.',
  'fastq 1.20.3 order':
    '`push()`: "Add a task at the end of the queue." While `resume()` or a raised concurrency starts what waits, one that a worker pushes starts before those that are in the queue.',
  'fastq 1.20.3 callback-safe':
    'A task may throw: a handler is told "if the task has thrown an error". One that does is counted by `running()` for ever, and its slot is gone.',
  'fastq 1.20.3 no-stray-errors':
    'The error of a task that throws is not given to its `done` but thrown into whatever calls the `done` of the task before it.',
  'fastq.promise 1.20.3 order': 'As with callbacks.',
  'fastq.promise 1.20.3 callback-safe':
    '"The returned Promise will be fulfilled (rejected) when the task is completed successfully (unsuccessfully)": it is rejected, and the task keeps its slot for ever.',
  'fastq.promise 1.20.3 no-stray-errors':
    '"it will not lead to a \'unhandledRejection\'"; where the worker of a queued task throws it does, and the promise of that task never settles.',
  'async.queue 3.2.6 callback-safe':
    '"If all `worker`s are in progress, the task is queued until one becomes available": after a worker has thrown, tasks are queued for ever, while others are not in progress.',
  'async.queue 3.2.6 waiters':
    '`drain` is called "when the last item from the `queue` has returned from the `worker`": never again, once one of them has thrown.',
  'async.priorityQueue 3.2.6 callback-safe': 'As with `queue`, of which it is said to be the same.',
  'async.priorityQueue 3.2.6 waiters': 'As with `queue`.',
};

/** What makes fastq loop for ever since 1.17: tried by itself where a campaign has fallen silent. */
export const LOOP: { readonly program: Program; readonly words: string } = {
  program: {
    setup: { ...usualSetup(defineContract({ promises: POOL })), concurrency: 2 },
    commands: [
      { do: 'pause' },
      { do: 'enqueue', lane: 'main' },
      { do: 'enqueue', lane: 'main' },
      { do: 'call from', site: 'body', lane: 'main', call: { do: 'pause' } },
      { do: 'resume' },
    ],
  },
  words: '2 slots; pause the queue; enqueue a; enqueue b; the next body will pause the queue; resume the queue',
};
