import { loadPatched, type Patch } from './patched.ts';
import type { Adapter } from '../../src/oracle/index.ts';

/** A queue that does otherwise what nobody promises, and keeps every promise: a checker that accuses it is wrong. */
export interface LegalVariant {
  readonly name: string;
  /** What it does otherwise, and why it may. */
  readonly why: string;
  readonly load: () => Promise<Adapter>;
}

function variant(name: string, why: string, patches: readonly Patch[]): LegalVariant {
  return { name, why, load: () => loadPatched(name, patches) };
}

/** The legal variants. Each must come out clean. */
export const variants: readonly LegalVariant[] = [
  variant(
    'lanes-the-other-way-round',
    'Of two lanes that have something to do at one instant nobody says which is first.',
    [
      {
        file: 'queue.ts',
        find: 'for (const lane of mine) this.#dispatch(lane, now);',
        replace: 'for (const lane of mine.toReversed()) this.#dispatch(lane, now);',
      },
      {
        file: 'queue.ts',
        find: 'if (lane === undefined) return [...this.#lanes.values()];\n    const record',
        replace: 'if (lane === undefined) return [...this.#lanes.values()].toReversed();\n    const record',
      },
      {
        file: 'warnings.ts',
        find: 'a.toldAt - b.toldAt',
        replace: 'a.toldAt - b.toldAt || (a.name < b.name ? 1 : -1)',
      },
    ],
  ),
  variant(
    'settles-a-little-later',
    'A caller is answered after the slot has gone on, not before: some microtasks later.',
    [
      {
        file: 'queue.ts',
        find: "  if (outcome === 'fulfilled') task.resolve(value);\n  else task.reject(value);",
        replace:
          '  void Promise.resolve().then(() => {}).then(() => {\n' +
          "    if (outcome === 'fulfilled') task.resolve(value);\n    else task.reject(value);\n  });",
      },
    ],
  ),
  variant('counts-when-asked', 'Totals are added up when somebody asks, and not kept.', [
    {
      file: 'queue.ts',
      find: 'return { queued: this.#queuedTotal, active: this.#activeTotal, detached: this.#detachedTotal };',
      replace:
        'const all = [...this.#lanes.values()];\n' +
        '      const queued = all.reduce((sum, { backlog }) => sum + backlog.all().length, 0);\n' +
        '      const active = all.reduce((sum, { holds }) => sum + holds.all().length, 0);\n' +
        '      const detached = [...this.#detached.values()].reduce((sum, some) => sum + some, 0);\n' +
        '      return { queued, active, detached };',
    },
  ]),
  variant('wakes-for-nothing', 'A timer may fire too early, find nothing due, and be set again.', [
    {
      file: 'agenda.ts',
      find: 'const delayMs = Math.max(0, first.at - this.#clock.now());',
      replace: 'const delayMs = Math.min(45_000, Math.max(0, first.at - this.#clock.now()));',
    },
  ]),
];
