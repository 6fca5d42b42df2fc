import type { Verdict } from '../verdict.ts';
import { article } from './article.ts';
import { page } from './page.ts';

/** A verdict as one file that asks the network for nothing: the timeline to step through, model and queue side by side. */
export function htmlOf(verdict: Verdict): string {
  return page(`${verdict.subject} breaks ${verdict.rule}`, article(verdict));
}
