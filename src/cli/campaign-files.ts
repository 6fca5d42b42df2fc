import { campaignHtml } from '../report/index.ts';
import type { Report } from '../search/index.ts';
import type { Broken } from './broken.ts';
import { writeText } from './files.ts';
import type { Io } from './io.ts';
import type { Subject } from './subjects.ts';
import { summary } from './summary.ts';

/** What a campaign has found, with its counterexamples run again. */
interface Found {
  readonly subject: Subject;
  readonly report: Report;
  readonly broken: readonly Broken[];
  readonly isInterrupted: boolean;
}

/** The ways of writing a whole campaign down. Each is the option of `verify` by which a file of it is written. */
const RENDERERS: Readonly<Record<'html' | 'markdown', (found: Found) => string>> = {
  html: ({ broken, ...found }) => campaignHtml({ ...found, verdicts: broken.flatMap(({ verdict }) => verdict ?? []) }),
  markdown: ({ subject, report, broken, isInterrupted }) =>
    `${summary({ subject, broken, rules: report.rules, isInterrupted })}\n`,
};

export const CAMPAIGN_FILE_OPTIONS: {
  readonly html: { readonly type: 'string' };
  readonly markdown: { readonly type: 'string' };
} = { html: { type: 'string' }, markdown: { type: 'string' } };

/**
 * Writes the files that are asked for, and says so on stderr.
 *
 * @throws UsageError if one cannot be written: the message names the option.
 */
export function writeCampaign(
  io: Io,
  paths: { readonly html?: string | undefined; readonly markdown?: string | undefined },
  found: Found,
): void {
  for (const format of ['html', 'markdown'] as const) {
    const path = paths[format];
    if (path === undefined) continue;
    writeText(path, RENDERERS[format](found), `--${format}`);
    io.stderr.write(`${path} is written.\n`);
  }
}
