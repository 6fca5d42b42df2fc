import fc from 'fast-check';
import { expect, it } from 'vitest';
import { usualSetup, type Adapter } from '../../src/oracle/index.ts';
import { StageClock, Turn } from '../scenarios/stage.ts';
import { expectHolds, expectRed } from './red.ts';

const CEILING_MS = 600_000;

/** The ways out of a slot. Which of them a captured hold takes must make no difference to those who wait for it. */
const wayOut = fc.constantFrom('completes' as const, 'is reset' as const, 'stalls' as const);

/** One task in each lane; somebody waits for them all; each leaves in its own way, and in each lane another comes after. */
const whoeverWaitsIsWoken = (adapter: Adapter) =>
  fc.asyncProperty(fc.array(wayOut, { minLength: 1, maxLength: 6 }), async (ways) => {
    const clock = new StageClock();
    const queue = adapter.make({ clock, setup: usualSetup(adapter.contract), listen: () => {}, warn: () => {} });
    const request = { priority: 'normal', progressSource: undefined, detach: false } as const;
    const turn = (lane: number): Turn => new Turn(clock, (body) => queue.enqueue(`lane ${lane}`, body, request));
    const turns = ways.map((_, lane) => turn(lane));
    let answer: unknown;
    const { signal } = new AbortController();
    void queue.waitForActive!({ lane: undefined, timeoutMs: undefined, signal }).then((result) => {
      answer = { ...result, at: clock.now() };
    });
    for (const lane of ways.keys()) turn(lane);

    for (const [lane, way] of ways.entries()) {
      await clock.pass(1_000);
      expect(answer).toBeUndefined();
      if (way === 'completes') await turns[lane]!.finish();
      if (way === 'is reset') queue.reset!(`lane ${lane}`);
    }
    const stalls = ways.includes('stalls');
    await clock.pass(stalls ? CEILING_MS : 0);

    const takenBack = ways.filter((way) => way !== 'completes').length;
    const at = stalls ? CEILING_MS : 1_000 * ways.length;
    expect(answer).toEqual({ outcome: 'left', takenBack, remaining: 0, at });
  });

it('Whoever waits for the active holds is woken when the last has left, in whatever way each of them left.', () =>
  expectHolds(whoeverWaitsIsWoken));

it.each(['waiters-not-woken'])('It goes red for %s.', (defect) => expectRed(whoeverWaitsIsWoken, defect));
