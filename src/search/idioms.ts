import type fc from 'fast-check';
import type { Alphabet, CallSite, Command, Contract } from '../oracle/index.ts';
import { oneOf } from './one-of.ts';
import { familiesOf } from './taste.ts';

type CallFrom = Command & { readonly do: 'call from' };

/** What chance makes of a command: the commands at once, and those that follow after a while. */
export interface Idiom {
  readonly now: readonly Command[];
  readonly later: readonly Command[];
}

/**
 * Short turns of phrase. Much shows only where an act meets its occasion: a call from inside whoever is to make it being
 * called, a pause its end after a while, a full lane a task too many. Letters drawn one by one seldom come to that.
 */
export class Idioms {
  readonly #letters: Alphabet;
  readonly #lanes: ReadonlyMap<string, LaneIdioms>;

  constructor({ lanes }: Contract, letters: Alphabet) {
    this.#letters = letters;
    this.#lanes = new Map(lanes.map((lane) => [lane, new LaneIdioms(lane, inLane(letters, lane))]));
  }

  /** A command that was drawn, often with what belongs to it. */
  around(command: Command, random: fc.Random): Idiom {
    switch (command.do) {
      case 'call from':
        return random.nextInt(0, 3) === 0 ? alone(command) : alone(...this.#in(command.lane).scene(command, random));
      case 'pause':
        return this.#pause(command, random);
      case 'configure':
        // Where there are too many now, someone leaves.
        return {
          now: [command],
          later: this.#afterAWhile(random, { do: 'complete', lane: command.lane, hold: 'oldest' }),
        };
      case 'enqueue':
        return this.#enqueue(command, random);
      default:
        return alone(command);
    }
  }

  /** What is paused is resumed, and in between another pause may have come. */
  #pause(command: Command & { do: 'pause' }, random: fc.Random): Idiom {
    const resumed = this.#afterAWhile(random, { ...command, do: 'resume' });
    if (random.nextInt(0, 1) === 0) return { now: [command], later: resumed };
    const other = oneOf(this.#letters.pause, random);
    const otherResumed = this.#afterAWhile(random, { ...other, do: 'resume' });
    const later = random.nextInt(0, 1) === 0 ? [...otherResumed, ...resumed] : [...resumed, ...otherResumed];
    return { now: [command, other], later };
  }

  /** Sometimes behind several others; a signal aborts at last, and whoever is asked for signs of life gives one. */
  #enqueue(command: Command & { do: 'enqueue' }, random: fc.Random): Idiom {
    const { lane, signal, source } = command;
    const others = random.nextInt(0, 7) === 0 ? random.nextInt(1, 3) : 0;
    const now = [...Array.from({ length: others }, (): Command => ({ do: 'enqueue', lane })), command];
    const progress = this.#in(lane).newestProgress;
    if (signal !== undefined && signal !== 'spent')
      return { now, later: this.#afterAWhile(random, { do: 'abort', signal }) };
    if (source === 'stamp' && progress !== undefined) return { now, later: this.#afterAWhile(random, progress) };
    return alone(...now);
  }

  #afterAWhile(random: fc.Random, command: Command): readonly Command[] {
    return [oneOf(this.#letters.advance, random), command];
  }

  #in(lane: string): LaneIdioms {
    return this.#lanes.get(lane)!;
  }
}

/** What the idioms say of one lane. */
class LaneIdioms {
  readonly newestProgress: Command | undefined;
  readonly #widths: readonly Command[];
  readonly #lane: string;
  readonly #letters: Alphabet;
  readonly #calls: readonly (readonly CallFrom[])[];
  readonly #empties: readonly Command[];

  constructor(lane: string, letters: Alphabet) {
    this.#lane = lane;
    this.#letters = letters;
    this.#widths = letters.configure.filter((command) => command.do === 'configure' && command.concurrency > 0);
    this.newestProgress = letters.progress.at(-1);
    this.#calls = familiesOf(letters['call from']) as readonly (readonly CallFrom[])[];
    this.#empties = [...letters.reset.slice(-1), ...letters.clear.slice(-1)];
  }

  /** Some are to call from inside, a task comes, and then what makes them called. */
  scene(first: CallFrom, random: fc.Random): readonly Command[] {
    const calls = [first];
    while (random.nextInt(0, 2) > 0) calls.push(oneOf(oneOf(this.#calls, random), random));
    const lane = this.#lane;
    const isAborted = calls.some(({ call }) => call.do === 'abort');
    const task: Command = { do: 'enqueue', lane, ...(isAborted && { signal: 'one' }) };
    const isThere = !AS_IT_COMES.includes(first.site) && random.nextInt(0, 1) === 0;
    return [
      ...(random.nextInt(0, 2) === 0 ? this.#empties : []),
      ...(isThere ? [task, ...calls] : [...calls, task]),
      this.#occasion(first.site, random),
    ];
  }

  /** What makes somebody called there. */
  #occasion(site: CallSite, random: fc.Random): Command {
    const { reset, clear, advance, complete } = this.#letters;
    if (site === 'notice') return advance[0]!;
    if (site === 'taken-back' && reset.length > 0) return reset.at(-1)!;
    if (site === 'dropped' && clear.length > 0) return clear.at(-1)!;
    const widened = this.#widths.length === 0 ? [] : [oneOf(this.#widths, random)];
    return oneOf([complete[0]!, complete[0]!, ...reset.slice(-1), ...widened], random);
  }
}

/** There calls are made as a task comes. */
const AS_IT_COMES: readonly CallSite[] = ['body', 'enqueued', 'started'];

function alone(...now: readonly Command[]): Idiom {
  return { now, later: [] };
}

/** What concerns this lane, or no lane. */
function inLane(letters: Alphabet, lane: string): Alphabet {
  const isHere = (command: Command): boolean =>
    !('lane' in command) || command.lane === undefined || command.lane === lane;
  const entries = Object.entries(letters).map(([kind, variants]) => [kind, variants.filter(isHere)]);
  return Object.fromEntries(entries) as Alphabet;
}
