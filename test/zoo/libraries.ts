import type { ZooMember } from './member.ts';
import { patched } from './patched.ts';

/** Mistakes that were published and mended: what was wrong in other queues, made in this one. */
export const libraries: readonly ZooMember[] = [
  patched(
    {
      name: 'wait-for-rest-at-rest',
      rule: 'waiters',
      length: 1,
      origin: 'fastq 1.14.0, mended in 1.15.0: whoever waits for a queue to drain that is idle already waits for ever.',
    },
    [
      {
        file: 'queue.ts',
        find: 'this.#waiters.waitForRest(others, isIdle, patience(options), idleResult);',
        replace: 'this.#waiters.waitForRest(others, false, patience(options), idleResult);',
      },
    ],
  ),
  patched(
    {
      name: 'rest-of-a-moment-ago',
      rule: 'waiters',
      length: 3,
      origin:
        'async 3.2.6, mended in its sources since: that all is drained is decided now and told later, whatever has come between.',
    },
    [
      {
        file: 'queue.ts',
        find: 'if (lane.restWaits !== undefined) this.#waiters.rests(lane.restWaits);',
        replace: 'queueMicrotask(() => this.#waiters.rests(this.#lanes.get(lane.name)?.restWaits ?? new Set()));',
      },
      {
        file: 'queue.ts',
        find: 'this.#waiters.rests(this.#restWaits);',
        replace: 'queueMicrotask(() => this.#waiters.rests(this.#restWaits));',
      },
    ],
  ),
  patched(
    {
      name: 'clear-frees-a-slot-a-task',
      rule: 'clear',
      length: 3,
      origin:
        'fastq 1.20.1, mended in 1.20.2: each queued task that is dropped counts down what runs, to below nothing.',
    },
    [
      { file: 'lane.ts', find: 'gated = false;', replace: 'gated = false;\n  freed = 0;' },
      {
        file: 'lane.ts',
        find: 'this.holds.size < this.concurrency',
        replace: 'this.holds.size - this.freed < this.concurrency',
      },
      {
        file: 'queue.ts',
        find: 'active: record?.holds.size ?? 0',
        replace: 'active: record === undefined ? 0 : record.holds.size - record.freed',
      },
      {
        file: 'queue.ts',
        find: 'task.reject(errorFor(task));',
        replace: "task.reject(errorFor(task));\n        if (reason === 'cleared') lane.freed += 1;",
      },
    ],
  ),
  patched(
    {
      name: 'aborted-by-its-own-body',
      rule: 'abort',
      length: 2,
      origin: 'p-queue 9.3.4, mended in 9.3.5: a body that aborts its own signal while it starts is not noticed.',
    },
    [
      {
        file: 'queue.ts',
        find: 'const result = task.runInAsyncScope(task.body, undefined, new TaskContext(hold, this.#clock));',
        replace:
          'hold.starts = true;\n      let result;\n      try {\n' +
          '        result = task.runInAsyncScope(task.body, undefined, new TaskContext(hold, this.#clock));\n' +
          '      } finally {\n        hold.starts = false;\n      }',
      },
      {
        file: 'queue.ts',
        find: "if (hold?.state !== 'active') continue;",
        replace: "if (hold?.state !== 'active' || hold.starts) continue;",
      },
    ],
  ),
  patched(
    {
      name: 'slot-of-the-aborted',
      rule: 'conservation',
      length: 1,
      origin: 'p-queue 7.3.0, mended in 7.3.3: a task whose signal aborts before it starts keeps a slot for ever.',
    },
    [
      {
        file: 'queue.ts',
        find: "return this.#refuse(lane, 'aborted', checked.signal.reason);",
        replace:
          '{\n      this.enqueue(lane, () => new Promise(() => {})).catch(() => {});\n' +
          "      return this.#refuse(lane, 'aborted', checked.signal.reason);\n    }",
      },
    ],
  ),
  patched(
    {
      name: 'stopped-by-the-aborted',
      rule: 'work-conserving',
      length: 5,
      origin:
        'workerpool 2.3.0, mended in 2.3.1: a slot is offered to a task that was cancelled in the backlog, and to none after it.',
    },
    [
      {
        file: 'backlog.ts',
        find: '/** Takes out a task that is in this backlog. */',
        replace:
          '/** It stays in line, and counts no more. */\n  bury() {\n    this.#size -= 1;\n  }\n\n' +
          '  /** Takes out a task that is in this backlog. */',
      },
      {
        file: 'backlog.ts',
        find: 'this.remove(task);',
        replace: "if (task.state === 'dropped') this.#size += 1;\n    this.remove(task);",
      },
      {
        file: 'queue.ts',
        find: 'lane.backlog.remove(task);',
        replace: "if (reason === 'aborted') lane.backlog.bury();\n        else lane.backlog.remove(task);",
      },
      {
        file: 'queue.ts',
        find: 'this.#start(lane.backlog.shift(), at ?? this.#clock.now());',
        replace:
          "const task = lane.backlog.shift();\n      if (task.state === 'dropped') break;\n" +
          '      this.#start(task, at ?? this.#clock.now());',
      },
    ],
  ),
  patched(
    {
      name: 'listener-past-the-limit',
      rule: 'capacity',
      length: 2,
      origin:
        'p-queue 9.3.3, mended in 9.3.4: an add by whoever is told of a start comes before that start is counted.',
    },
    [
      { file: 'lane.ts', find: 'gated = false;', replace: 'gated = false;\n  uncounted = 0;' },
      {
        file: 'lane.ts',
        find: 'this.holds.size < this.concurrency',
        replace: 'this.holds.size - this.uncounted < this.concurrency',
      },
      {
        file: 'queue.ts',
        find: "this.#events.tellInScope({ type: 'started', at: now, lane: lane.name, hold: hold.number, queuedMs });",
        replace:
          "lane.uncounted += 1;\n      this.#events.tellInScope({ type: 'started', at: now, lane: lane.name, hold: hold.number, queuedMs });\n" +
          '      lane.uncounted -= 1;',
      },
      {
        file: 'queue.ts',
        find: 'this.#dispatch(lane, enqueuedAt);',
        replace:
          'const { gated } = lane;\n    if (lane.uncounted > 0) lane.gated = false;\n    this.#dispatch(lane, enqueuedAt);\n    lane.gated = gated;',
      },
    ],
  ),
  patched(
    {
      name: 'limit-met-exactly',
      rule: 'capacity',
      length: 4,
      origin:
        'fastq 1.16.0, mended in 1.17.0, and queue 4.4.1, mended in 4.4.2: full is when as many run as may, so that more are no limit.',
    },
    [
      {
        file: 'lane.ts',
        find: 'this.holds.size < this.concurrency',
        replace: 'this.holds.size !== this.concurrency',
      },
    ],
  ),
  patched(
    {
      name: 'resume-counts-from-nothing',
      rule: 'capacity',
      length: 4,
      origin: 'fastq 1.16.0, mended in 1.17.0: resume starts as many as may run, beside those that run already.',
    },
    [
      { file: 'lane.ts', find: 'gated = false;', replace: 'gated = false;\n  uncounted = 0;' },
      {
        file: 'lane.ts',
        find: 'this.holds.size < this.concurrency',
        replace: 'this.holds.size - this.uncounted < this.concurrency',
      },
      {
        file: 'queue.ts',
        find: 'target.paused = paused;',
        replace:
          'target.paused = paused;\n' +
          "      if (!paused) for (const one of this.#theseLanes('lane', lane)) one.uncounted = one.holds.size;",
      },
      {
        file: 'queue.ts',
        find: 'lane.gated = false;\n    this.#settleDown(lane);',
        replace: 'lane.gated = false;\n    lane.uncounted = 0;\n    this.#settleDown(lane);',
      },
    ],
  ),
  patched(
    {
      name: 'pause-between-two-starts',
      rule: 'pause',
      length: 5,
      origin:
        'async 1.5.0, mended in 1.5.1, and queue 4.4.0, mended in 4.4.1: the loop that starts tasks does not see that one of them pauses.',
    },
    [
      {
        file: 'queue.ts',
        find: 'for (let at: number | undefined = now; lane.mayStart; at = undefined) {',
        replace:
          'if (!lane.isPaused) for (let at = now; lane.backlog.size > 0 && lane.holds.size < lane.concurrency; at = undefined) {',
      },
    ],
  ),
  patched(
    {
      name: 'resume-starts-one',
      rule: 'pause',
      length: 4,
      origin:
        'async 0.9.0, mended in 1.0.0: resume starts one task, whatever number of slots has become free meanwhile.',
    },
    [
      {
        file: 'queue.ts',
        find: 'target.paused = paused;',
        replace:
          'target.paused = paused;\n' +
          "      if (!paused) for (const one of this.#theseLanes('lane', lane)) one.resumes = true;",
      },
      {
        file: 'queue.ts',
        find: 'this.#start(lane.backlog.shift(), at ?? this.#clock.now());',
        replace: 'this.#start(lane.backlog.shift(), at ?? this.#clock.now());\n      if (lane.resumes) break;',
      },
      {
        file: 'queue.ts',
        find: 'lane.gated = false;\n    this.#settleDown(lane);',
        replace: 'lane.gated = false;\n    lane.resumes = false;\n    this.#settleDown(lane);',
      },
    ],
  ),
  patched(
    {
      name: 'too-busy-to-resume',
      rule: 'work-conserving',
      length: 4,
      origin: 'queue 4.0.0, mended in 4.0.1: resumed while all slots are taken, it stays as it is.',
    },
    [
      {
        file: 'queue.ts',
        find: 'if (target.paused === paused) return;',
        replace:
          'if (target.paused === paused) return;\n' +
          "      const isBusy = ({ holds, concurrency }) => holds.size > 0 && holds.size >= concurrency;\n      if (!paused && this.#theseLanes('lane', lane).some(isBusy)) return;",
      },
    ],
  ),
  patched(
    {
      name: 'end-hides-the-younger',
      rule: 'conservation',
      length: 3,
      origin: 'async 2.4.1, mended in 2.5.0: a task that ends is taken off the list of what runs, and all behind it.',
    },
    [
      { file: 'lane.ts', find: 'gated = false;', replace: 'gated = false;\n  runs = [];' },
      {
        file: 'queue.ts',
        find: 'lane.holds.push(hold);',
        replace: 'lane.holds.push(hold);\n    lane.runs.push(hold);',
      },
      {
        file: 'queue.ts',
        find: 'lane.holds.remove(hold);',
        replace:
          'lane.holds.remove(hold);\n    if (lane.runs.includes(hold)) lane.runs.splice(lane.runs.indexOf(hold));',
      },
      { file: 'queue.ts', find: 'active: record?.holds.size ?? 0', replace: 'active: record?.runs.length ?? 0' },
    ],
  ),
  patched(
    {
      name: 'limit-of-another',
      rule: 'timeout',
      length: 3,
      origin: 'queue 6.0.1, mended in 6.0.2: a job without a timeout is given that of the others, and loses its slot.',
    },
    [
      {
        file: 'queue.ts',
        find: 'const task = new Task(body, this.#laneOf(lane), checked, this.#clock.now(), resolve, reject);',
        replace:
          'const record = this.#laneOf(lane);\n      if (checked.timeoutMs < Infinity) record.timeoutMs = checked.timeoutMs;\n' +
          '      const limited = { ...checked, timeoutMs: record.timeoutMs ?? Infinity };\n' +
          '      const task = new Task(body, record, limited, this.#clock.now(), resolve, reject);',
      },
    ],
  ),
  patched(
    {
      name: 'thrower-leaves-the-gate-shut',
      rule: 'callback-safe',
      length: 2,
      origin:
        'async 3.2.6, and forks of the lane queue: a body throws in the loop that starts tasks, whose flag then says for ever that it runs.',
    },
    [
      {
        file: 'queue.ts',
        find: "} catch (error) {\n      this.#settle(hold, 'rejected', error);",
        replace: "} catch (error) {\n      this.#settle(hold, 'rejected', error);\n      task.lane.thrown = true;",
      },
      {
        file: 'queue.ts',
        find: 'this.#start(lane.backlog.shift(), at ?? this.#clock.now());',
        replace: 'this.#start(lane.backlog.shift(), at ?? this.#clock.now());\n      if (lane.thrown) return;',
      },
    ],
  ),
  patched(
    {
      name: 'wait-callback-loses-the-task',
      rule: 'callback-safe',
      length: 3,
      origin: 'Forks of the lane queue: a wait callback throws, and the task that it was about is gone.',
    },
    [
      {
        file: 'notices.ts',
        find: "(error) => this.#onFault(lane, 'onWait', error)",
        replace:
          "(error) => {\n        this.#onFault(lane, 'onWait', error);\n" +
          "        if (task.state !== 'queued') return;\n        task.state = 'dropped';\n        lane.backlog.remove(task);\n      }",
      },
    ],
  ),
  patched(
    {
      name: 'success-told-as-failure',
      rule: 'exactly-once',
      length: 2,
      origin:
        'Forks of the lane queue: a callback throws on the way to the next task, and the one that succeeded is rejected.',
    },
    [
      {
        file: 'queue.ts',
        find: "this.#warnings.fault(lane, 'onEvent', error, this.#clock.now());",
        replace: "this.#warnings.fault(lane, 'onEvent', (this.thrown = error), this.#clock.now());",
      },
      {
        file: 'queue.ts',
        find: 'settleCaller(task, outcome, value);\n    if (this.#events.isHeard) {',
        replace: 'this.thrown = undefined;\n    if (this.#events.isHeard) {',
      },
      {
        file: 'queue.ts',
        find: 'outcome, heldMs });\n    }\n    this.#dispatch(lane, now);',
        replace:
          'outcome, heldMs });\n    }\n    this.#dispatch(lane, now);\n' +
          "    if (outcome === 'rejected' || this.thrown === undefined) settleCaller(task, outcome, value);\n" +
          '    else task.reject(this.thrown);',
      },
    ],
  ),
  patched(
    {
      name: 'width-forgotten',
      rule: 'hygiene',
      length: 1,
      origin: 'Forks of the lane queue: the width set on an idle lane is forgotten when the lane is cleaned up.',
    },
    [{ file: 'queue.ts', find: 'lane.configured || lane.paused;', replace: 'lane.paused;' }],
  ),
  patched(
    {
      name: 'notice-left-armed',
      rule: 'hygiene',
      length: 3,
      origin: 'async-mutex 0.3.0, mended in 0.3.1: the timer of a wait goes on when the wait is over.',
    },
    [
      {
        file: 'notices.ts',
        find: 'if (task.notice !== undefined) this.#agenda.cancel(task.notice);',
        replace: '',
      },
    ],
  ),
  patched(
    {
      name: 'reclaim-drops-the-backlog',
      rule: 'no-permanent-saturation',
      length: 3,
      origin: 'Forks of the lane queue: a watchdog that takes one slot back rejects all who waited for it.',
    },
    [
      {
        file: 'queue.ts',
        find: "this.#takeBack(this.#judge.stalled(due), 'stalled', now);",
        replace:
          'const stalled = this.#judge.stalled(due);\n      const behind = [...new Set(stalled.map(({ lane }) => lane))];\n' +
          "      this.#takeBack(stalled, 'stalled', now);\n" +
          "      this.#drop(behind.flatMap(({ backlog }) => backlog.all()), 'cleared', ({ lane }) => new ClearedError(lane.name));",
      },
    ],
  ),
  patched(
    {
      name: 'closed-too-soon',
      rule: 'close',
      length: 2,
      origin: 'workerpool 6.0.1, mended in 6.0.2: the end of a pool is told when its workers have been asked to end.',
    },
    [
      {
        file: 'queue.ts',
        find: 'const rests = this.#queuedTotal + this.#activeTotal === 0;',
        replace: 'const rests = this.#queuedTotal === 0;',
      },
    ],
  ),
  patched(
    {
      name: 'newcomer-first',
      rule: 'order',
      length: 2,
      origin:
        'async-await-queue 1.2.1, mended by 2.1.4: who comes while a slot changes hands sees it free, and takes it before those who wait.',
    },
    [
      {
        file: 'queue.ts',
        find: 'this.#dispatch(lane, enqueuedAt);',
        replace:
          "if (task.state === 'queued' && !lane.gated && lane.mayStart) {\n      lane.gated = true;\n" +
          '      lane.backlog.remove(task);\n      this.#start(task, enqueuedAt);\n      lane.gated = false;\n    }\n' +
          '    this.#dispatch(lane, enqueuedAt);',
      },
    ],
  ),
];
