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
  const writtenFor = (text: string): string[] => parts.flatMap((part) => (part.isNeeded(text) ? part.lines(text) : []));
  let text = lines.join('\n');
  // Parts name each other: until nothing is new.
  for (;;) {
    const written = writtenFor(text);
    const all = [...written, ...lines].join('\n');
    if (all === text) return written;
    text = all;
  }
}
