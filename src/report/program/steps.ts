import { isAboutAnother, key, type Call, type Event } from '../../oracle/index.ts';
import { seconds } from '../duration.ts';
import type { Moment, Verdict } from '../verdict.ts';
import { literal, variable } from './literal.ts';
import { tasksOf } from './symptom.ts';

type Enqueue = Call & { readonly type: 'enqueue' };

/** Of so many bodies the first listens to its signal from the start; of so many the last returns an odd promise. */
const LISTENS_EVERY = 10;
const ODD_EVERY = 5;

/** What was done, a line a call, with the turns of the event loop and the time between. */
export function stepLines(verdict: Verdict): string[] {
  const { moments } = verdict;
  const lines: string[] = [];
  let now = 0;
  for (const [place, moment] of moments.entries()) {
    const { event, at, number } = moment;
    const next = moments[place + 1];
    if (event.type === 'tick') {
      // Time runs from instant to instant: only the last of them need be named.
      if (next?.event.type === 'tick' && next.number === number) continue;
      lines.push(...timeLines(moment, now));
    } else {
      if (at > now) lines.push(`await advanceTo(${literal(at)});`);
      lines.push(...eventLines(verdict, moment, next === undefined));
    }
    now = at;
  }
  return lines;
}

function timeLines({ command, at }: Moment, now: number): string[] {
  if (command?.do === 'oversleep') {
    return [
      `now = ${literal(at)}; // the process sleeps: nothing fires for ${seconds(at - now)}`,
      `await advanceTo(now);`,
    ];
  }
  return [`await advanceTo(${literal(at)});`];
}

function eventLines(verdict: Verdict, { event, readings }: Moment, isLast: boolean): string[] {
  switch (event.type) {
    case 'hang':
      return [`// The body of ${event.task} will never settle.`];
    case 'progress': {
      const it = variable(event.task);
      if (enqueueOf(verdict, event.task).source === 'stamp') return [`${it}.stamp = now;`];
      return [`${it}.controls.progress?.();`, 'await turn();'];
    }
    case 'settle':
      return [`${variable(event.task)}.${event.how === 'fulfilled' ? 'complete' : 'fail'}();`, 'await turn();'];
    case 'give-up':
      return [`abort(${literal(event.waiter)});`, 'await turn();'];
    case 'plant':
      return plantLines(verdict, event);
    case 'unplant':
      return ['inside = inside.filter((one) => !one.elsewhere);'];
    case 'jump':
      return [`wallMs += ${literal(event.byMs)};`.replace('+= -', '-= ')];
    case 'tick':
    case 'look':
      return [];
    default: {
      const isLooked = isLast && verdict.divergence.key === key.returned;
      const call = callOf(verdict, event);
      const hasError = readings.some(([name]) => name === key.error);
      const done = hasError ? `attempt(() => ${call})` : call;
      return [...declared(verdict, event), `${isLooked ? 'const returned = ' : ''}${done};`, 'await turn();'];
    }
  }
}

function plantLines(verdict: Verdict, event: Event & { type: 'plant' }): string[] {
  const { site, lane, call } = event;
  const elsewhere = isAboutAnother(event) ? ', elsewhere: true' : '';
  const made = callOf(verdict, call);
  const isCounted =
    verdict.divergence.key.startsWith('call from inside') && (call.type === 'reset' || call.type === 'clear');
  const body = isCounted ? `returned.push(${made})` : made;
  const start = `inside.push({ site: ${literal(site)}, lane: ${literal(lane)}${elsewhere}, `;
  const line = `${start}call: () => ${body} });`;
  return [...declared(verdict, call), line];
}

/** The task or the answer that a call is about. */
function declared(verdict: Verdict, call: Call): string[] {
  if (call.type === 'enqueue') {
    const how = {
      throws: call.throws || undefined,
      listens: listens(verdict, call) || undefined,
      odd: isOdd(verdict, call) || undefined,
    };
    const extras = literal(how) === '{}' ? '' : `, ${literal(how)}`;
    const it = variable(call.task);
    const task = `const ${it} = task(${literal(call.task)}, ${literal(call.lane)}${extras});`;
    return call.source === 'stamp' ? [task, `${it}.stamp = now;`] : [task];
  }
  return isAsked(verdict, call) ? [`let ${call.waiter} = 'no answer';`] : [];
}

function isAsked({ divergence }: Verdict, call: Call): call is Call & { type: 'wait' | 'close' } {
  if (call.type !== 'wait' && call.type !== 'close') return false;
  return divergence.key === key.waiter(call.waiter) || divergence.key === key.closer(call.waiter);
}

/** A call as an expression. */
function callOf(verdict: Verdict, call: Call): string {
  switch (call.type) {
    case 'enqueue':
      return `told(${variable(call.task)}, queue.enqueue(${literal(call.lane)}, ${variable(call.task)}.body, ${options(call)}))`;
    case 'reset':
    case 'clear':
    case 'pause':
    case 'resume':
      return `queue.${call.type}(${call.lane === undefined ? '' : literal(call.lane)})`;
    case 'abort':
      return `abort(${literal(call.signal)})`;
    case 'configure':
      return `queue.configure(${literal(call.lane)}, ${literal(call.concurrency)})`;
    case 'wait': {
      const signal = call.aborted ? "signal('spent')" : call.signal ? `signal(${literal(call.waiter)})` : undefined;
      const request = object({ lane: call.lane, timeoutMs: call.timeoutMs }, signal === undefined ? {} : { signal });
      const idle = call.until === 'idle';
      return `queue.${idle ? 'whenIdle' : 'waitForActive'}(${request})${isAsked(verdict, call) ? answer(call.waiter, idle ? REST : LEFT) : ''}`;
    }
    case 'close': {
      const made = `queue.close(${call.deadlineMs === undefined ? '' : literal(call.deadlineMs)})`;
      return isAsked(verdict, call) ? `${made}${answer(call.waiter, CLOSED)}` : made;
    }
  }
}

const REST = ['outcome'];
const LEFT = ['outcome', 'takenBack', 'remaining'];
const CLOSED = ['outcome', 'queued', 'active', 'detached'];

/** An answer in the words of the model. */
function answer(waiter: string, fields: readonly string[]): string {
  const [, ...numbers] = fields;
  const words = ['${outcome}', ...numbers.map((one) => `\${${one}} ${one === 'takenBack' ? 'taken back' : one}`)];
  const said = numbers.length === 0 ? 'outcome' : `\`${words.join(', ')}\``;
  return `.then(({ ${fields.join(', ')} }) => (${waiter} = ${said}))`;
}

const SOURCES = {
  future: '() => 1e12',
  throws: "() => { throw new Error('a progress source that throws'); }",
} as const;

function options(call: Enqueue): string {
  const { priority, source, detach, timeoutMs, signal, noticeAfterMs } = call;
  const it = variable(call.task);
  return object(
    { priority, detach: detach || undefined, timeoutMs },
    {
      ...(source === undefined ? {} : { progressSource: source === 'stamp' ? `() => ${it}.stamp` : SOURCES[source] }),
      ...(signal === undefined ? {} : { signal: `signal(${literal(signal)})` }),
      ...(noticeAfterMs === undefined
        ? {}
        : { notice: `{ afterMs: ${literal(noticeAfterMs)}, callback: (says) => noticed(${it}, says) }` }),
    },
  );
}

/** An object of values and of what is source text already. */
function object(values: object, sources: Readonly<Record<string, string>>): string {
  const fields = Object.entries(values).filter(([, one]) => one !== undefined);
  const all = [
    ...fields.map(([name, one]) => `${name}: ${literal(one)}`),
    ...Object.entries(sources).map(([name, one]) => `${name}: ${one}`),
  ];
  return all.length === 0 ? '{}' : `{ ${all.join(', ')} }`;
}

function enqueueOf({ moments }: Verdict, task: string): Enqueue {
  for (const { event } of moments) {
    const call = event.type === 'plant' ? event.call : event;
    if (call.type === 'enqueue' && call.task === task) return call;
  }
  throw new Error(`task: received ${JSON.stringify(task)}, which nobody has enqueued.`);
}

/** Most bodies never ask for their signal; a queue may make one only for those that do. */
function listens(verdict: Verdict, { task }: Enqueue): boolean {
  return verdict.divergence.key === key.signal(task) && tasksOf(verdict).indexOf(task) % LISTENS_EVERY === 0;
}

function isOdd(verdict: Verdict, { task }: Enqueue): boolean {
  return verdict.contract.oddPromises && tasksOf(verdict).indexOf(task) % ODD_EVERY === ODD_EVERY - 1;
}
