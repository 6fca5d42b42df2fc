import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Broken } from '../../src/cli/broken.ts';
import { annotation } from '../../src/cli/github.ts';
import type { Subject } from '../../src/cli/subjects.ts';
import { summary } from '../../src/cli/summary.ts';
import { SMALL_QUEUES } from './queues.ts';
import { ran, Stage, type Ran } from './stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'stallproof-github-'));
const SUMMARY = join(folder, 'summary.md');

afterAll(() => rmSync(folder, { recursive: true }));

function inActions(file = SUMMARY): Stage {
  return new Stage({ env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file } });
}

async function explore(stage: Stage, ...args: readonly string[]): Promise<Ran> {
  return ran(['explore', 'leaky', '--depth', '3', ...SMALL_QUEUES, '--out', folder, ...args], stage);
}

describe('in GitHub Actions', () => {
  it('a broken rule is an annotation, and all rules are the summary of the job', async () => {
    const { code, stdout } = await explore(inActions());
    expect(code).toBe(1);
    const line = stdout.split('\n').find((one) => one.startsWith('::'))!;
    expect(line).toMatch(/^::error title=leaky breaks work-conserving::✗ work-conserving .*%0A {2}Where there is/);
    const markdown = readFileSync(SUMMARY, 'utf8');
    expect(markdown).toContain('## ✗ `leaky`: `work-conserving`, `conservation`\n');
    expect(markdown).toMatch(/^\| `conservation` \| ✗ broken \| \d+ \| Every task is in one place/m);
    expect(markdown).toMatch(/^\| `capacity` \| ✓ holds \| \d+ \| Nothing starts/m);
    expect(markdown).not.toContain('`close`');
    expect(markdown).toMatch(/^## leaky: .*\n\nIt breaks the rule `conservation`, by /m);
  });

  it('Without them there is neither.', async () => {
    const { stdout } = await explore(new Stage());
    expect(stdout).not.toContain('::');
  });

  it('In JSON there is no annotation: it goes to stderr, where it is read as well.', async () => {
    const { stdout, stderr } = await explore(inActions(), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ rules: { conservation: { status: 'broken' } } });
    expect(stderr).toMatch(/^::error title=/m);
  });

  it('A summary that cannot be written changes nothing else.', async () => {
    const { code, stderr } = await explore(inActions(folder));
    expect(code).toBe(1);
    expect(stderr).toBe(`GITHUB_STEP_SUMMARY: ${folder} cannot be written: it is a folder; there is no job summary.\n`);
  });

  it('A replay says the same of its one rule.', async () => {
    const file = join(folder, 'leaky.conservation.depth-3.json');
    const { code, stdout } = await ran(['replay', file, ...SMALL_QUEUES], inActions());
    expect(code).toBe(1);
    expect(stdout).toContain('\n::error title=leaky breaks conservation::');
    expect((await ran(['replay', file, '--subject', 'sound', ...SMALL_QUEUES], inActions())).stdout).not.toContain(
      '::',
    );
  });
});

describe('what was made by others', () => {
  const odd = { name: 'src/q.js', adapter: { name: 'q: 100 %, really|`\nno' }, module: 'file:///q.js' } as Subject;
  const broken = { rule: 'capacity', text: 'one\r\ntwo ``` 50 %' } as Broken;

  it('is no markup of an annotation', () => {
    expect(annotation(odd, broken)).toBe(
      '::error file=src/q.js,title=q%3A 100 %25%2C really|`%0Ano breaks capacity::one%0D%0Atwo ``` 50 %25',
    );
    expect(annotation({ ...odd, name: '/elsewhere/q.js' }, broken)).toMatch(/^::error title=/);
    expect(annotation({ ...odd, module: undefined }, broken)).toMatch(/^::error title=/);
  });

  it('is none of a summary', () => {
    expect(summary({ subject: odd, broken: [broken] })).toBe(
      '## ✗ `` q: 100 %, really¦` no ``: `capacity`\n\n````text\none\r\ntwo ``` 50 %\n````\n',
    );
    expect(summary({ subject: odd, broken: [] })).toContain('## ✓ `` q: 100');
  });

  it('has an end: what a summary has no room for is left out', () => {
    const long = { ...broken, text: 'x'.repeat(600_000) };
    const text = summary({ subject: odd, broken: [long, long] });
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    expect(text).toContain('There is more: ');
  });
});
