import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SMALL_QUEUES } from './queues.ts';
import { ran, type Ran } from './stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'stallproof-campaign-'));

afterAll(() => rmSync(folder, { recursive: true }));

async function verify(name: string, ...args: readonly string[]): Promise<Ran> {
  return ran(['verify', name, '--commands', '100', ...SMALL_QUEUES, '--out', join(folder, 'found'), ...args]);
}

describe('a whole campaign', () => {
  it('is written as a page and as Markdown, beside what is printed, and the same each time', async () => {
    const [html, markdown] = [join(folder, 'deep', 'report.html'), join(folder, 'report.md')];
    const plain = await verify('leaky');
    const { code, stdout, stderr } = await verify('leaky', '--html', html, '--markdown', markdown);
    expect({ code, stdout }).toEqual({ code: 1, stdout: plain.stdout });
    expect(stderr).toBe(`${html} is written.\n${markdown} is written.\n`);
    const page = readFileSync(html, 'utf8');
    expect(page).toContain('<title>leaky: breaks 2 promises</title>');
    for (const rule of ['work-conserving', 'conservation']) {
      expect(page).toContain(`<a href="#${rule}">${rule}</a>`);
      expect(page).toContain(`<article id="${rule}">`);
    }
    expect(page.split('href="#rules"').length).toBe(3);
    expect(readFileSync(markdown, 'utf8')).toMatch(/^## ✗ `leaky`: `work-conserving`, `conservation`\n/);
    await verify('leaky', '--html', html);
    expect(readFileSync(html, 'utf8')).toBe(page);
  });

  it('is a page also where all holds', async () => {
    const html = join(folder, 'sound.html');
    expect((await verify('sound', '--html', html)).code).toBe(0);
    const page = readFileSync(html, 'utf8');
    expect(page).toContain('keeps every promise that was asked for');
    expect(page).not.toContain('<article');
  });

  it('goes to stdout as JSON all the same', async () => {
    const { stdout } = await verify('leaky', '--json', '--html', join(folder, 'beside.html'));
    expect(JSON.parse(stdout)).toMatchObject({ subject: 'leaky' });
  });

  it.each(['html', 'markdown'])(
    '--%s that cannot be written is said, and what was found is printed',
    async (format) => {
      const { code, stdout, stderr } = await verify('leaky', `--${format}`, folder);
      expect(code).toBe(2);
      expect(stdout).toContain('✗ conservation ');
      expect(stderr).toBe(`${folder}: cannot be written: it is a folder; name another place by --${format}.\n`);
    },
  );
});
