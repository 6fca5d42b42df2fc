import { expect, it } from 'vitest';
import { referenceContract } from '../../src/adapters/reference.ts';
import { usualSetup, type Command, type Program, type Setup } from '../../src/oracle/index.ts';
import { Order } from '../../src/search/order.ts';

it('Of two programs the smaller one comes first, then the one with fewer calls from inside, the usual setup, the earlier letters.', () => {
  const order = new Order(referenceContract);
  const usual = usualSetup(referenceContract);
  const enqueue: Command = { do: 'enqueue', lane: 'main' };
  const special: Command = { do: 'enqueue', lane: 'main', priority: 'foreground' };
  const call: Command = { do: 'call from', site: 'body', lane: 'main', call: enqueue };
  const odd: Setup = { ...usual, concurrency: 2, maxWarningsPerMinute: 3, blockedAfterMs: 0 };
  const programs: Program[] = [
    { setup: usual, commands: [enqueue, enqueue] },
    { setup: usual, commands: [enqueue, special] },
    { setup: usual, commands: [special, enqueue] },
    { setup: order.near.one[0]!, commands: [enqueue, enqueue] },
    { setup: order.near.two[0]!, commands: [enqueue, enqueue] },
    { setup: odd, commands: [enqueue, enqueue] },
    { setup: { ...odd, listeners: 'throw' }, commands: [enqueue, enqueue] },
    { setup: usual, commands: [enqueue, enqueue, enqueue] },
    { setup: order.near.one[0]!, commands: [enqueue, enqueue, enqueue] },
    { setup: usual, commands: [call] },
    { setup: usual, commands: [enqueue, call] },
    { setup: usual, commands: [call, call] },
  ];
  for (const [place, one] of programs.entries())
    for (const [other, program] of programs.entries()) expect(order.comesBefore(one, program)).toBe(place < other);
});
