import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RENDERERS } from '../../src/cli/renderers.ts';
import type { Verdict } from '../../src/report/verdict.ts';
import { SMALL_QUEUES } from './queues.ts';
import { ran, type Ran } from './stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'stallproof-report-'));
const FILE = join(folder, 'leaky.conservation.depth-2.json');
const SCRIPTS: readonly string[] = ['program', 'test'];
const FORMATS = Object.keys(RENDERERS).filter((format) => format !== 'text');
/** Those that import the queue need a module of it. */
const ALONE = FORMATS.filter((format) => !SCRIPTS.includes(format));

beforeAll(async () => {
  await ran(['explore', 'leaky', '--depth', '2', ...SMALL_QUEUES, '--out', folder]);
});

afterAll(() => rmSync(folder, { recursive: true }));

async function on(...args: readonly string[]): Promise<Ran> {
  return ran([...args, ...SMALL_QUEUES]);
}

describe('report', () => {
  it('prints the text, if nothing else is asked for: as replay does', async () => {
    expect(await on('report', FILE)).toEqual(await on('replay', FILE));
    expect((await on('report', FILE)).stdout).toMatch(/^✗ conservation .* leaky · 2 commands\n/);
  });

  it('writes a file for each format that is asked for, and says which on stderr', async () => {
    const paths = ALONE.map((format) => join(folder, 'deep', `bug.${format}`));
    const options = ALONE.map((format, place) => `--${format}=${paths[place]}`);
    const { code, stdout, stderr } = await on('report', FILE, '--text', ...options);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ conservation /);
    expect(stderr).toBe(paths.map((path) => `${path} is written.\n`).join(''));
    for (const path of paths) expect(readFileSync(path, 'utf8')).toMatch(/conservation[^]*\n$/);
    expect((await ran(['report', '--help'])).stdout).toContain(ALONE.map((format) => `  --${format} `)[0] ?? '--text');
  });

  it.each(SCRIPTS)('--%s needs a queue that can be imported', async (format) => {
    const file = join(folder, `bug.${format}.mjs`);
    const { code, stderr } = await on('report', FILE, `--${format}=${file}`);
    expect({ code, isWritten: existsSync(file) }).toEqual({ code: 2, isWritten: false });
    expect(stderr).toContain(`--${format}: "leaky" is no module that a script could import; pass --subject`);
  });

  it('As JSON the verdict is printed, and can be run again like what it was made from.', async () => {
    const { code, stdout } = await on('report', FILE, '--json');
    expect(code).toBe(1);
    const verdict = JSON.parse(stdout) as Verdict;
    expect(verdict).toMatchObject({ format: 1, subject: 'leaky', rule: 'conservation', moments: [{}, {}] });
    expect((await on('replay', FILE, '--json')).stdout).toBe(stdout);
  });

  it('Where the queue does as it must there is nothing to report.', async () => {
    const { code, stdout, stderr } = await on('report', FILE, '--subject', 'sound');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('✓ conservation   sound · 2 commands\n  The queue does as it must.\n  Nothing is written');
    expect((await on('replay', FILE, '--subject', 'sound', '--json')).stdout).toBe('null\n');
  });
});
