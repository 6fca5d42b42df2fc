import type { ZooMember } from './member.ts';
import { patched } from './patched.ts';

/** What goes wrong where a queue meets what is not its own: callbacks, other lanes, clocks. */
export const surroundings: readonly ZooMember[] = [
  patched(
    {
      name: 'thrower-keeps-the-slot',
      rule: 'callback-safe',
      length: 1,
      origin:
        'p-limit 1.1.0, mended in 1.2.0, and the promises of fastq 1.20.3: the body throws before it returns a promise, past the code that would have freed its slot.',
    },
    [
      {
        file: 'queue.ts',
        find: "} catch (error) {\n      this.#settle(hold, 'rejected', error);",
        replace: '} catch (error) {\n      task.reject(error);',
      },
    ],
  ),
  patched(
    {
      name: 'listener-stops-the-queue',
      rule: 'callback-safe',
      length: 1,
      origin: 'A logger throws in the middle of a dispatch, and the rest of it never happens.',
    },
    [
      {
        file: 'shield.ts',
        find: '} catch (error) {\n    onThrow(error, value);',
        replace: '} catch (error) {\n    throw error;',
      },
    ],
  ),
  patched(
    {
      name: 'sweeper-of-lanes',
      rule: 'isolation',
      length: 3,
      origin: 'When a lane comes to rest, every lane in which nothing runs is forgotten, and what waits in it.',
    },
    [
      {
        file: 'queue.ts',
        find: '=== lane) this.#lanes.delete(lane.name);',
        replace:
          '=== lane) for (const [name, { holds }] of this.#lanes) if (holds.size === 0) this.#lanes.delete(name);',
      },
    ],
  ),
  patched(
    {
      name: 'time-of-day',
      rule: 'clock',
      length: 4,
      origin: 'Ages by Date.now(): the clock of the machine is set, and every task is an hour older.',
    },
    [
      {
        file: 'queue.ts',
        find: '#tick(): void {\n    const now = this.#clock.now();',
        replace: '#tick(): void {\n    const now = Date.now() - this.wallAtZero;',
      },
      {
        file: 'queue.ts',
        find: 'const ring = (): void => this.#tick();',
        replace: 'const ring = () => this.#tick();\n    this.wallAtZero = Date.now() - this.#clock.now();',
      },
    ],
  ),
  patched(
    {
      name: 'no-grace',
      rule: 'clock',
      length: 2,
      origin: 'The machine wakes from sleep, and every task has been silent for hours.',
    },
    [
      {
        file: 'judge.ts',
        find: 'if (!isLate || hold.grace?.after === hold.lastSignAt) return false;',
        replace: 'return false;',
      },
    ],
  ),
  patched(
    {
      name: 'grace-without-end',
      rule: 'clock',
      length: 4,
      origin: 'A loop that is often blocked: the same phantom is given time to report again and again.',
    },
    [{ file: 'judge.ts', find: 'if (!isLate || hold.grace?.after === hold.lastSignAt)', replace: 'if (!isLate)' }],
  ),
];
