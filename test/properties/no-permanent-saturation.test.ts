import fc from 'fast-check';
import { expect, it } from 'vitest';
import { usualSetup, type Adapter } from '../../src/oracle/index.ts';
import { StageClock, Turn } from '../scenarios/stage.ts';
import { expectHolds, expectRed } from './red.ts';

const CEILING_MS = 600_000;

/** Bodies that never end, enqueued now and then; some show signs of life for a while. Then nobody does anything any more. */
const everyTaskGetsItsTurn = (adapter: Adapter) =>
  fc.asyncProperty(
    fc.integer({ min: 1, max: 3 }),
    fc.array(fc.record({ afterMs: fc.nat(CEILING_MS), reportsAfterMs: fc.nat(CEILING_MS) }), {
      minLength: 1,
      maxLength: 8,
    }),
    async (concurrency, arrivals) => {
      const clock = new StageClock();
      const queue = adapter.make({
        clock,
        setup: { ...usualSetup(adapter.contract), concurrency },
        listen: () => {},
        warn: () => {},
      });
      const turns: Turn[] = [];
      for (const { afterMs, reportsAfterMs } of arrivals) {
        await clock.pass(afterMs);
        const request = { priority: 'normal', progressSource: undefined, detach: false } as const;
        turns.push(new Turn(clock, (body) => queue.enqueue('lane', body, request)));
        await clock.pass(reportsAfterMs);
        turns.at(-1)!.report();
      }

      // Each can keep the next one waiting for a ceiling at most.
      await clock.pass(CEILING_MS * turns.length);

      expect(turns.filter(({ startedAt }) => startedAt === undefined)).toEqual([]);
      expect(queue.counts!('lane').queued).toBe(0);
    },
  );

it('However many bodies hang, every task gets its turn, with no outside event.', () =>
  expectHolds(everyTaskGetsItsTurn));

it.each(['nothing-reclaimed', 'reclaim-only-on-dispatch'])('It goes red for %s.', (defect) =>
  expectRed(everyTaskGetsItsTurn, defect),
);
