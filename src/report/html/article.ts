import { counted } from '../campaign.ts';
import { seconds } from '../duration.ts';
import { reading } from '../phrases.ts';
import { linesOf, setupOf, shorterThan } from '../text.ts';
import type { LaneNow, LaneSays, Moment, Verdict } from '../verdict.ts';
import { html, type Markup } from './escape.ts';
import { picture } from './svg.ts';

/** One verdict, for a page of its own or among others. Every step is in it; a script shows one at a time. */
export function article(verdict: Verdict): Markup {
  const { subject, rule, promise, commands, setup, moments, divergence, certificate, why, replay } = verdict;
  const { key, expected, actual } = divergence;
  return html`<article id="${rule}">
    <header>
      <p class="rule">${rule}</p>
      <h1>${subject} breaks a promise in ${counted(commands.length)}</h1>
      <p class="promise">${promise}</p>
      <p class="setup">${setupOf(verdict)}. Time is virtual.</p>
    </header>
    <dl class="against">
      <div>
        <dt>expected at ${seconds(moments.at(-1)?.at ?? 0)}</dt>
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
      ${picture(verdict)}
      <p class="legend">
        ━ active · ┄ queued · ▷ starts · ● fulfilled · ✗ rejected · ◆ taken back · ○ dropped · ▲ warning · ♥ sign of
        life
      </p>
      ${moments.map((moment, place) => step(verdict, moment, place))}
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
                <td class="at">${seconds(at)}</td>
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
        <pre>${JSON.stringify({ format: 1, subject, rule, setup, commands }, undefined, 2)}</pre>
      </details>
    </section>
  </article>`;
}

/** What was done and seen in one step, and model and queue side by side. All but the last are shown only when they are asked for. */
function step(verdict: Verdict, moment: Moment, place: number): Markup {
  const isLast = place === verdict.moments.length - 1;
  const { what, at, seen, number } = moment;
  return html`<div class="step ${isLast ? 'differs' : ''}" data-step="${place}" ${isLast ? '' : html`hidden`}>
    <h3><span class="number">${number ?? 'end'}</span> ${what} <span class="at">${seconds(at)}</span></h3>
    <p class="seen">${seen.length === 0 ? 'Nothing was seen to come of it.' : seen.join('; ')}</p>
    <table class="lanes">
      <thead>
        <tr>
          <th rowspan="2">lane</th>
          <th colspan="3">as it must be</th>
          <th colspan="2">as the queue counts</th>
        </tr>
        <tr>
          <th>active</th>
          <th>queued</th>
          <th>without a slot</th>
          <th>active</th>
          <th>queued</th>
        </tr>
      </thead>
      <tbody>
        ${moment.model.map((lane, row) => laneRow(lane, moment.queue[row]))}
      </tbody>
    </table>
    ${isLast ? differencesOf(verdict) : ''}
  </div>`;
}

function laneRow(model: LaneNow, queue: LaneSays | undefined): Markup {
  const { lane, active, queued, detached, concurrency, isOff } = model;
  return html`<tr>
    <th scope="row">
      ${lane}<small>${isOff ? 'off, ' : ''}${concurrency === 1 ? '1 slot' : `${concurrency} slots`}</small>
    </th>
    <td>${named(active)}</td>
    <td>${named(queued)}</td>
    <td>${named(detached)}</td>
    ${counted2(queue?.active, active.length)}${counted2(queue?.queued, queued.length)}
  </tr>`;
}

function named(tasks: readonly string[]): string {
  return tasks.length === 0 ? '–' : tasks.join(', ');
}

/** What the queue counts, marked where that is not as many as there must be. */
function counted2(says: number | undefined, must: number): Markup {
  return says === undefined || says === must
    ? html`<td>${says ?? '–'}</td>`
    : html`<td class="wrong">${says} <small>not ${must}</small></td>`;
}

function differencesOf({ differences }: Verdict): Markup {
  return html`<h4>All that differs here</h4>
    <table class="differences">
      <thead>
        <tr>
          <th>rule</th>
          <th>expected</th>
          <th>actual</th>
        </tr>
      </thead>
      <tbody>
        ${differences.map(
          ({ rule, key, expected, actual }) =>
            html`<tr>
              <td>${rule}</td>
              <td>${reading(key, expected)}</td>
              <td class="wrong">${reading(key, actual)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}
