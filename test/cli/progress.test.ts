import { describe, expect, it } from 'vitest';
import { referenceContract } from '../../src/adapters/reference.ts';
import { meter } from '../../src/cli/progress.ts';
import type { Progress } from '../../src/search/index.ts';
import { SMALL_QUEUES } from './queues.ts';
import { ran, Stage } from './stage.ts';

function at(share: number, more: Partial<Progress> = {}): Progress {
  return { commands: Math.round(share * 50_000), runs: 1, share, reached: 20, broken: 0, ...more };
}

/** What stands on the terminal after all that was written: what came after the last time the line was cleared. */
function shown({ stderr }: Stage): string {
  return stderr.text.split('\r\u001B[K').at(-1)!;
}

describe('on a terminal', () => {
  it('A bar is there before anything is done.', () => {
    const stage = new Stage({ isTTY: true, env: { NO_COLOR: '1' } });
    meter(stage, referenceContract);
    expect(shown(stage)).toBe('░░░░░░░░░░  0 %  beginning · 0 commands/s · 0 of 25 rules');
  });

  it('It says how long it will take, how fast it is, what was reached, and what is broken.', () => {
    const stage = new Stage({ isTTY: true, env: { NO_COLOR: '1' } });
    const { note } = meter(stage, referenceContract);
    stage.time = 1_000;
    note(at(0.5));
    expect(shown(stage)).toBe('█████░░░░░ 50 %  1 s left · 25 000 commands/s · 20 of 25 rules');
    stage.time = 2_000;
    note(at(0.005, { broken: 2 }));
    expect(shown(stage)).toBe('░░░░░░░░░░  0 %  7 min left · 125 commands/s · 20 of 25 rules · 2 broken');
  });

  it('It is drawn ten times a second at most, says what is being made short, and leaves nothing behind.', () => {
    const stage = new Stage({ isTTY: true });
    const { note, onBroken, end } = meter(stage, referenceContract);
    const before = stage.stderr.text;
    stage.time = 99;
    note(at(0.1));
    expect(stage.stderr.text).toBe(before);
    stage.time = 100;
    note(at(0.2));
    expect(shown(stage)).toContain('\u001B[36m██\u001B[39m░░░░░░░░ 20 %  beginning');
    onBroken('capacity');
    expect(shown(stage)).toContain('capacity is broken: making that short');
    end();
    expect(shown(stage)).toBe('');
  });

  it.each([
    ['of 40 columns', 40, 39],
    ['of which nothing is known', 0, 79],
  ])('On one %s what is left over is cut off.', (_, columns, length) => {
    const stage = new Stage({ isTTY: true, env: { NO_COLOR: '1' } });
    Object.assign(stage.stderr, { columns });
    const { note } = meter(stage, referenceContract);
    stage.time = 1_000;
    note(at(0.005, { commands: 123_456_789, broken: 11 }));
    expect(shown(stage).length).toBe(length);
  });

  it('A verify shows it before the first command.', async () => {
    const stage = new Stage({ isTTY: true, env: { NO_COLOR: '1' } });
    await ran(['verify', 'sound', '--commands', '1', ...SMALL_QUEUES], stage);
    expect(stage.stderr.text).toContain('░░░░░░░░░░  0 %  beginning');
    expect(shown(stage)).toBe('');
  });
});

describe('elsewhere', () => {
  it('A line comes with each tenth, and at most one a second; none at the end.', () => {
    const stage = new Stage();
    const { note, onBroken, end } = meter(stage, referenceContract);
    for (let share = 0; share <= 100; share += 1) {
      stage.time += 40;
      note(at(share / 100));
    }
    onBroken('capacity');
    end();
    const lines = stage.stderr.text.split('\n').slice(0, -1);
    expect(lines.map((line) => line.slice(0, 4))).toEqual(['20 %', '40 %', '70 %', '90 %']);
    expect(lines[0]).toBe('20 %  4 s left · 12 000 commands/s · 20 of 25 rules');
  });
});
