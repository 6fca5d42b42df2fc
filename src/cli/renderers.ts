import {
  htmlOf,
  markdownOf,
  programOf,
  textOf,
  vitestOf,
  type AdapterFile,
  type Program,
  type Verdict,
} from '../report/index.ts';
import { UsageError } from './usage-error.ts';

/** A way of writing a verdict down. */
export interface Renderer {
  /** What it is, and for whom. */
  readonly about: string;
  /** How a file of it is called in examples. */
  readonly example: string;
  /** `adapter` is undefined where the queue is known by a name alone. */
  readonly render: (verdict: Verdict, adapter: AdapterFile | undefined) => string;
}

export type Format = 'text' | 'markdown' | 'html' | 'program' | 'test';

/** The ways that there are. Each but `text` is the option of `report` by which a file of it is written. */
export const RENDERERS: Readonly<Record<Format, Renderer>> = {
  text: { about: 'for the terminal', example: 'bug.txt', render: textOf },
  html: { about: 'a page to step through', example: 'bug.html', render: htmlOf },
  markdown: { about: 'for an issue tracker', example: 'bug.md', render: markdownOf },
  program: { about: 'a script that fails alone', example: 'bug.mjs', render: written('--program', programOf) },
  test: { about: 'the same as a test for vitest', example: 'bug.test.mjs', render: written('--test', vitestOf) },
};

function written(
  option: string,
  write: (verdict: Verdict, options: { readonly subject: string }) => Program,
): Renderer['render'] {
  return (verdict, adapter) => {
    if (adapter === undefined) {
      const name = JSON.stringify(verdict.subject);
      throw new UsageError(
        `${option}: ${name} is no module that a script could import; pass --subject ./path/to/adapter.js.`,
      );
    }
    const { source, reason } = write(verdict, { subject: adapter.path });
    if (source === undefined) throw new UsageError(`${option}: there is no such script: ${reason}.`);
    return source;
  };
}
