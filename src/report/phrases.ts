import { ABSENT, PRESENT, type Command, type Event, type Source } from '../oracle/index.ts';
import { seconds } from './duration.ts';

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
  switch (event.type) {
    case 'enqueue': {
      const priority = command?.do === 'enqueue' && command.priority !== undefined ? `, ${event.priority}` : '';
      const source = event.source === undefined ? '' : `, ${SOURCES[event.source]}`;
      return `enqueue ${event.task} in ${event.lane}${priority}${source}${event.detach ? ', detach' : ''}`;
    }
    case 'hang':
      return `hang ${event.task}: its body will never settle of itself`;
    case 'progress':
      return `${event.task} reports progress`;
    case 'settle':
      return event.how === 'fulfilled' ? `complete ${event.task}` : `fail ${event.task}`;
    case 'reset':
      return event.lane === undefined ? 'reset all lanes' : `reset ${event.lane}`;
    case 'configure':
      return `give ${event.lane} ${event.concurrency} slots`;
    case 'wait': {
      const what = event.lane === undefined ? 'all that is active' : `what is active in ${event.lane}`;
      const limit = event.timeoutMs === undefined ? '' : `, ${seconds(event.timeoutMs)} at most`;
      return `${event.waiter} waits for ${what}${limit}`;
    }
    case 'give-up':
      return `${event.waiter} gives up`;
    case 'tick':
      return 'the clock runs';
  }
}

function advancePhrase(command: Command & { do: 'advance' }): string {
  if ('byMs' in command) return command.byMs === 0 ? 'let timers fire that are due' : `${seconds(command.byMs)} pass`;
  const offset = { before: '1 ms before ', at: '', after: '1 ms after ' }[command.to];
  return `advance to ${offset}${DEADLINES[command.deadline]}`;
}

/** What was seen, in words; undefined for the counts, which are always read. */
export function seen(key: string, value: string | number): string | undefined {
  const [what] = key.split(' ');
  switch (what) {
    case 'start':
      return `${value} starts`;
    case 'caller':
      return `${key}: ${value}`;
    case 'signal':
      return `${key} aborts`;
    case 'waiter':
      return `${key.slice('waiter '.length)} is answered: ${value}`;
    case 'returned':
      return `returns ${value}`;
    case 'warning':
      return key;
    case 'error':
      return `error: ${value}`;
    case 'again,':
      return `${key} a second time`;
    default:
      return undefined;
  }
}

/** One side of a divergence, in words. */
export function reading(key: string, value: string | number): string {
  const name = key.replace(/, 1\.$/, '');
  if (value === ABSENT) return `no ${name}`;
  if (value === PRESENT) return `a ${name}`;
  return `${name}: ${value}`;
}
