import { ABSENT, key, outcome, PRESENT, promises, type Call } from '../../oracle/index.ts';
import type { Verdict } from '../verdict.ts';
import { literal, variable } from './literal.ts';

/** What a program looks at in the end: an expression, and what it must be, as source text. */
export interface Symptom {
  readonly what: string;
  readonly actual: string;
  readonly expected: string;
}

export const NO_ANSWER = 'no answer';

/** The divergence in the subject's own terms; undefined where there are none for it. */
export function symptomOf(verdict: Verdict): Symptom | undefined {
  const { contract, divergence } = verdict;
  const { expected } = divergence;
  const name = divergence.key;
  const plain = (actual: string, what = name): Symptom => ({ what, actual, expected: literal(expected) });
  const told = (actual: string, none: string, said: unknown = expected): Symptom => ({
    what: name,
    actual: expected === PRESENT ? `${actual} !== ${literal(none)}` : actual,
    expected: expected === PRESENT ? 'true' : literal(expected === ABSENT ? none : said),
  });
  for (const lane of contract.lanes) {
    const counts = `queue.counts(${literal(lane)})`;
    if (name === key.active(lane)) return plain(`${counts}.active`);
    if (name === key.queued(lane)) return plain(`${counts}.queued`);
    if (name === key.detachedIn(lane)) return plain(`${counts}.detached`);
    if (name.startsWith(`start in ${lane}, `)) return started(verdict, lane);
    if (name.startsWith(`notice in ${lane}, `)) return noticed(verdict, lane);
    if (name.startsWith(`call from inside ${lane}, `)) return told('returned.at(-1)', ABSENT);
  }
  const task = tasksOf(verdict).find((one) => name.endsWith(` ${one}`) || name === key.startAgain(one));
  if (task !== undefined) {
    const it = variable(task);
    const { lane } = enqueueOf(verdict, task)!;
    if (name === key.caller(task)) return told(`${it}.outcome`, NO_ANSWER, spoken(verdict, task));
    if (name === key.signal(task)) return signalOf(name, it, expected, spoken(verdict, task));
    if (name === key.noticeSays(task)) return told(`${it}.said`, ABSENT);
    if (name === key.startAgain(task)) {
      const times = `started${field(lane)}.filter((name) => name === ${literal(task)}).length`;
      return { what: `starts of ${task}`, actual: times, expected: '1' };
    }
  }
  const [kind, waiter] = name.split(' ');
  if (kind === 'waiter' || kind === 'closer') return told(waiter!, NO_ANSWER);
  if (kind === 'warning') return warned(verdict);
  switch (name) {
    case key.error:
      return expected === PRESENT
        ? { what: 'errors gone astray', actual: 'strays.length > 0', expected: 'true' }
        : { what: 'errors gone astray', actual: 'strays', expected: '[]' };
    case key.returned:
      return told('returned', ABSENT);
    case key.detached:
      return plain('queue.total().detached');
    case key.total: {
      const numbers = /^(\d+) queued, (\d+) active$/.exec(String(expected))!.slice(1);
      const actual = '[queue.total().queued, queue.total().active]';
      return { what: 'queued and active in all', actual, expected: literal(numbers.map(Number)) };
    }
    case key.lanes: {
      const lanes = expected === '' ? [] : String(expected).split(', ');
      return { what: name, actual: 'queue.lanes().sort()', expected: literal(lanes) };
    }
    case key.transitions:
      return plain('queue.transitions()');
    case key.timers:
      return plain('timers.size');
    case key.keptAlive: {
      const actual = '[...timers].some((timer) => timer.keepsProcessAlive)';
      return { what: name, actual, expected: String(expected === 'yes') };
    }
    case key.listeners:
      return plain(
        `[${controllersOf(verdict).join(', ')}].flatMap((one) => getEventListeners(one.signal, 'abort')).length`,
      );
    case key.lastHold:
      return plain(
        `Math.max(0, ...[${tasksOf(verdict).map(variable).join(', ')}].map((one) => one.controls?.hold ?? 0))`,
      );
    case key.reclaimsHeldBack:
      return {
        what: name,
        actual: 'queue.reclaimsHeldBack()',
        expected: expected === ABSENT ? '0' : literal(expected),
      };
    case key.reclaimsToldOf:
      return { what: name, actual: 'toldOf', expected: expected === ABSENT ? '0' : literal(expected) };
    default:
      return undefined;
  }
}

/** What became of a task, in the words of the script: those of the queue, and the messages of the script's own errors. */
function spoken(verdict: Verdict, task: string): string | number {
  const { expected } = verdict.divergence;
  switch (expected) {
    case outcome.rejected:
      return `${task} ${enqueueOf(verdict, task)!.throws ? 'threw' : 'failed'}`;
    case outcome.dropped.aborted:
      return 'aborted';
    case outcome.refused:
      return 'closed';
    default:
      return expected;
  }
}

function signalOf(what: string, it: string, expected: string | number, reason: string | number): Symptom {
  const aborted = `${it}.controls?.signal?.aborted`;
  if (expected === ABSENT || expected === PRESENT) {
    return { what: `${what} aborted`, actual: `${aborted} ?? false`, expected: String(expected === PRESENT) };
  }
  const actual = `${aborted} ? wordsFor(${it}, ${it}.controls.signal.reason) : 'not aborted'`;
  return { what, actual, expected: literal(reason) };
}

/** All that has started in a lane, from the beginning: names where their order is promised, else how many. */
function started(verdict: Verdict, lane: string): Symptom {
  const names = [...seenBefore(verdict, `start in ${lane}, `), ...demanded(verdict, `start in ${lane}, `)].map(
    ([, one]) => one,
  );
  const all = `started${field(lane)}`;
  const what = `started in ${lane}`;
  if (promises(verdict.contract, 'order')) return { what, actual: all, expected: literal(names) };
  return { what: `how many have ${what}`, actual: `${all}.length`, expected: literal(names.length) };
}

function noticed(verdict: Verdict, lane: string): Symptom {
  const names = [...seenBefore(verdict, `notice in ${lane}, `), ...demanded(verdict, `notice in ${lane}, `)].map(
    ([, one]) => one,
  );
  return {
    what: `told to wait in ${lane}`,
    actual: `notices.filter((one) => one.lane === ${literal(lane)}).map((one) => one.name)`,
    expected: literal(names),
  };
}

/** When warnings of the kind came; where one came and should have said something else, what the last one said. */
function warned(verdict: Verdict): Symptom {
  const { divergence, moments } = verdict;
  const name = divergence.key.replace(/, \d+\.$/, '');
  if (divergence.actual !== ABSENT && divergence.expected !== ABSENT && divergence.expected !== PRESENT) {
    return { what: `${name} says`, actual: 'warned', expected: literal(divergence.expected) };
  }
  const times = seenBefore(verdict, name).map(([at]) => at);
  const last = demanded(verdict, name).map(() => moments.at(-1)!.at);
  return { what: `${name}, at ms`, actual: 'warnings', expected: literal([...times, ...last]) };
}

type Reading = readonly [at: number, value: string | number];

function seenBefore({ moments }: Verdict, prefix: string): Reading[] {
  return moments
    .slice(0, -1)
    .flatMap(({ at, readings }) =>
      readings.filter(([name]) => isOf(name, prefix)).map(([, value]): Reading => [at, value]),
    );
}

/** What the last moment demands under such names, each once: what was not met counts before what was. */
function demanded({ moments, demands, differences }: Verdict, prefix: string): Reading[] {
  const found = new Map<string, string | number>();
  const unmet = differences.map(({ key: name, expected }) => ({ key: name, value: expected }));
  for (const { key: name, value } of [...demands, ...unmet]) {
    if (!isOf(name, prefix)) continue;
    if (value === ABSENT) found.delete(name);
    else if (value !== PRESENT || !found.has(name)) found.set(name, value);
  }
  return [...found.values()].map((value) => [moments.at(-1)!.at, value]);
}

/** Names that are numbered from the second on, or from the first. */
function isOf(name: string, prefix: string): boolean {
  return name === prefix || (name.startsWith(prefix) && /^(, )?\d+\.$/.test(name.slice(prefix.length)));
}

export function tasksOf({ moments }: Verdict): string[] {
  return moments.flatMap(({ event }) => {
    const call = event.type === 'plant' ? event.call : event;
    return call.type === 'enqueue' ? [call.task] : [];
  });
}

function enqueueOf({ moments }: Verdict, task: string): (Call & { readonly type: 'enqueue' }) | undefined {
  for (const { event } of moments) {
    const call = event.type === 'plant' ? event.call : event;
    if (call.type === 'enqueue' && call.task === task) return call;
  }
  return undefined;
}

/** `.main`, `['my lane']`. */
export function field(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${literal(name)}]`;
}

/** The variables of the signals that are in use. */
export function controllersOf({ moments }: Verdict): string[] {
  const found = new Set<string>();
  for (const { event } of moments) {
    const call = event.type === 'plant' ? event.call : event;
    if (call.type === 'enqueue' && call.signal !== undefined) found.add(call.signal);
    if (call.type === 'abort') found.add(call.signal);
    if (call.type === 'wait' && call.aborted) found.add('spent');
    if (call.type === 'wait' && call.signal && !call.aborted) found.add(`${call.waiter}Signal`);
  }
  return [...found];
}
