import { counted } from '../campaign.ts';
import { duration } from '../duration.ts';
import { reading } from '../phrases.ts';
import { recordedText } from '../recorded.ts';
import { linesOf, setupOf, shorterThan } from '../text.ts';
import type { Verdict } from '../verdict.ts';
import { html, type Markup } from './escape.ts';
import { steps } from './steps.ts';
import { timeline } from './timeline.ts';

/** One verdict, for a page of its own or among others: then `back` leads to those. Every step is in it; a script shows one at a time. */
export function article(verdict: Verdict, back?: Markup): Markup {
  const { subject, rule, promise, commands, moments, divergence, certificate, why, replay } = verdict;
  const { key, expected, actual } = divergence;
  return html`<article id="${rule}">
    <header>
      ${back}
      <p class="rule">${rule}</p>
      <h1>${subject} breaks a promise in ${counted(commands.length)}</h1>
      <p class="promise">${promise}</p>
      <p class="setup">${setupOf(verdict)}. Time is virtual.</p>
    </header>
    <dl class="against">
      <div>
        <dt>expected at ${duration(moments.at(-1)?.at ?? 0)}</dt>
        <dd>${reading(key, expected)}</dd>
      </div>
      <div class="wrong">
        <dt>actual</dt>
        <dd>${reading(key, actual)}</dd>
      </div>
    </dl>
    <section aria-label="Timeline">
      <div class="controls">
        <button type="button" data-go="first" aria-label="First step">⇤</button>
        <button type="button" data-go="back" aria-label="Step back">←</button>
        <output aria-live="polite">step ${moments.length} of ${moments.length}</output>
        <button type="button" data-go="on" aria-label="Step on">→</button>
        <button type="button" data-go="last" aria-label="Last step, where it differs">⇥</button>
        <span class="zoom"
          ><button type="button" data-zoom="out" aria-label="Zoom out">−</button
          ><button type="button" data-zoom="in" aria-label="Zoom in">+</button></span
        >
      </div>
      ${timeline(verdict)}
      <p class="legend">
        ━ active · ┄ queued · ▷ starts · ● fulfilled · ✗ rejected · ◆ taken back · ○ dropped · ■ answered · ▲ warning ·
        ♥ sign of life
        <span class="keys">· keys: ← → a step, with Shift a column, Home, End, + −</span>
      </p>
      ${steps(verdict)}
    </section>
    <section>
      <h2>Why</h2>
      <ul>
        ${why.slice(1).map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </section>
    <section>
      <h2>What was done</h2>
      <table class="program">
        <thead>
          <tr>
            <th></th>
            <th>command</th>
            <th>at</th>
            <th>what came of it</th>
          </tr>
        </thead>
        <tbody>
          ${linesOf(moments).map(
            ({ number, what, at, seen }) =>
              html`<tr>
                <td>${number ?? 'end'}</td>
                <td>${what}</td>
                <td class="at">${duration(at)}</td>
                <td>${seen.join('; ')}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>
    <section>
      <h2>Again</h2>
      <pre class="replay">${replay}</pre>
      ${certificate === undefined || certificate.length === 0 ? '' : html`<p>${shorterThan(certificate)}</p>`}
      <details>
        <summary>The commands as data</summary>
        <pre>${recordedText(verdict)}</pre>
      </details>
    </section>
  </article>`;
}
