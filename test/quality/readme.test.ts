import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RULE_NAMES } from '../../src/oracle/index.ts';
import { tell } from '../../src/harness/told.ts';
import { campaignTable } from '../../src/report/index.ts';
import { campaign, type Report } from '../../src/search/index.ts';
import { zoo } from '../zoo/index.ts';
import { blocksOf, installedIn, printedBy } from './pages.ts';

const RULES_PAGE = readFileSync('docs/rules.md', 'utf8');

const FOLDER = join('node_modules', '.cache', `stallproof-readme-${process.pid}`);

beforeAll(() => installedIn(FOLDER, ['core']));

afterAll(() => rmSync(FOLDER, { recursive: true }));

describe.each(['README.md', 'docs/queue.md'])('the examples of %s', (page) => {
  const blocks = blocksOf(page);
  const examples = blocks.flatMap((block, place) => (block.isRunnable ? [{ ...block, after: blocks[place + 1] }] : []));

  it.each(examples)('The one in line $line prints what stands below it.', async ({ line, text, after }) => {
    expect(after).toMatchObject({ language: 'text' });
    expect(await printedBy(FOLDER, `${page.replaceAll('/', '-')}-${line}`, text)).toBe(after!.text);
  });

  it('No code in it is left out.', () => {
    const code = blocks.filter(({ language }) => ['js', 'ts'].includes(language));
    expect(code.filter(({ isRunnable }) => !isRunnable)).toEqual([]);
    expect(code.length).toBeGreaterThanOrEqual(3);
  });
});

describe('an example', () => {
  it('One that does not work would be noticed.', async () => {
    await expect(printedBy(FOLDER, 'broken', "import { NoSuchThing } from 'stallproof';")).rejects.toThrow(
      'NoSuchThing',
    );
    await expect(printedBy(FOLDER, 'rejects', "await Promise.reject(new Error('not so'));")).rejects.toThrow('not so');
  });
});

describe('what the README shows of the checker', () => {
  const shown = blocksOf('README.md')
    .filter(({ language }) => language === 'text')
    .map(({ text }) => text);

  it('The counterexample is the one that is found.', async () => {
    const rule = 'no-permanent-saturation';
    const adapter = await zoo.find(({ name }) => name === 'reclaim-only-on-dispatch')!.load();
    const { rules } = await campaign(adapter, { seed: 1, until: rule });
    const counterexample = rules[rule].counterexample!;
    const file = `.stallproof/${adapter.name}.${rule}.seed-1.json`;
    const { text } = await tell(adapter, counterexample, {
      replay: `npm run replay -- ${file} --subject ${adapter.name}`,
    });
    expect(shown[0]).toBe(`${text}\n`);
  });

  it('The table is that of a campaign on the queue, as far as it goes; only its numbers may be of another day.', () => {
    const rules = Object.fromEntries(RULE_NAMES.map((rule) => [rule, { status: 'holds', exercised: 1 }]));
    const table = campaignTable({ subject: 'reference', seed: 1, commands: 1, runs: 1, rules } as Report);
    const lines = numberless(shown[1]!.trimEnd());
    expect(lines.length).toBeGreaterThan(3);
    expect(numberless(table)).toEqual(expect.arrayContaining(lines));
  });
});

describe('the pages', () => {
  it('docs/rules.md has a heading for each rule of the model, in their order; any other cites the test that keeps it.', () => {
    const section = RULES_PAGE.slice(RULES_PAGE.indexOf('\n## The rules'), RULES_PAGE.indexOf('\n## Where the model'));
    const rules = [...section.matchAll(/^### (.*)\n([^]*?)(?=^### |$(?![^]))/gm)].map(([, name, text]) => ({
      name,
      text,
    }));
    const [modelled, others] = [true, false].map((is) =>
      rules.filter(({ name }) => (RULE_NAMES as readonly (string | undefined)[]).includes(name) === is),
    );
    expect(modelled!.map(({ name }) => name)).toEqual(RULE_NAMES);
    for (const { text } of others!) expect(text).toMatch(/\(\.\.\/test\/\w+\/[\w-]+\.test\.ts\)/);
  });

  it.each(['README.md', ...pagesUnder('docs')])('Every link in %s leads somewhere.', (page) => {
    for (const [, link] of readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path, anchor] = link!.split('#') as [string, string?];
      const target = path === '' ? page : join(dirname(page), path);
      expect({ link, exists: existsSync(target) }).toEqual({ link, exists: true });
      if (anchor !== undefined) expect(anchorsOf(target)).toContain(anchor);
    }
  });
});

function numberless(table: string): string[] {
  return table.split('\n').map((line) => line.replaceAll(/ *\d[\d ]*/g, ' # '));
}

function pagesUnder(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.md')).map((file) => join(folder, file));
}

/** The names under which the headings of a page can be reached. */
function anchorsOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
