import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pictureLines } from '../../src/report/picture.ts';
import { MOST_LINES, programOf } from '../../src/report/program.ts';
import { zoo } from '../zoo/index.ts';
import { verdictOn } from './verdicts.ts';

const PAGE = readFileSync('docs/reports.md', 'utf8');

/** The text of the block that begins so. */
function block(info: string): string {
  const [, text = ''] = new RegExp(`^\`\`\`${info}\n([^]*?)^\`\`\`$`, 'm').exec(PAGE)!;
  return text.trimEnd();
}

const verdict = async (name: string): ReturnType<typeof verdictOn> => verdictOn(zoo.find((one) => one.name === name)!);

it('The picture in docs/reports.md is one that is drawn.', async () => {
  expect(block('text')).toBe(pictureLines(await verdict('waiters-not-woken')).join('\n'));
});

it('The end of the program in it is one that is written, and no program is longer than it says.', async () => {
  const { source = '' } = programOf(await verdict('caller-not-told'), { subject: './my-queue.mjs' });
  expect(source.trimEnd().endsWith(`\n\n${block('js tail')}`)).toBe(true);
  expect(PAGE).toContain(`${MOST_LINES} lines`);
});
