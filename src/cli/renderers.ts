import { htmlOf, markdownOf, textOf, type Verdict } from '../report/index.ts';

/** A way of writing a verdict down. */
export interface Renderer {
  /** What it is, and for whom. */
  readonly about: string;
  /** How a file of it is called in examples. */
  readonly example: string;
  readonly render: (verdict: Verdict) => string;
}

export type Format = 'text' | 'markdown' | 'html';

/** The ways that there are. Each but `text` is the option of `report` by which a file of it is written. */
export const RENDERERS: Readonly<Record<Format, Renderer>> = {
  text: { about: 'for the terminal', example: 'bug.txt', render: textOf },
  html: { about: 'a page to step through', example: 'bug.html', render: htmlOf },
  markdown: { about: 'for an issue tracker', example: 'bug.md', render: markdownOf },
};
