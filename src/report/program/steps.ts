import { isAboutAnother, key, type Call, type Event } from '../../oracle/index.ts';
import { duration } from '../duration.ts';
import type { Moment, Verdict } from '../verdict.ts';
import { literal, variable } from './literal.ts';
import { controllersOf, NO_ANSWER, tasksOf } from './symptom.ts';

type Enqueue = Call & { readonly type: 'enqueue' };

/** Of so many bodies the first listens to its signal from the start; of so many the last returns an odd promise. */
const LISTENS_EVERY = 10;
const ODD_EVERY = 5;

/** What was done, a line a call, with the turns of the event loop and the time between. */
export function stepLines(verdict: Verdict): string[] {
  const { moments } = verdict;
  const lines = [...taskLines(verdict)];
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
      lines.push(...eventLines(verdict, moment, place));
    }
    now = at;
  }
  return lines;
}

function timeLines({ command, at }: Moment, now: number): string[] {
  if (command?.do === 'oversleep') {
    return [
      `now = ${literal(at)}; // the process sleeps: nothing fires for ${duration(at - now)}`,
      `await advanceTo(now);`,
    ];
  }
  return [`await advanceTo(${literal(at)});`];
}

function eventLines(verdict: Verdict, moment: Moment, place: number): string[] {
  const { event, readings } = moment;
  switch (event.type) {
    case 'hang':
      return [`// The body of ${event.task} will never settle.`];
    case 'progress': {
      const it = variable(event.task);
      if (enqueueOf(verdict, event.task).source === 'stamp') return [`${it}.stamp = now;`];
      return [`await after(() => ${it}.controls.progress?.());`];
    }
    case 'settle':
      return [`await after(${variable(event.task)}.${event.how === 'fulfilled' ? 'complete' : 'fail'});`];
    case 'give-up':
      return [`await after(() => ${event.waiter}Signal.abort());`];
    case 'plant':
      return plantLines(verdict, event, place);
    case 'unplant':
      return [
        'for (const calls of Object.values(inside)) calls.splice(0, calls.length, ...calls.filter((one) => !one.elsewhere));',
      ];
    case 'jump':
      return [`wallMs += ${literal(event.byMs)};`.replace('+= -', '-= ')];
    case 'tick':
    case 'look':
      return [];
    default: {
      const call = callOf(verdict, event);
      const before = declared(verdict, event);
      const isRenewed = event.type === 'abort' && isUsedLater(verdict, event.signal, place);
      const renewed = isRenewed ? [`${event.signal} = new AbortController();`] : [];
      if (readings.some(([name]) => name === key.error))
        return [...before, `await after(() => attempt(() => ${call}));`, ...renewed];
      const isLooked = place === verdict.moments.length - 1 && verdict.divergence.key === key.returned;
      if (isLooked) return [...before, 'let returned;', `await after(() => (returned = ${call}));`];
      return [...before, `await after(() => ${call});`, ...renewed];
    }
  }
}

/** Who is made to call from inside, where and what: each call is made once. */
function plantLines(verdict: Verdict, event: Event & { type: 'plant' }, place: number): string[] {
  const { moments, divergence } = verdict;
  const { site, lane, call } = event;
  const made = callOf(verdict, call);
  const where = `inside[${literal(`${site} in ${lane}`)}]`;
  const isCounted = divergence.key.startsWith('call from inside') && (call.type === 'reset' || call.type === 'clear');
  let calls = isCounted ? `() => returned.push(${made})` : `() => ${made}`;
  if (call.type === 'abort' && isUsedLater(verdict, call.signal, place)) {
    calls = `() => [${call.signal}, ${call.signal} = new AbortController()][0].abort(ABORTED)`;
  }
  if (isAboutAnother(event) && moments.some((one) => one.event.type === 'unplant')) {
    calls = `Object.assign(${calls}, { elsewhere: true })`;
  }
  const isFirst = moments
    .slice(0, place)
    .every((one) => one.event.type !== 'plant' || one.event.site !== site || one.event.lane !== lane);
  return [...declared(verdict, call), isFirst ? `${where} = [${calls}];` : `${where}.push(${calls});`];
}

/** After an abort whoever asks for the signal by that name gets another. */
function isUsedLater({ moments }: Verdict, signal: string, place: number): boolean {
  return moments.slice(place + 1).some(({ event }) => {
    const call = event.type === 'plant' ? event.call : event;
    return call.type === 'enqueue' && call.signal === signal;
  });
}

/** All the tasks, and the signals that they share. */
function taskLines(verdict: Verdict): string[] {
  const { moments } = verdict;
  const tasks = tasksOf(verdict).map((task) => {
    const { lane, throws } = enqueueOf(verdict, task);
    const how = {
      throws: throws || undefined,
      listens: listens(verdict, task) || undefined,
      odd: isOdd(verdict, task) || undefined,
    };
    const extras = literal(how) === '{}' ? '' : `, ${literal(how)}`;
    return [variable(task), `task(${literal(task)}, ${literal(lane)}${extras})`] as const;
  });
  const signals = controllersOf(verdict).map((name) => {
    const isRenewed = moments.some(({ event }, place) => {
      const call = event.type === 'plant' ? event.call : event;
      return call.type === 'abort' && call.signal === name && isUsedLater(verdict, name, place);
    });
    return `${isRenewed ? 'let' : 'const'} ${name} = new AbortController();`;
  });
  const spent = controllersOf(verdict).includes('spent') ? ['spent.abort(ABORTED);'] : [];
  return [...inRows(tasks), ...signals, ...spent];
}

/** As many on a line as there is room for. */
const TASKS_A_ROW = 4;

function inRows(tasks: readonly (readonly [name: string, made: string])[]): string[] {
  const rows: string[] = [];
  for (let from = 0; from < tasks.length; from += TASKS_A_ROW) {
    const row = tasks.slice(from, from + TASKS_A_ROW);
    const [names, made] = [row.map(([name]) => name), row.map(([, one]) => one)];
    rows.push(
      row.length === 1 ? `const ${names[0]!} = ${made[0]!};` : `const [${names.join(', ')}] = [${made.join(', ')}];`,
    );
  }
  return rows;
}

/** What must be there before a call. */
function declared(verdict: Verdict, call: Call): string[] {
  if (call.type === 'enqueue' && call.source === 'stamp') return [`${variable(call.task)}.stamp = now;`];
  return isAsked(verdict, call) ? [`let ${call.waiter} = ${literal(NO_ANSWER)};`] : [];
}

function isAsked({ divergence }: Verdict, call: Call): call is Call & { type: 'wait' | 'close' } {
  if (call.type !== 'wait' && call.type !== 'close') return false;
  return divergence.key === key.waiter(call.waiter) || divergence.key === key.closer(call.waiter);
}

/** A call as an expression. */
function callOf(verdict: Verdict, call: Call): string {
  switch (call.type) {
    case 'enqueue':
      return enqueueCall(verdict, call);
    case 'reset':
    case 'clear':
    case 'pause':
    case 'resume':
      return `queue.${call.type}(${call.lane === undefined ? '' : literal(call.lane)})`;
    case 'abort':
      return `${call.signal}.abort(ABORTED)`;
    case 'configure':
      return `queue.configure(${literal(call.lane)}, ${literal(call.concurrency)})`;
    case 'wait': {
      const signal = call.aborted ? 'spent.signal' : call.signal ? `${call.waiter}Signal.signal` : undefined;
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

function enqueueCall(verdict: Verdict, call: Enqueue): string {
  const it = variable(call.task);
  const isTold =
    verdict.divergence.key === key.caller(call.task) ||
    verdict.moments.some(({ event }) => event.type === 'plant' && event.site === 'caller' && event.lane === call.lane);
  const then = isTold ? `.then(${it}.fulfilled, ${it}.rejected)` : '.catch(() => {})';
  return `queue.enqueue(${literal(call.lane)}, ${it}.body, ${options(verdict, call)})${then}`;
}

function options(verdict: Verdict, call: Enqueue): string {
  const { priority, source, detach, timeoutMs, signal, noticeAfterMs } = call;
  const it = variable(call.task);
  return object(
    { priority, detach: detach || undefined, timeoutMs },
    {
      ...(source === undefined ? {} : { progressSource: source === 'stamp' ? `() => ${it}.stamp` : SOURCES[source] }),
      ...(signal === undefined ? {} : { signal: `${signal}.signal` }),
      ...(noticeAfterMs === undefined
        ? {}
        : {
            notice: `{ afterMs: ${literal(noticeAfterMs)}, callback: ${isHeard(verdict, call) ? `(says) => noticed(${it}, says)` : '() => {}'} }`,
          }),
    },
  );
}

/** Whoever is told that he still waits does something about it, or it is asked for in the end. */
function isHeard({ divergence, moments, setup }: Verdict, { throws, lane }: Enqueue): boolean {
  if (throws || setup.listeners !== 'return' || divergence.key.startsWith('notice ')) return true;
  return moments.some(({ event }) => event.type === 'plant' && event.site === 'notice' && event.lane === lane);
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
function listens(verdict: Verdict, task: string): boolean {
  return verdict.divergence.key === key.signal(task) && tasksOf(verdict).indexOf(task) % LISTENS_EVERY === 0;
}

function isOdd(verdict: Verdict, task: string): boolean {
  const settles = verdict.moments.some(({ event }) => event.type === 'settle' && event.task === task);
  return settles && verdict.contract.oddPromises && tasksOf(verdict).indexOf(task) % ODD_EVERY === ODD_EVERY - 1;
}
