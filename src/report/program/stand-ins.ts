import type { Verdict } from '../verdict.ts';
import { aborted, inside, listened, noticed, odd, strays, task, words } from './callers.ts';
import { advance, after, time } from './clock.ts';
import type { MakePart } from './part.ts';
import { queue } from './queue.ts';

/** In the order in which they are written. */
const PARTS: readonly MakePart[] = [
  strays,
  time,
  after,
  advance,
  aborted,
  listened,
  inside,
  noticed,
  odd,
  task,
  words,
  queue,
];

/** What the lines of a script name and is not theirs, and what that names in its turn; nothing else. */
export function standIns(verdict: Verdict, lines: readonly string[], isTest: boolean): string[] {
  const parts = PARTS.map((make) => make(verdict, isTest));
  let written: string[] = [];
  for (let text: string | undefined, last: string | undefined = ''; text !== last;) {
    last = text;
    text = [...written, ...lines].join('\n');
    written = parts.flatMap((part) => (part.isNeeded(text) ? part.lines(text) : []));
  }
  return written;
}
