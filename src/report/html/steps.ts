import { key } from '../../oracle/index.ts';
import { duration } from '../duration.ts';
import { reading } from '../phrases.ts';
import type { LaneNow, LaneSays, Moment, Verdict } from '../verdict.ts';
import { html, Markup } from './escape.ts';

/** More names than that in one place are not read, and there may be as many as there are steps. */
const MOST_NAMES = 12;

/**
 * What was done and seen in a step, and model and queue side by side. The last is on the page; of the others only what
 * is new in each, as data, from which the script makes them when they are asked for.
 */
export function steps(verdict: Verdict): Markup {
  const earlier = verdict.moments.slice(0, -1).map((moment, place, all) => changed(moment, all[place - 1]));
  // In JSON a `<` can only stand in a string.
  const data = new Markup(JSON.stringify(earlier).replaceAll('<', String.raw`\u003c`));
  return html`${lastStep(verdict)}
    <script type="application/json" class="steps">
      ${data}
    </script>`;
}

/** A step as data: texts for the cells of the last one's. */
interface Step {
  readonly number: number | string;
  readonly what: string;
  readonly at: string;
  readonly seen: string;
  /** The rows of the lanes; nothing for one that is as it was the step before. */
  readonly lanes: readonly (readonly string[] | 0)[];
}

function changed(moment: Moment, before: Moment | undefined): Step {
  const rows = rowsOf(moment);
  const old = before && rowsOf(before);
  return { ...headOf(moment), lanes: rows.map((row, place) => (String(row) === String(old?.[place]) ? 0 : row)) };
}

function headOf({ number, what, at, seen }: Moment): Omit<Step, 'lanes'> {
  const came = seen.length === 0 ? 'Nothing was seen to come of it.' : seen.join('; ');
  return { number: number ?? 'end', what, at: duration(at), seen: came };
}

function rowsOf({ model, queue }: Moment): string[][] {
  return model.map((lane, place) => cellsOf(lane, queue[place]));
}

function cellsOf({ active, queued, detached, concurrency, isOff }: LaneNow, says: LaneSays | undefined): string[] {
  const slots = `${isOff ? 'off, ' : ''}${concurrency === 1 ? '1 slot' : `${concurrency} slots`}`;
  return [
    slots,
    named(active),
    named(queued),
    named(detached),
    String(says?.active ?? '–'),
    String(says?.queued ?? '–'),
  ];
}

function named(tasks: readonly string[]): string {
  if (tasks.length === 0) return '–';
  if (tasks.length <= MOST_NAMES) return tasks.join(', ');
  return `${tasks.slice(0, MOST_NAMES - 2).join(', ')}, … ${tasks.at(-1)} (${tasks.length} of them)`;
}

function lastStep(verdict: Verdict): Markup {
  const moment = verdict.moments.at(-1)!;
  const { number, what, at, seen } = headOf(moment);
  return html`<div class="step differs">
    <h3><span class="number">${number}</span> <span class="what">${what}</span> <span class="at">${at}</span></h3>
    <p class="seen">${seen}</p>
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
        ${moment.model.map((lane, row) => laneRow(verdict, lane, moment.queue[row]))}
      </tbody>
    </table>
    <div class="all">
      <h4>All that differs here</h4>
      <table class="differences">
        <thead>
          <tr>
            <th>rule</th>
            <th>expected</th>
            <th>actual</th>
          </tr>
        </thead>
        <tbody>
          ${verdict.differences.map(
            (one) =>
              html`<tr>
                <td>${one.rule}</td>
                <td>${reading(one.key, one.expected)}</td>
                <td class="wrong">${reading(one.key, one.actual)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}

function laneRow({ differences }: Verdict, model: LaneNow, says: LaneSays | undefined): Markup {
  const { lane, active, queued } = model;
  const [slots, ...cells] = cellsOf(model, says);
  const wrong = [undefined, undefined, undefined, [key.active(lane), active], [key.queued(lane), queued]] as const;
  return html`<tr>
    <th scope="row">${lane}<small class="cell">${slots}</small></th>
    ${cells.map((cell, place) => {
      const [name, must] = wrong[place] ?? [];
      return differences.some((one) => one.key === name)
        ? html`<td class="cell wrong">${cell} <small>not ${must!.length}</small></td>`
        : html`<td class="cell">${cell}</td>`;
    })}
  </tr>`;
}
