import fc from 'fast-check';
import { expect, it } from 'vitest';
import { usualSetup, type Adapter } from '../../src/oracle/index.ts';
import { StageClock, Turn } from '../scenarios/stage.ts';
import { expectHolds, expectRed } from './red.ts';

const CEILING_MS = 600_000;

/** In one lane some bodies hang and the others show signs of life; more tasks wait than there are slots. */
const noSiblingCompletionIsLost = (adapter: Adapter) =>
  fc.asyncProperty(
    fc
      .array(fc.boolean(), { minLength: 2, maxLength: 5 })
      .filter((hangs) => hangs.includes(true) && hangs.includes(false)),
    fc.integer({ min: 0, max: 6 }),
    async (hangs, backlog) => {
      const clock = new StageClock();
      const setup = { ...usualSetup(adapter.contract), concurrency: hangs.length };
      const queue = adapter.make({ clock, setup, listen: () => {}, warn: () => {} });
      const request = { priority: 'normal', progressSource: undefined, detach: false } as const;
      const turn = (): Turn => new Turn(clock, (body) => queue.enqueue('lane', body, request));
      const first = hangs.map(turn);
      const later = Array.from({ length: hangs.length + backlog }, turn);
      const hung = first.filter((_, place) => hangs[place]);
      const siblings = first.filter((_, place) => !hangs[place]);

      await clock.pass(CEILING_MS - 1);
      for (const sibling of siblings) sibling.report();
      await clock.pass(1);
      expect(later.filter(({ startedAt }) => startedAt !== undefined)).toHaveLength(hung.length);

      for (const [done, sibling] of siblings.entries()) {
        await sibling.finish();
        expect(sibling.answer).toBe('done');
        expect(later.filter(({ startedAt }) => startedAt !== undefined)).toHaveLength(hung.length + done + 1);
        expect(queue.counts!('lane').active).toBe(hangs.length);
      }
    },
  );

it('After a reclaim each healthy sibling completes, is answered, and makes room for the next.', () =>
  expectHolds(noSiblingCompletionIsLost));

it.each(['generation-bump'])('It goes red for %s.', (defect) => expectRed(noSiblingCompletionIsLost, defect));
