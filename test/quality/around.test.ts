import { expect, it } from 'vitest';
import { referenceContract } from '../../src/adapters/reference.ts';
import { usualSetup, type Command, type Program } from '../../src/oracle/index.ts';
import { around } from '../../src/search/around.ts';
import { known } from '../zoo/known.ts';

const usual = usualSetup(referenceContract);
const enqueue: Command = { do: 'enqueue', lane: 'main' };
const atCeiling: Command = { do: 'advance', to: 'at', deadline: 'ceiling' };
const atNext: Command = { do: 'advance', to: 'at', deadline: 'next' };

/** Where shrinking once ended, without a single change that would have gone on from there. */
const ends: Record<string, Program> = {
  'second-phantom-in-a-row': { setup: usual, commands: [enqueue, enqueue, enqueue, atCeiling, atCeiling] },
  'oldest-hold-speaks-for-all': {
    setup: { ...usual, concurrency: 2 },
    commands: [enqueue, enqueue, atNext, { do: 'progress', lane: 'main', hold: 'oldest' }, enqueue, atNext],
  },
  'leaving-is-no-move': {
    setup: { ...usual, concurrency: 2 },
    commands: [
      enqueue,
      enqueue,
      enqueue,
      { do: 'configure', lane: 'main', concurrency: 1 },
      { do: 'advance', to: 'before', deadline: 'next' },
      { do: 'complete', lane: 'main', hold: 'oldest' },
      atNext,
    ],
  },
  'minute-that-starts-afresh': {
    setup: { ...usual, stallCeilingMs: 70_000, maxWarningsPerMinute: 3, listeners: 'throw' },
    commands: [enqueue, enqueue, atCeiling],
  },
};

it.each(Object.keys(ends))('To the smallest of %s it is several changes at once, and one step.', (name) => {
  const programs = [...around(referenceContract, ends[name]!)].map((program) => JSON.stringify(program));
  expect(programs).toContain(JSON.stringify(known(name)));
  expect(programs).not.toContain(JSON.stringify(ends[name]));
});
