import type { ZooMember } from './member.ts';
import { patched } from './patched.ts';

/** Plain slips, such as any queue may have, for the rules that the incident left alone. */
export const slips: readonly ZooMember[] = [
  patched(
    {
      name: 'failure-starts-nothing',
      rule: 'work-conserving',
      length: 3,
      origin: 'Forks of the lane queue: the failure path returns without dispatching the next.',
    },
    [
      {
        file: 'queue.ts',
        find: 'outcome, heldMs });\n    }\n    this.#dispatch(lane, now);',
        replace: "outcome, heldMs });\n    }\n    if (outcome === 'fulfilled') this.#dispatch(lane, now);",
      },
    ],
  ),
  patched(
    {
      name: 'last-in-first-out',
      rule: 'order',
      length: 4,
      origin: 'An array with push and pop is a stack.',
    },
    [
      {
        file: 'line.ts',
        find:
          'item.before = this.#last;\n    if (this.#last === undefined) this.#first = item;\n' +
          '    else this.#last.behind = item;\n    this.#last = item;',
        replace:
          'item.behind = this.#first;\n    if (this.#first === undefined) this.#last = item;\n' +
          '    else this.#first.before = item;\n    this.#first = item;',
      },
    ],
  ),
  patched(
    {
      name: 'background-first',
      rule: 'order',
      length: 4,
      origin: 'Whether the greater number comes first or last is a coin that somebody tosses.',
    },
    [
      {
        file: 'backlog.ts',
        find: 'const lines = this.#lines;',
        replace: 'const lines = this.#lines.toReversed();',
      },
    ],
  ),
  patched(
    {
      name: 'failure-told-as-success',
      rule: 'exactly-once',
      length: 2,
      origin: 'One settle path for both outcomes.',
    },
    [{ file: 'queue.ts', find: 'else task.reject(value);', replace: 'else task.resolve(value);' }],
  ),
  patched(
    {
      name: 'queued-counts-what-runs',
      rule: 'conservation',
      length: 1,
      origin: 'Two well-known queues mean different things by the same word for "waiting".',
    },
    [
      {
        file: 'queue.ts',
        find: 'queued: record?.backlog.size ?? 0,',
        replace: 'queued: record === undefined ? 0 : record.backlog.size + record.holds.size,',
      },
    ],
  ),
  patched(
    {
      name: 'caller-not-told',
      rule: 'caller-outcome',
      length: 2,
      origin: 'The slot was all that anybody thought of: the caller of a reclaimed task waits for ever.',
    },
    [{ file: 'queue.ts', find: 'if (task.options.rejectsWhenTakenBack) task.reject(error);', replace: '' }],
  ),
  patched(
    {
      name: 'body-not-told',
      rule: 'caller-outcome',
      length: 2,
      origin: 'A body that is never told to stop goes on in a slot that is not its own.',
    },
    [{ file: 'queue.ts', find: 'hold.abort(error);', replace: '' }],
  ),
  patched(
    {
      name: 'lanes-never-forgotten',
      rule: 'hygiene',
      length: 1,
      origin: 'A lane per chat, and a record per lane, for every chat there ever was.',
    },
    [{ file: 'queue.ts', find: ' === lane) this.#lanes.delete(lane.name);', replace: ' === lane) return;' }],
  ),
  patched(
    {
      name: 'alarm-left-armed',
      rule: 'hygiene',
      length: 3,
      origin: 'A timer that nobody takes back keeps the process from ending.',
    },
    [{ file: 'queue.ts', find: 'else this.#judge.unwatch(lane);', replace: '' }],
  ),
  patched(
    {
      name: 'late-failure-astray',
      rule: 'no-stray-errors',
      length: 3,
      origin: 'The body that nobody waits for any more fails, and the process ends by an unhandled rejection.',
    },
    [
      {
        file: 'queue.ts',
        find: "hold.state = 'over';",
        replace: "hold.state = 'over';\n    if (outcome === 'rejected') void Promise.reject(value);",
      },
    ],
  ),
  patched(
    {
      name: 'an-empty-warning-too',
      rule: 'never-silent',
      length: 1,
      origin: 'Two loggers are fed from one place, and the second is handed an empty object.',
    },
    [
      {
        file: 'warnings.ts',
        find: 'this.#tell = tell;',
        replace: 'this.#tell = (warning) => { tell(warning); tell({} as never); };',
      },
    ],
  ),
  patched(
    {
      name: 'told-of-what-was-not',
      rule: 'observable',
      length: 1,
      origin: 'The event is told where the call is made, whether or not it has changed anything.',
    },
    [{ file: 'queue.ts', find: '      if (target.paused === paused) return;\n', replace: '' }],
  ),
  patched(
    {
      name: 'asynchronous-listener-astray',
      rule: 'no-stray-errors',
      length: 1,
      origin: 'A listener is shielded as long as it throws at once; then somebody makes it an async function.',
    },
    [
      {
        file: 'shield.ts',
        find: 'if (result instanceof Promise) result.catch((error: unknown) => onThrow(error, value));',
        replace: '',
      },
    ],
  ),
  patched(
    {
      name: 'ceiling-that-lets-the-process-end',
      rule: 'hygiene',
      length: 1,
      origin: 'No timer of a library should keep a process alive, so all are let go: also those that tasks depend on.',
    },
    [{ file: 'judge.ts', find: 'new Agenda(clock, true, ring);', replace: 'new Agenda(clock, false, ring);' }],
  ),
  patched(
    {
      name: 'first-reported-always-first',
      rule: 'never-silent',
      length: 5,
      origin:
        'This queue, until its checker looked: lanes are compared by stamps that are dropped when they expire, so that one which was reported a while ago looks like one that never was.',
    },
    [
      {
        file: 'warnings.ts',
        find: 'a.toldAt - b.toldAt',
        replace: "this.#throttle.notBefore('blocked', a.name) - this.#throttle.notBefore('blocked', b.name)",
      },
    ],
  ),
];
