import {
  ABSENT,
  PRESENT,
  THE_QUEUE,
  type Call,
  type Command,
  type Event,
  type Planted,
  type Source,
} from '../oracle/index.ts';
import { duration, inDurations } from './duration.ts';
import { isWarning, warningName } from './warning.ts';

const SOURCES: Readonly<Record<Source, string>> = {
  stamp: 'with a source of progress',
  future: 'with a source of progress that names one time in the future',
  throws: 'with a source of progress that throws',
};

const DEADLINES = {
  next: 'the next deadline',
  warning: 'the next warning',
  ceiling: 'the next ceiling',
} as const;

/** What is done, in words: `enqueue a in main`. */
export function phrase(command: Command | undefined, event: Event): string {
  if (command?.do === 'advance') return advancePhrase(command);
  if (command?.do === 'oversleep') {
    return `sleep until ${duration(command.byMs)} after ${DEADLINES[command.deadline]}, then wake`;
  }
  switch (event.type) {
    case 'hang':
      return `hang ${event.task}: its body will never settle of itself`;
    case 'progress':
      return `${event.task} reports progress`;
    case 'settle':
      return event.how === 'fulfilled' ? `complete ${event.task}` : `fail ${event.task}`;
    case 'give-up':
      return `${event.waiter} gives up`;
    case 'plant':
      return `${siteOf(event)} will ${callPhrase(event.call)}`;
    case 'jump':
      return `the wall clock is set ${event.byMs > 0 ? 'on' : 'back'} by ${duration(Math.abs(event.byMs))}`;
    case 'look':
      return 'somebody looks at what the process is kept alive by';
    case 'unplant':
      return 'whoever was to call about another lane does not';
    case 'tick':
      return 'the clock runs';
    default:
      return callPhrase(event);
  }
}

function siteOf({ site, lane }: Planted): string {
  switch (site) {
    case 'body':
      return `the next body to start in ${lane}`;
    case 'caller':
      return `the next caller to be answered in ${lane}`;
    case 'notice':
      return `the next caller told to wait in ${lane}`;
    default:
      return `the listener, when it next hears "${site}" of ${lane},`;
  }
}

function callPhrase(call: Call): string {
  switch (call.type) {
    case 'enqueue':
      return `${[`enqueue ${call.task} in ${call.lane}`, ...extrasOf(call)].join(', ')}${call.throws ? ' (its body throws synchronously)' : ''}`;
    case 'reset':
    case 'clear':
    case 'pause':
    case 'resume':
      return `${call.type} ${call.lane ?? 'all lanes'}`;
    case 'abort':
      return `abort signal ${call.signal}`;
    case 'configure':
      return `give ${call.lane} ${call.concurrency === 1 ? '1 slot' : `${call.concurrency} slots`}`;
    case 'wait': {
      const where = call.lane ?? 'all lanes';
      const what = call.until === 'idle' ? `${where} to rest` : `what is active in ${where}`;
      return `${call.waiter} waits for ${what}${atMost(call.timeoutMs)}`;
    }
    case 'close':
      return `close the queue (${call.waiter})${atMost(call.deadlineMs)}`;
  }
}

function extrasOf(call: Call & { type: 'enqueue' }): string[] {
  return [
    call.priority === 'normal' ? '' : call.priority,
    call.source === undefined ? '' : SOURCES[call.source],
    call.timeoutMs === undefined ? '' : `timeout ${duration(call.timeoutMs)}`,
    call.signal === undefined ? '' : `signal ${call.signal}`,
    call.noticeAfterMs === undefined ? '' : `notice after ${duration(call.noticeAfterMs)}`,
    call.detach ? 'detach' : '',
  ].filter((extra) => extra !== '');
}

function atMost(limitMs: number | undefined): string {
  return limitMs === undefined ? '' : `, ${duration(limitMs)} at most`;
}

function advancePhrase(command: Command & { do: 'advance' }): string {
  if ('byMs' in command) return command.byMs === 0 ? 'let timers fire that are due' : `${duration(command.byMs)} pass`;
  const offset = { before: `${duration(1)} before `, at: '', after: `${duration(1)} after ` }[command.to];
  return `advance to ${offset}${DEADLINES[command.deadline]}`;
}

/** What was seen, in words; undefined for the counts, which are always read. */
export function seen(key: string, value: string | number): string | undefined {
  return seenAs(key, said(key, value));
}

/** A value as it is said; errors are quoted as they are. */
function said(key: string, value: string | number): string | number {
  return typeof value === 'number' || key === 'error' ? value : inDurations(value);
}

function seenAs(key: string, value: string | number): string | undefined {
  const [what] = key.split(' ');
  switch (what) {
    case 'start':
      return `${value} starts`;
    case 'caller':
      return `the ${key} is answered: ${value}`;
    case 'signal':
      return `the ${key} aborts: ${value}`;
    case 'waiter':
    case 'closer':
      return `${key.slice('waiter '.length)} is answered: ${value}`;
    case 'returned':
      return `returns ${value}`;
    case 'notice':
      return key.startsWith('notice in ') ? `${value}'s caller is told that it still waits` : undefined;
    case 'warning':
      return warningName(key);
    case 'error':
      return `an error escapes the queue: ${value}`;
    case 'again,':
      return `${key} a second time`;
    default:
      return key === THE_QUEUE ? `${key} ${value}` : undefined;
  }
}

/** One side of a divergence, in words. */
export function reading(key: string, value: string | number): string {
  return readingAs(key, said(key, value));
}

function readingAs(key: string, value: string | number): string {
  if (isWarning(key)) return plainReading(warningName(key), value);
  const [, what, where, nth] = /^(start|notice) in (.*?)(?:, (\d+)\.)?$/.exec(key) ?? [];
  if (what === 'start') return startReading(where!, value, nth === '1');
  if (what !== undefined)
    return plainReading(nth === undefined || nth === '1' ? `${what} in ${where}` : `${what} ${nth} in ${where}`, value);
  const [, kind, whose] = /^(caller of|signal of|waiter|closer|active in|queued in) (.*)$/.exec(key) ?? [];
  switch (kind) {
    case 'caller of':
      return answerReading(`the caller of ${whose}`, value);
    case 'waiter':
    case 'closer':
      return answerReading(whose!, value);
    case 'signal of':
      return value === ABSENT ? `the signal of ${whose} does not abort` : `the signal of ${whose} aborts: ${value}`;
    case 'active in':
    case 'queued in':
      return typeof value === 'number' ? `${value} ${key}` : plainReading(key, value);
    default:
      return key === THE_QUEUE ? `${key} ${value}` : plainReading(key, value);
  }
}

function answerReading(who: string, value: string | number): string {
  if (value === ABSENT) return `${who} is not answered`;
  return value === PRESENT ? `${who} is answered` : `${who} is answered: ${value}`;
}

function plainReading(name: string, value: string | number): string {
  if (value === ABSENT) return `no ${name}`;
  if (value === PRESENT) return `a ${name}`;
  return `${name}: ${value === '' ? 'none' : value}`;
}

function startReading(lane: string, value: string | number, isFirst: boolean): string {
  if (value === ABSENT) return `${isFirst ? 'nothing' : 'nothing more'} starts in ${lane}`;
  return `${value === PRESENT ? 'a task' : value} starts ${isFirst ? '' : 'next '}in ${lane}`;
}
