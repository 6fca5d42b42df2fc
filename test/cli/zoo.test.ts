import { expect, it } from 'vitest';
import type { Command, RuleName } from '../../src/oracle/index.ts';
import { drive, usualSetup } from '../../src/oracle/index.ts';
import { incident } from '../../src/zoo/index.ts';
import { ran, Stage } from './stage.ts';

const enqueue: Command = { do: 'enqueue', lane: 'main' };
const toCeiling: Command = { do: 'advance', to: 'at', deadline: 'ceiling' };
const toNext: Command = { do: 'advance', to: 'at', deadline: 'next' };

/** A program that shows each defect; of two slots where `concurrency` says so. */
const SHOWN_BY: Readonly<Record<string, { readonly commands: readonly Command[]; readonly concurrency?: number }>> = {
  'incident-nothing-reclaimed': { commands: [enqueue, enqueue, toCeiling] },
  'incident-silence': { commands: [enqueue, enqueue, toNext] },
  'incident-reclaim-only-on-dispatch': { commands: [enqueue, enqueue, toCeiling] },
  'incident-generation-bump': {
    commands: [enqueue, toNext, enqueue, enqueue, toCeiling, { do: 'complete', lane: 'main', hold: 'oldest' }],
    concurrency: 2,
  },
  'incident-waiters-not-woken': { commands: [enqueue, enqueue, { do: 'wait' }, toCeiling] },
  'incident-slot-freed-twice': {
    commands: [enqueue, enqueue, enqueue, { do: 'fail', lane: 'main', hold: 'oldest' }],
  },
};

it.each(incident)('$name breaks $rule', async ({ name, rule, load }) => {
  const adapter = await load();
  const { commands, concurrency = 1 } = SHOWN_BY[name]!;
  const setup = { ...usualSetup(adapter.contract), concurrency };
  const { divergence } = await drive(adapter, { setup, commands }, { epilogue: false });
  expect(divergence?.rule).toBe<RuleName>(rule);
});

/** So few that the first three are caught and the others are not. */
const FEW = ['zoo', '--commands', '6'];

it('Each is a line as it is caught, with commands, and with the time it took where somebody watches.', async () => {
  const { code, stdout } = await ran(FEW, new Stage({ isTTY: true, env: { NO_COLOR: '1' } }));
  expect(code).toBe(1);
  expect(stdout).toContain(
    '✓ silence                   never-silent                 6 commands, shown by 3  0.0 s\n' +
      '  · the lane stood still for hours, and not one line was logged\n',
  );
  expect(stdout).toMatch(/^✗ generation-bump +sibling-safe +\d+ commands +0\.0 s$/m);
  expect(stdout.split('\n').filter((line) => line.length > 90)).toEqual([]);
});

it('Where nobody does there is no time, so that it is the same each time.', async () => {
  const { stdout } = await ran(['zoo', '--commands', '1']);
  expect(stdout).toMatch(/^✗ silence +never-silent +\d commands$/m);
});

it('JSON has the same, and nothing else is printed.', async () => {
  const { stdout } = await ran(['zoo', '--commands', '1', '--json']);
  const rows = JSON.parse(stdout) as object[];
  expect(rows.length).toBe(incident.length + 1);
  expect(rows[0]).toMatchObject({ name: 'incident-nothing-reclaimed', rule: incident[0]!.rule, isAsItMust: false });
});
