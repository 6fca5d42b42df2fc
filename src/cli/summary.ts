import { RULES, RULE_NAMES, type RuleName } from '../oracle/index.ts';
import { markdownOf } from '../report/index.ts';
import type { RuleVerdict } from '../search/index.ts';
import type { Broken } from './broken.ts';
import type { Told } from './github.ts';

/** A summary may have a mebibyte; beyond that GitHub shows nothing of it. */
const MOST_BYTES = 1_000_000;

/** What it is made of. */
interface Summed extends Pick<Told, 'subject' | 'broken' | 'rules'> {
  readonly isInterrupted?: boolean;
}

/** What a command has found, as Markdown: the rules, where all of them are known, then each that is broken. */
export function summary({ subject, broken, rules, isInterrupted = false }: Summed): string {
  const name = code(subject.adapter.name);
  const title = broken.length === 0 ? `✓ ${name}: no promise is broken` : `✗ ${name}: ${broken.map(named).join(', ')}`;
  const interrupted = isInterrupted ? ['It was interrupted: there may be more.', ''] : [];
  const parts = [`## ${title}`, '', ...interrupted, ...(rules === undefined ? [] : [...table(rules), ''])];
  let bytes = 0;
  for (const one of broken) {
    const part = `${markdown(one)}\n`;
    bytes += Buffer.byteLength(part);
    if (bytes > MOST_BYTES) {
      parts.push('There is more: the files that `stallproof` has left have all of it.');
      break;
    }
    parts.push(part);
  }
  return parts.join('\n');
}

function named({ rule }: Broken): string {
  return code(rule);
}

const MARKS: Readonly<Record<RuleVerdict['status'], string>> = {
  broken: '✗ broken',
  holds: '✓ holds',
  tested: '✓ by tests of its own',
  'not-reached': '! not reached',
  'not-promised': '· not promised',
};

function table(rules: Readonly<Record<RuleName, RuleVerdict>>): string[] {
  const promised = RULE_NAMES.filter((rule) => rules[rule].status !== 'not-promised');
  const rows = promised.map((rule) => {
    const { status, exercised } = rules[rule];
    return `| ${code(rule)} | ${MARKS[status]} | ${exercised === 0 ? '' : exercised} | ${RULES[rule]} |`;
  });
  return ['| rule | | demanded | promise |', '| --- | --- | ---: | --- |', ...rows];
}

/** As Markdown where that can be rendered, else as the text that it is. */
function markdown({ verdict, text }: Broken): string {
  if (verdict !== undefined) return markdownOf(verdict);
  const fence = '`'.repeat(Math.max(3, longest(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

/** On one line, and nothing in it is markup. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', '¦');
  const ticks = '`'.repeat(longest(line) + 1);
  return line.includes('`') ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`;
}

/** The most backticks that stand in a row. */
function longest(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
}
