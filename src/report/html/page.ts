import { createHash } from 'node:crypto';
import { RULE_NAMES } from '../../oracle/index.ts';
import type { Report } from '../../search/index.ts';
import { grouped } from '../duration.ts';
import type { Verdict } from '../verdict.ts';
import { article } from './article.ts';
import { html, Markup } from './escape.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** A verdict as one file that asks the network for nothing: the timeline to step through, model and queue side by side. */
export function htmlOf(verdict: Verdict): string {
  return page(`${verdict.subject} breaks ${verdict.rule}`, article(verdict));
}

/** A whole campaign: a row a rule, and behind each that is broken its counterexample, on the same page. */
export function campaignHtml({
  report,
  verdicts,
}: {
  readonly report: Report;
  readonly verdicts: readonly Verdict[];
}): string {
  const { subject, seed, commands, runs, rules } = report;
  const rows = RULE_NAMES.map((rule) => {
    const { status, exercised } = rules[rule];
    const name = verdicts.some((one) => one.rule === rule) ? html`<a href="#${rule}">${rule}</a>` : rule;
    return html`<tr>
      <th scope="row">${name}</th>
      <td class="status-${status}">${WORDS[status]}</td>
      <td>${grouped(exercised)}</td>
    </tr>`;
  });
  const head = html`<header>
      <h1>${subject}</h1>
      <p class="promise">${summary(verdicts.length)}</p>
      <p class="setup">seed ${seed}, ${grouped(commands)} commands in ${grouped(runs)} runs</p>
    </header>
    <table class="rules">
      <thead>
        <tr>
          <th>promise</th>
          <th></th>
          <th>times asked for</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
  return page(`${subject}: ${summary(verdicts.length)}`, html`${head}${verdicts.map((one) => article(one))}`);
}

const WORDS = {
  holds: '✓ holds',
  broken: '✗ broken',
  'not-promised': '· not promised',
  'not-reached': '! not reached',
  tested: '✓ by tests of its own',
} as const;

function summary(broken: number): string {
  if (broken === 0) return 'keeps every promise that was asked for';
  return broken === 1 ? 'breaks one promise' : `breaks ${broken} promises`;
}

function page(title: string, content: Markup): string {
  // Whatever got in all the same would not be run: this script and no other is let through.
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${new Markup(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main>${content}</main>
        ${new Markup(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `.text;
}
