import { afterEach, expect, it, vi } from 'vitest';
import { formatWarning, type LaneQueueOptions, type Warning } from '../../src/core/index.ts';
import { hang, ignore, Stage } from './stage.ts';

const blocked = {
  at: 500,
  lane: 'a lane',
  active: 1,
  concurrency: 1,
  queued: 2,
  oldestActiveAgeMs: 500,
  stalled: 0,
} as const;
const blockedLine = 'lane blocked: lane="a lane" active=1 concurrency=1 queued=2 oldestActiveAgeMs=500 stalled=0';
const reclaimedLine = 'slot reclaimed: lane="a lane" hold=1 heldMs=1000 silentMs=1000';

/** A lane that is blocked at 500 ms, and in which a slot is reclaimed at 1 000 ms. */
async function warnedOf(options: LaneQueueOptions): Promise<void> {
  const { queue, clock } = new Stage({ stallCeilingMs: 1_000, blockedAfterMs: 500, ...options });
  for (let nth = 0; nth < 3; nth += 1) queue.enqueue('a lane', hang).catch(ignore);
  await clock.pass(1_000);
}

/** A logger that notes what it is given, however it is given. */
function loggerTo(lines: unknown[]): { warn: (...args: unknown[]) => void } {
  return { warn: (...args) => lines.push(args) };
}

afterEach(() => {
  vi.restoreAllMocks();
});

it('A logger such as the console gets one line for each warning.', async () => {
  const lines: unknown[] = [];
  await warnedOf({ onWarning: undefined, logger: loggerTo(lines) });
  expect(lines).toEqual([[blockedLine], [reclaimedLine]]);
});

it('A logger in the manner of pino gets the facts as an object and the words beside it, on the logger itself.', async () => {
  const lines: unknown[] = [];
  const logger = {
    ...loggerTo([]),
    child: ignore,
    warn(this: unknown, ...args: unknown[]) {
      expect(this).toBe(logger);
      lines.push(args);
    },
  };
  await warnedOf({ onWarning: undefined, logger });
  expect(lines).toEqual([
    [{ kind: 'blocked', ...blocked, heldBack: {} }, 'lane blocked'],
    [
      { kind: 'reclaimed', at: 1_000, lane: 'a lane', hold: 1, heldMs: 1_000, silentMs: 1_000, heldBack: {} },
      'slot reclaimed',
    ],
  ]);
});

it('Who names nobody finds the warnings on the console; who listens himself does not; who wants both gets both.', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(ignore);
  await warnedOf({ onWarning: undefined });
  expect(warn.mock.calls).toEqual([[blockedLine], [reclaimedLine]]);

  const [warnings, lines]: unknown[][] = [[], []];
  await warnedOf({ onWarning: (warning) => warnings!.push(warning) });
  await warnedOf({ onWarning: (warning) => warnings!.push(warning), logger: loggerTo(lines!) });
  expect(warnings).toMatchObject([
    { kind: 'blocked' },
    { kind: 'reclaimed' },
    { kind: 'blocked' },
    { kind: 'reclaimed' },
  ]);
  expect(lines).toEqual([[blockedLine], [reclaimedLine]]);
  expect(warn).toHaveBeenCalledTimes(2);
});

function fault(error: unknown): Warning {
  return { kind: 'fault', at: 0, lane: 'a', where: 'onWait', error, heldBack: {} };
}

it('A line shows what was held back, and copes with whatever was thrown.', () => {
  const held: Warning = { ...fault('words'), heldBack: { blocked: 2 } };
  expect(formatWarning(held)).toBe('callback threw: lane="a" where="onWait" error="words" heldBack={"blocked":2}');
  const loop: { itself?: unknown } = {};
  loop.itself = loop;
  const shown = [new Error('one\nline'), undefined, null, 5n, Symbol('s'), loop, { code: 1 }].map((error) =>
    formatWarning(fault(error)).replace(/.*error=/, ''),
  );
  expect(shown).toEqual(['"one\\nline"', 'undefined', 'null', '(bigint)', 'Symbol(s)', '(object)', '{"code":1}']);
});
