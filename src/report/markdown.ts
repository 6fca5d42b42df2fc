import { duration } from './duration.ts';
import { counted } from './campaign.ts';
import { reading } from './phrases.ts';
import { pictureLines } from './picture.ts';
import { linesOf, setupOf, shorterThan } from './text.ts';
import { recordedText } from './recorded.ts';
import { programOf } from './program.ts';
import type { Verdict } from './verdict.ts';

/** The module by which a queue is driven, so that a reader sees how it was made and which of its methods were called. */
export interface AdapterFile {
  /** What a file that stands where the report does imports it by. */
  readonly path: string;
  readonly source: string;
}

/** Longer ones say less. */
const LONGEST_ADAPTER = 200;

/**
 * A verdict for an issue tracker, in Markdown that renders everywhere: for a reader who knows queues and has never heard of
 * this project. Whatever comes from the queue is escaped.
 */
export function markdownOf(verdict: Verdict, adapter?: AdapterFile): string {
  const { rule, subject, promise, commands, moments, divergence, certificate } = verdict;
  const picture = pictureLines(verdict);
  const { key, expected, actual } = divergence;
  const isTimed = moments.some(({ at }) => at > 0);
  return [
    `## ${escaped(subject)}: ${escaped(reading(key, actual))}`,
    '',
    `It breaks the rule \`${rule}\`, by ${counted(commands.length)}: **${escaped(promise)}**`,
    '',
    howToRead(verdict, isTimed),
    '',
    `| step | what is done |${isTimed ? ' at |' : ''} what was seen |`,
    `| --: | --- |${isTimed ? ' --: |' : ''} --- |`,
    ...linesOf(moments).map(({ number, what, at, seen }) => {
      const time = isTimed ? ` ${duration(at)} |` : '';
      return `| ${number ?? 'end'} | ${escaped(what)} |${time} ${seen.map(escaped).join('<br>')} |`;
    }),
    '',
    `After the last step${isTimed ? `, at ${duration(moments.at(-1)?.at ?? 0)}` : ''}:`,
    '',
    `- expected: **${escaped(reading(key, expected))}**`,
    `- actual: **${escaped(reading(key, actual))}**`,
    '',
    ...(picture.length === 0 ? [] : [...fenced(picture.join('\n')), '']),
    '### Why it must be so',
    '',
    // What came instead stands above.
    ...verdict.why.slice(1).flatMap((sentence) => (sentence.startsWith('Instead ') ? [] : [`- ${escaped(sentence)}`])),
    '',
    ...(certificate === undefined || certificate.length === 0 ? [] : [escaped(shorterThan(certificate)), '']),
    ...folded('The steps as data, and how to run them again', againOf(verdict, adapter)),
    ...adapterOf(adapter),
    ...scriptOf(verdict, adapter),
  ].join('\n');
}

/** What this project means by the few words of its own. */
function howToRead(verdict: Verdict, isTimed: boolean): string {
  const { turns, lanes } = verdict.contract;
  return [
    `${lanes.length === 1 ? `The queue is one lane, ${escaped(lanes[0]!)}` : 'A lane is a queue of its own'}; here: ${setupOf(verdict)}.`,
    'A body is the function of a task: the task holds a slot, one of those that may run at once, from its start until its body fulfils, rejects or throws.',
    `After each step the event loop makes ${turns === 1 ? 'one turn' : `${turns} turns`}, and then the queue is looked at.`,
    ...(isTimed ? ['Time is virtual: it passes only where a step says so.'] : []),
  ].join(' ');
}

/** Whoever gets the adapter with it can run it where he is; others are where it was found. */
function againOf(verdict: Verdict, adapter: AdapterFile | undefined): string[] {
  const isSent = adapter !== undefined;
  return [
    ...(isSent ? ['Save this as `bug.json`, beside the adapter that stands below:', ''] : []),
    ...fenced(isSent ? `npx stallproof replay bug.json --subject ${besides(adapter)}` : verdict.replay, 'sh'),
    '',
    ...fenced(recordedText(verdict), 'json'),
  ];
}

/** A reader must be able to tell whether it is the queue or the way it is used. */
function adapterOf(adapter: AdapterFile | undefined): string[] {
  if (adapter === undefined || adapter.source.split('\n').length > LONGEST_ADAPTER) return [];
  const language = adapter.path.endsWith('ts') ? 'ts' : 'js';
  return [
    '',
    ...folded(
      `How the queue is made and called: the adapter, ${besides(adapter)}`,
      fenced(adapter.source.trimEnd(), language),
    ),
  ];
}

/** A maintainer has an adapter or writes one; the rest of the script stands alone. */
function scriptOf(verdict: Verdict, adapter: AdapterFile | undefined): string[] {
  const { source, reason } = programOf(verdict, { subject: besides(adapter) });
  if (source === undefined) return ['', `There is no script of it: ${escaped(reason)}.`];
  const summary = 'The same as a script that needs the adapter, and nothing else of this tool';
  return ['', ...folded(summary, fenced(source.trimEnd(), 'js'))];
}

/** A report travels: whoever gets it saves what is in it in one place. */
function besides(adapter: AdapterFile | undefined): string {
  return `./${adapter?.path.split('/').at(-1) ?? 'adapter.mjs'}`;
}

function folded(summary: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>'];
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
