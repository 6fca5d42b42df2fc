import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineContract, POOL, RULES } from '../../src/harness/index.ts';
import { blocksOf, installedIn, printedBy, type Block } from './pages.ts';

const PAGE = 'docs/your-queue.md';
const TEXT = readFileSync(PAGE, 'utf8');
const FOLDER = join('node_modules', '.cache', `stallproof-your-queue-${process.pid}`);
/** Whole campaigns, each in a process of its own. */
const LONG_MS = 120_000;
const blocks = blocksOf(PAGE);
const files = blocks.filter(({ info }) => info.endsWith('.js'));

/** A reader's project: the package, and the files that the page shows. */
beforeAll(() => {
  installedIn(FOLDER, ['model', 'oracle', 'search', 'report', 'harness']);
  for (const { info, text } of files) writeFileSync(join(FOLDER, info), text);
});

afterAll(() => rmSync(FOLDER, { recursive: true }));

function isAfter(block: Block): Block | undefined {
  return blocks[blocks.indexOf(block) + 1];
}

/** What a program prints on the way, whether or not it fails. */
async function output(...args: string[]): Promise<{ readonly code: number; readonly text: string }> {
  const env = { ...process.env, NO_COLOR: '1', VITEST: undefined, NODE_TEST_CONTEXT: undefined };
  const options = { cwd: FOLDER, env, timeout: LONG_MS };
  return promisify(execFile)(process.execPath, args, options).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      text: error.stdout + error.stderr,
    }),
  );
}

describe('the examples', () => {
  it.each(blocks.filter(({ isRunnable }) => isRunnable))(
    'The one in line $line prints what stands below it.',
    async (block) => {
      expect(isAfter(block)).toMatchObject({ language: 'text' });
      expect(await printedBy(FOLDER, `line-${block.line}`, block.text)).toBe(isAfter(block)!.text);
    },
  );

  it('No code is left out.', () => {
    const code = blocks.filter(({ language }) => language !== 'text' && language !== 'sh');
    expect(code.filter((block) => !block.isRunnable && !files.includes(block))).toEqual([]);
    expect(code.length).toBeGreaterThan(8);
  });

  const counterexample = '✗ work-conserving                  gate · 3 commands';

  it(
    'The test fails with the counterexample under node:test.',
    async () => {
      const { text: own } = files.find(({ info }) => info === 'gate.test.js')!;
      writeFileSync(
        join(FOLDER, 'gate.test.js'),
        own.replace('{ describe, it });', '{ describe, it, budget: 5_000 });'),
      );
      const { code, text } = await output('--test', '--test-reporter=tap', 'gate.test.js');
      expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining(counterexample) as string });
      expect(text).toContain('# pass 4\n# fail 2\n');
    },
    LONG_MS,
  );

  it(
    'Under vitest the same; what is known to be broken passes, and what is not, and holds, fails as the page says.',
    async () => {
      const known = files.find(({ info }) => info === 'known.test.js')!;
      const own = known.text
        .replace("'node:test'", "'vitest'")
        .replace("'work-conserving', 'conservation'", "'conservation', 'order'")
        .replace('knownFailures', 'budget: 5_000, knownFailures');
      writeFileSync(join(FOLDER, 'known.vitest.js'), own);
      writeFileSync(join(FOLDER, 'vitest.config.js'), "export default { test: { include: ['*.vitest.js'] } };");
      const { code, text } = await output(resolve('node_modules/vitest/vitest.mjs'), 'run', '--root', '.');
      expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining(counterexample) as string });
      expect(text).toContain('2 failed | 4 passed');
      expect(text).toContain(isAfter(known)!.text.trimEnd());
    },
    LONG_MS,
  );
});

/** What stands in code at the beginning of the rows of one section. */
function rowsOf(heading: string): string[] {
  const section = TEXT.slice(TEXT.indexOf(`## ${heading}\n`)).split('\n## ', 1)[0]!;
  return [...section.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`(\w[\w-]*)[^`]*`/g)].map(([, name]) => name!),
  );
}

describe('the tables', () => {
  it('Every promise is named, and those of the pool are marked.', () => {
    expect(rowsOf('What a queue may promise').toSorted()).toEqual(Object.keys(RULES).toSorted());
    expect([...TEXT.matchAll(/^\| `(.*)` · \|/gm)].map(([, name]) => name)).toEqual(POOL);
  });

  it('Every term is named, with its default.', () => {
    const { promises: _, ...defaults } = defineContract({ promises: [] });
    expect(rowsOf('Where honest queues differ').toSorted()).toEqual(Object.keys(defaults).toSorted());
    for (const [name, value] of Object.entries(defaults)) {
      if (['callsInside', 'noticeAfterMs', 'setups'].includes(name)) continue;
      const shown = JSON.stringify(value).replaceAll('"', "'");
      expect(TEXT).toMatch(new RegExp(`^\\| \`${name}\` \\| (\`)?${shown.replaceAll(/[[\]]/g, '\\$&')}\\1? \\|`, 'm'));
    }
  });

  it('Every method is named.', () => {
    const port = readFileSync('src/oracle/adapter.ts', 'utf8')
      .split('export interface Subject {')[1]!
      .split('\n}', 1)[0]!;
    const methods = [...port.matchAll(/^ {2}(\w+)\??\(/gm)].map(([, name]) => name!);
    expect(rowsOf('The adapter').toSorted()).toEqual(methods.toSorted());
  });
});
