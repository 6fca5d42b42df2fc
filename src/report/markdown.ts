import { duration } from './duration.ts';
import { counted } from './campaign.ts';
import { reading } from './phrases.ts';
import { pictureLines } from './picture.ts';
import { linesOf, setupOf, shorterThan } from './text.ts';
import { recordedText } from './recorded.ts';
import { programOf } from './program.ts';
import type { Verdict } from './verdict.ts';

/**
 * A verdict for an issue tracker, in Markdown that renders everywhere: for a reader who knows queues and has never heard of
 * this project. Whatever comes from the queue is escaped.
 */
export function markdownOf(verdict: Verdict): string {
  const { rule, subject, promise, commands, moments, divergence, certificate, replay } = verdict;
  const picture = pictureLines(verdict);
  const { key, expected, actual } = divergence;
  return [
    `## ${escaped(subject)} breaks \`${rule}\` in ${counted(commands.length)}`,
    '',
    `The promise: **${escaped(promise)}**`,
    '',
    `Tasks are put into named lanes, each with so many slots; a task holds a slot from its start until its function fulfils, rejects`,
    `or throws. Here: ${setupOf(verdict)}. Time is virtual. After each step, when all promise callbacks have run, the queue is looked at.`,
    '',
    '| | what is done | at | what comes of it |',
    '| --: | --- | --: | --- |',
    ...linesOf(moments).map(
      ({ number, what, at, seen }) =>
        `| ${number ?? 'end'} | ${escaped(what)} | ${duration(at)} | ${seen.map(escaped).join('<br>')} |`,
    ),
    '',
    `At ${duration(moments.at(-1)?.at ?? 0)}:`,
    '',
    `- expected: **${escaped(reading(key, expected))}**`,
    `- actual: **${escaped(reading(key, actual))}**`,
    '',
    ...(picture.length === 0 ? [] : [...fenced(picture.join('\n')), '']),
    '### Why',
    '',
    ...verdict.why.slice(1).map((sentence) => `- ${escaped(sentence)}`),
    '',
    ...(certificate === undefined || certificate.length === 0 ? [] : [escaped(shorterThan(certificate)), '']),
    '<details>',
    '<summary>The commands as data, and how to run them again</summary>',
    '',
    ...fenced(replay, 'sh'),
    '',
    ...fenced(recordedText(verdict), 'json'),
    '',
    '</details>',
    ...scriptOf(verdict),
  ].join('\n');
}

/** A maintainer has an adapter or writes one; the rest of the script stands alone. */
function scriptOf(verdict: Verdict): string[] {
  const { source } = programOf(verdict, { subject: './adapter.mjs' });
  if (source === undefined) return [];
  const summary = '<summary>The same as a script that fails alone; it imports the adapter of the queue</summary>';
  return ['', '<details>', summary, '', ...fenced(source.trimEnd(), 'js'), '', '</details>'];
}

/** Shown as it is: no markup, no mention of anybody, no cell that ends early, no second line. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~@]/g, (mark) => (mark === '<' ? '&lt;' : mark === '@' ? '@\u200b' : `\\${mark}`))
    .replace(/\s+/g, ' ');
}

/** Between fences longer than any in it. */
function fenced(text: string, language = 'text'): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text, fence];
}
