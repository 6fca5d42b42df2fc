import type { ZooMember } from './member.ts';
import { patched, type Patch } from './patched.ts';

/** The stall alarm is never set: no timer ever judges a hold. */
const NO_STALL_ALARM: Patch = {
  file: 'queue.ts',
  find: 'if (watched) this.#judge.watch(lane);\n    else this.#judge.unwatch(lane);',
  replace: '',
};

/** The steps of the incident and of its fix, each with the defect that it had. */
export const incident: readonly ZooMember[] = [
  patched(
    {
      name: 'nothing-reclaimed',
      rule: 'no-permanent-saturation',
      length: 3,
      origin: 'The incident itself: a task without a timeout never settled, and its slot was held for ever.',
    },
    [NO_STALL_ALARM],
  ),
  patched(
    {
      name: 'generation-bump',
      rule: 'sibling-safe',
      length: 6,
      origin:
        'The first fix: a reclaim bumped the generation of the lane, so that every completion in flight was stale.',
    },
    [
      { file: 'lane.ts', find: 'gated = false;', replace: 'gated = false;\n  generation = 0;' },
      {
        file: 'hold.ts',
        find: 'this.lastSignAt = startedAt;',
        replace: 'this.lastSignAt = startedAt;\n    this.generation = task.lane.generation;',
      },
      {
        file: 'queue.ts',
        find: "this.#takeBack(this.#judge.stalled(due), 'stalled', now);",
        replace:
          'const stalled = this.#judge.stalled(due);\n      for (const hold of stalled) hold.lane.generation += 1;\n' +
          "      this.#takeBack(stalled, 'stalled', now);",
      },
      {
        file: 'queue.ts',
        find: "hold.state = 'settled';",
        replace:
          "if (hold.generation !== lane.generation) return settleCaller(task, outcome, value);\n    hold.state = 'settled';",
      },
    ],
  ),
  patched(
    {
      name: 'waiters-not-woken',
      rule: 'waiters',
      length: 3,
      origin: 'The second fix: a reclaim removed the hold, and whoever waited for it was never told.',
    },
    [
      {
        file: 'queue.ts',
        find: 'this.#countDetached(lane, 1);\n      this.#leave(hold, now);',
        replace:
          'this.#countDetached(lane, 1);\n      task.lane.holds.remove(hold);\n      task.lane.movedAt = now;\n' +
          '      this.#judge.untime(hold);\n      this.#activeTotal -= 1;',
      },
    ],
  ),
  patched(
    {
      name: 'reclaim-only-on-dispatch',
      rule: 'no-permanent-saturation',
      length: 3,
      origin: 'The first fix: stalled slots were looked for only when something was dispatched, and nothing was.',
    },
    [
      NO_STALL_ALARM,
      {
        file: 'queue.ts',
        find: 'lane.gated = true;\n    for',
        replace:
          'lane.gated = true;\n    const stalled = (hold) => now >= hold.lastSignAt + this.#stallCeilingMs;\n' +
          "    if (lane.waits) this.#takeBack(lane.holds.all().filter(stalled), 'stalled', now);\n    for",
      },
    ],
  ),
  patched(
    {
      name: 'silence',
      rule: 'never-silent',
      length: 1,
      origin: 'The incident itself: a lane was blocked for hours and not one line was logged.',
    },
    [{ file: 'warnings.ts', find: 'this.#tell = tell;', replace: 'this.#tell = () => {};' }],
  ),
];
