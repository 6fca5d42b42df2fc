import type { ZooMember } from './member.ts';
import { patched, type Patch } from './patched.ts';

/** The stall alarm is never set: no timer ever judges a hold. */
const NO_STALL_ALARM: Patch = {
  file: 'queue.ts',
  find: 'lane.movedAt = at;\n      this.#stalls.set(lane.stallAlarm, lane.longestSilentSince + this.#stallCeilingMs);',
  replace: 'lane.movedAt = at;',
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
      { file: 'lane.ts', find: 'dispatching = false;', replace: 'dispatching = false;\n  generation = 0;' },
      {
        file: 'hold.ts',
        find: 'this.lastSignAt = startedAt;',
        replace: 'this.lastSignAt = startedAt;\n    this.generation = lane.generation;',
      },
      {
        file: 'queue.ts',
        find: "this.#takeBack(stalled, 'stalled');",
        replace: "for (const hold of stalled) hold.lane.generation += 1;\n    this.#takeBack(stalled, 'stalled');",
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
        find: 'this.#detached += 1;\n      this.#leave(hold);',
        replace:
          'this.#detached += 1;\n      hold.lane.holds.delete(hold);\n      hold.lane.movedAt = now;\n      this.#active -= 1;',
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
        find: 'lane.dispatching = true;',
        replace:
          "if (lane.waits) this.#takeBack(silentHolds(lane, this.#clock.now(), this.#stallCeilingMs), 'stalled');\n    lane.dispatching = true;",
      },
    ],
  ),
  patched(
    {
      name: 'silence',
      rule: 'never-silent',
      length: 2,
      origin: 'The incident itself: a lane was blocked for hours and not one line was logged.',
    },
    [{ file: 'warnings.ts', find: 'this.#tell = tell;', replace: 'this.#tell = () => {};' }],
  ),
];
