import { createHash } from 'node:crypto';
import { html, Markup } from './escape.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** Content as a page of its own. */
export function page(title: string, content: Markup): string {
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
