import type { ZooMember } from './member.ts';
import { patched } from './patched.ts';

/** What goes wrong in the calls by which a queue is governed: timeout, abort, clear, pause, close. */
export const controls: readonly ZooMember[] = [
  patched(
    {
      name: 'timeout-from-the-start',
      rule: 'timeout',
      length: 4,
      origin: 'A timer set once at the start: however much a body reports, its time is up.',
    },
    [
      {
        file: 'judge.ts',
        find: 'Math.max(hold.outOfTimeAt(task.options.timeoutMs), lane.onSince)',
        replace: 'Math.max(hold.startedAt + task.options.timeoutMs, lane.onSince)',
      },
    ],
  ),
  patched(
    {
      name: 'timeout-only-when-wanted',
      rule: 'timeout',
      length: 2,
      origin: 'One judgement for both limits: a task that nobody waits behind may take all the time in the world.',
    },
    [
      {
        file: 'judge.ts',
        find: "if (hold.state !== 'active' || hold.lane.isOff) return false;",
        replace: "if (hold.state !== 'active' || hold.lane.isOff || !hold.lane.waits) return false;",
      },
    ],
  ),
  patched(
    {
      name: 'aborted-but-still-queued',
      rule: 'abort',
      length: 3,
      origin:
        'p-queue 9.1.0, mended in 9.1.1: the signal is only looked at when the task starts: until then it counts, and its caller waits.',
    },
    [{ file: 'queue.ts', find: "this.#drop(queued, 'aborted', () => reason);", replace: '' }],
  ),
  patched(
    {
      name: 'abort-frees-the-slot',
      rule: 'abort',
      length: 2,
      origin: 'Abort is taken for the end of the body, which still runs: its slot goes to another.',
    },
    [
      {
        file: 'queue.ts',
        find: 'hold.abort(reason);',
        replace: "hold.abort(reason);\n      this.#settle(hold, 'rejected', reason);",
      },
    ],
  ),
  patched(
    {
      name: 'listener-left-behind',
      rule: 'hygiene',
      length: 1,
      origin:
        'p-queue 9.0.0, mended in 9.0.1: a signal that lives as long as the process collects a listener from every task that was ever given it.',
    },
    [{ file: 'shared-signals.ts', find: 'if (group.dependants.size > 0) return;', replace: 'return;' }],
  ),
  patched(
    {
      name: 'clear-forgets-the-callers',
      rule: 'clear',
      length: 3,
      origin:
        'p-queue 9.3.5, mended in 10.0.0: clearing is emptying an array, and whoever waits for a task that was in it waits for ever.',
    },
    [
      {
        file: 'queue.ts',
        find: 'task.reject(errorFor(task));',
        replace: "if (reason === 'aborted') task.reject(errorFor(task));",
      },
    ],
  ),
  patched(
    {
      name: 'clear-takes-what-runs',
      rule: 'clear',
      length: 2,
      origin: 'Two words for two things, and one function for both.',
    },
    [
      {
        file: 'queue.ts',
        find: "return this.#drop(tasks, 'cleared',",
        replace: "this.reset(lane);\n    return this.#drop(tasks, 'cleared',",
      },
    ],
  ),
  patched(
    {
      name: 'rest-not-seen-after-clear',
      rule: 'waiters',
      length: 4,
      origin: 'p-queue 9.0.1, mended in 9.1.0: rest is looked for where tasks settle, and a cleared task never does.',
    },
    [
      {
        file: 'queue.ts',
        find: 'this.#gate([...new Set(tasks.map(({ lane }) => lane))], () => {',
        replace: '((act) => act())(() => {',
      },
    ],
  ),
  patched(
    {
      name: 'resume-starts-nothing',
      rule: 'pause',
      length: 3,
      origin: 'Resume turns the switch, and the next enqueue would start what waits.',
    },
    [
      {
        file: 'queue.ts',
        find: "this.#turn(this.#theseLanes('lane', lane), () => {\n      if (target.paused === paused) return;",
        replace: '((act) => act())(() => {\n      if (target.paused === paused) return;',
      },
    ],
  ),
  patched(
    {
      name: 'paused-but-judged',
      rule: 'pause',
      length: 3,
      origin: 'A person pauses a lane to look at what hangs in it, and finds it taken back.',
    },
    [
      {
        file: 'lane.ts',
        find: 'return this.concurrency === 0 || this.isPaused;',
        replace: 'return this.concurrency === 0;',
      },
    ],
  ),
  patched(
    {
      name: 'close-hangs-on-a-phantom',
      rule: 'close',
      length: 3,
      origin: 'The shutdown waits for what runs, and what runs will never end.',
    },
    [{ file: 'queue.ts', find: 'this.#closers > 0 && lane.holds.size > 0 && !lane.isOff', replace: 'false' }],
  ),
  patched(
    {
      name: 'closed-but-open',
      rule: 'close',
      length: 2,
      origin: 'Close waits for rest, and lets in what keeps it from resting.',
    },
    [
      {
        file: 'queue.ts',
        find: "if (this.#isClosed) return this.#refuse(lane, 'closed', new ClosedError(lane));",
        replace: '',
      },
    ],
  ),
];
