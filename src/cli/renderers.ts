import { counterexampleText } from '../report/index.ts';
import type { Rerun, Verdict } from '../report/verdict.ts';

/** A way of writing a verdict down. */
export interface Renderer {
  /** What it is, and for whom. */
  readonly about: string;
  /** How a file of it is called in examples. */
  readonly example: string;
  readonly render: (verdict: Verdict, rerun: Rerun) => string;
}

/** The ways that there are. Each but `text` is the option of `report` by which a file of it is written. */
export const RENDERERS: { readonly text: Renderer } & Readonly<Partial<Record<Format, Renderer>>> = {
  text: {
    about: 'for the terminal',
    example: 'bug.txt',
    render: (_verdict, rerun) => counterexampleText(rerun),
  },
};

export type Format = 'text' | 'markdown' | 'html' | 'program' | 'test';
