import fc from 'fast-check';
import { expect, it } from 'vitest';
import { usualSetup, type Adapter } from '../../src/oracle/index.ts';
import { StageClock, Turn } from '../scenarios/stage.ts';
import { expectHolds, expectRed } from './red.ts';

const MINUTE_MS = 60_000;

function throwAlways(): never {
  throw new Error('no idea how it is going');
}

/** Everything at once that anybody could be warned of: lanes blocked, slots reclaimed, sources that throw whenever they are read. */
const warningsKeepTheirBounds = (adapter: Adapter) =>
  fc.asyncProperty(
    fc.record({
      lanes: fc.integer({ min: 1, max: 6 }),
      tasks: fc.integer({ min: 2, max: 8 }),
      warnEveryMs: fc.constantFrom(5_000, 30_000, 100_000),
      maxWarningsPerMinute: fc.integer({ min: 1, max: 8 }),
      stallCeilingMs: fc.constantFrom(3_000, 40_000),
      resetEveryMs: fc.integer({ min: 500, max: 20_000 }),
    }),
    async ({ lanes, tasks, resetEveryMs, ...limits }) => {
      const clock = new StageClock();
      const warnings: { at: number; of: string }[] = [];
      const queue = adapter.make({
        clock,
        setup: { ...usualSetup(adapter.contract), ...limits, blockedAfterMs: 0 },
        listen: () => {},
        warn: ({ kind, lane }) => warnings.push({ at: clock.now(), of: `${kind} ${lane}` }),
      });
      const request = { priority: 'normal', progressSource: throwAlways, detach: false } as const;
      for (let nth = 0; nth < lanes * tasks; nth += 1) {
        const caller = new Turn(clock, (body) => queue.enqueue(`lane ${nth % lanes}`, body, request));
        expect(caller.answer).toBeUndefined();
      }
      while (clock.now() < 3 * MINUTE_MS) {
        await clock.pass(resetEveryMs);
        queue.reset!('lane 0');
      }

      expect(warnings.length).toBeGreaterThan(0);
      for (const { at, of } of warnings) {
        const sinceThen = warnings.filter((later) => later.at >= at && later.at < at + MINUTE_MS);
        expect(sinceThen.length).toBeLessThanOrEqual(limits.maxWarningsPerMinute);
        const ofTheSame = warnings.filter(
          (later) => later.of === of && later.at >= at && later.at < at + limits.warnEveryMs,
        );
        expect(ofTheSame).toHaveLength(1);
      }
    },
  );

it('However much there is to warn of, the warnings keep to their rates, per lane and kind and over all.', () =>
  expectHolds(warningsKeepTheirBounds));

it.each(['warnings-flood', 'minute-not-counted'])('It goes red for %s.', (defect) =>
  expectRed(warningsKeepTheirBounds, defect),
);
