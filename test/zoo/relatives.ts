import type { ZooMember } from './member.ts';
import { patched } from './patched.ts';

/** What a queue of this kind gets wrong next. */
export const relatives: readonly ZooMember[] = [
  patched(
    {
      name: 'progress-from-the-future',
      rule: 'progress',
      length: 3,
      origin: 'Forks of the lane queue: a progress stamp from the future switches the timeout off.',
    },
    [{ file: 'progress.ts', find: 'Math.min(value, now)', replace: 'value' }],
  ),
  patched(
    {
      name: 'warnings-flood',
      rule: 'warnings-bounded',
      length: 1,
      origin: 'The warning of the fix was bounded, the others on its path were not: a throwing source floods the log.',
    },
    [
      {
        file: 'warnings.ts',
        find: "const heldBack = this.#throttle.admit('fault', lane, at);",
        replace: 'const heldBack = {};',
      },
    ],
  ),
  patched(
    {
      name: 'minute-not-counted',
      rule: 'warnings-bounded',
      length: 2,
      origin: 'The warning of the fix was bounded per lane, and nothing bounded the sum over many lanes.',
    },
    [{ file: 'throttle.ts', find: ' || this.#given.length >= this.#perMinute', replace: '' }],
  ),
  patched(
    {
      name: 'late-completion-frees',
      rule: 'late-inert',
      length: 4,
      origin:
        'Slots known by their place: whoever completes frees the place, although it is another who sits there by now.',
    },
    [
      {
        file: 'queue.ts',
        find: "hold.state = 'over';",
        replace:
          "hold.state = 'over';\n    for (const other of hold.lane.holds.all()) {\n      this.#leave(other, this.#clock.now());\n      break;\n    }\n    this.#dispatch(hold.lane, this.#clock.now());",
      },
    ],
  ),
  patched(
    {
      name: 'reset-drops-the-backlog',
      rule: 'reset',
      length: 3,
      origin: 'A reset that starts from a clean sheet forgets those who waited.',
    },
    [
      {
        file: 'queue.ts',
        find: "takenBack = this.#takeBack(holdsOf(lanes), 'reset', now);",
        replace:
          "takenBack = this.#takeBack(holdsOf(lanes), 'reset', now);\n" +
          '      for (const { backlog } of lanes) {\n' +
          '        for (; backlog.size > 0; backlog.shift()) this.#queuedTotal -= 1;\n      }',
      },
    ],
  ),
];
