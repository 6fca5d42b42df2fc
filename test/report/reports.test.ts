import { describe, expect, it } from 'vitest';
import { htmlOf, markdownOf, textOf, type Verdict } from '../../src/report/index.ts';
import { recordedText } from '../../src/report/recorded.ts';
import { zoo } from '../zoo/index.ts';
import { verdictOn } from './verdicts.ts';

const RENDERERS: readonly (readonly [format: string, render: (verdict: Verdict) => string])[] = [
  ['txt', textOf],
  ['md', markdownOf],
];

/** Four that differ much: nothing happens in time, too much happens at once, too much is said, a call from inside. */
const GOLDEN = ['nothing-reclaimed', 'slot-freed-twice', 'warnings-flood', 'newcomer-first'];

describe.each(zoo.filter(({ name }) => GOLDEN.includes(name)))('$name', (member) => {
  it.each(RENDERERS)('looks as it did, as %s', async (format, render) => {
    const file = `golden/${member.name}.${format}`;
    await expect(`${render(await verdictOn(member))}\n`).toMatchFileSnapshot(file);
  });
});

it('Every defect of the zoo has its report in every format, with a reason of its own, in lines that fit.', async () => {
  for (const member of zoo) {
    const verdict = await verdictOn(member);
    const { name } = member;
    expect({ name, rule: verdict.rule }).toEqual({ name, rule: member.rule });
    expect({ name, reasons: verdict.why.length > 1 }).toEqual({ name, reasons: true });
    expect({ name, isPlain: isPlainData(verdict) }).toEqual({ name, isPlain: true });
    const page = htmlOf(verdict);
    expect({ name, isSmall: page.length < 30_000 }).toEqual({ name, isSmall: true });
    expect({ name, steps: stepsIn(page) }).toEqual({ name, steps: verdict.moments.map(({ what }) => what) });
    const { subject, rule, setup, commands } = verdict;
    expect(JSON.parse(recordedText(verdict))).toEqual({ format: 1, subject, rule, setup, commands });
    for (const [format, render] of RENDERERS) {
      const report = render(verdict);
      expect(report, `${name} as ${format}`).not.toMatch(/NaN|\[object|Infinity/);
      if (format === 'txt') expect(report.split('\n').filter((line) => line.length > 100)).toEqual([]);
    }
  }
});

/** What is done in each step that a page can show. */
function stepsIn(page: string): string[] {
  const [, data] = /<script type="application\/json" class="steps">([^]*?)<\/script>/.exec(page)!;
  const [, last] = /<span class="what">(.*?)<\/span>/.exec(page)!;
  const inText = last!.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return [...(JSON.parse(data!) as { what: string }[]).map(({ what }) => what), inText];
}

function isPlainData(verdict: Verdict): boolean {
  return JSON.stringify(JSON.parse(JSON.stringify(verdict))) === JSON.stringify(verdict);
}

it('What a queue says of itself is no markup.', async () => {
  const verdict = await verdictOn(zoo[0]!);
  const evil = '<img src=x onerror=alert(1)> | `` @all';
  const fences = '```';
  const adapter = { path: './adapter.mjs', source: `// ${fences}` };
  const told = markdownOf({ ...verdict, subject: evil, why: ['', evil], replay: fences });
  expect(told).toContain('````sh\n```\n````');
  expect(markdownOf(verdict, adapter)).toContain('````js\n// ```\n````');
  expect(htmlOf({ ...verdict, subject: evil, why: ['', evil], replay: evil })).not.toContain('<img');
  const prose = told.replaceAll(/^(`{3,})\w*$[^]*?^\1$/gm, '');
  expect(prose).toContain('alert');
  expect(prose).not.toContain('<img');
  expect(prose).not.toContain('@all');
  expect(told.split('\n').find((line) => line.startsWith('- &lt;img'))).toContain('\\|');
});
