import { promises, RULE_NAMES, TESTED_DIRECTLY, type Contract } from '../oracle/index.ts';
import { grouped } from '../report/duration.ts';
import type { Progress } from '../search/index.ts';
import { hasColours } from './colours.ts';
import type { Io } from './io.ts';

/** Tells on stderr how far a long work has come. */
export interface Meter {
  readonly note: (progress: Progress) => void;
  /** A rule was found broken: what follows makes that short, and counts no commands. */
  readonly onBroken: (rule: string) => void;
  /** It is over: nothing of a bar is left. */
  readonly end: () => void;
}

/** How often a bar is drawn, and how much time lies between two lines where there is no terminal. */
const DRAW_EVERY_MS = 100;
const LINE_EVERY_MS = 1_000;
/** After so long something can be said of how long it will take. */
const KNOWN_AFTER_S = 0.5;
const BAR_CELLS = 10;
const USUAL_COLUMNS = 80;

/** On a terminal a bar, drawn at once; elsewhere a line for each tenth, and at most one a second. */
export function meter(io: Io, contract: Contract): Meter {
  const rules = RULE_NAMES.filter((rule) => promises(contract, rule) && !TESTED_DIRECTLY.includes(rule)).length;
  return io.stderr.isTTY === true ? new Bar(io, rules) : new Lines(io, rules);
}

/** Says in words what is known of the progress. */
class Words {
  readonly #io: Io;
  readonly #rules: number;
  readonly #since: number;

  constructor(io: Io, rules: number) {
    this.#io = io;
    this.#rules = rules;
    this.#since = io.now();
  }

  /** The first things first: what does not fit a terminal is cut off. */
  of({ commands, share, reached, broken }: Progress): string {
    const seconds = (this.#io.now() - this.#since) / 1_000;
    // What is said of the first moments would be far from true.
    const isGoing = share > 0 && seconds >= KNOWN_AFTER_S;
    const parts = [
      isGoing ? `${duration((seconds * (1 - share)) / share)} left` : 'beginning',
      `${isGoing ? grouped(Math.round(commands / seconds)) : 0} commands/s`,
      `${reached} of ${this.#rules} rules`,
      ...(broken > 0 ? [`${broken} broken`] : []),
    ];
    return parts.join(' · ');
  }
}

/** Tells nothing. */
export const SILENT: Meter = { note: () => {}, onBroken: () => {}, end: () => {} };

const NOTHING: Progress = { commands: 0, runs: 0, share: 0, reached: 0, broken: 0 };

class Bar implements Meter {
  readonly #io: Io;
  readonly #words: Words;
  #last: Progress = NOTHING;
  #drawnAt = -Infinity;

  constructor(io: Io, rules: number) {
    this.#io = io;
    this.#words = new Words(io, rules);
    this.#draw(this.#words.of(NOTHING));
  }

  readonly note = (progress: Progress): void => {
    this.#last = progress;
    if (this.#io.now() - this.#drawnAt >= DRAW_EVERY_MS) this.#draw(this.#words.of(progress));
  };

  readonly onBroken = (rule: string): void => {
    this.#draw(`${rule} is broken: making that short`);
  };

  readonly end = (): void => {
    this.#io.stderr.write('\r\u001B[K');
  };

  #draw(words: string): void {
    this.#drawnAt = this.#io.now();
    const { share } = this.#last;
    const full = Math.round(share * BAR_CELLS);
    const percent = `${Math.floor(share * 100)} %`.padStart(5);
    const bar = `${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)}`;
    const { columns = 0 } = this.#io.stderr;
    // One cell is left free: a line that is full makes some terminals begin a new one.
    const room = (columns > 0 ? columns : USUAL_COLUMNS) - 1;
    const line = `${bar}${percent}  ${words}`.slice(0, room);
    const shown = hasColours(this.#io, this.#io.stderr) ? line.replace(/^█+/, '\u001B[36m$&\u001B[39m') : line;
    this.#io.stderr.write(`\r\u001B[K${shown}`);
  }
}

class Lines implements Meter {
  readonly #io: Io;
  readonly #words: Words;
  #tenth = 0;
  #writtenAt: number;

  constructor(io: Io, rules: number) {
    this.#io = io;
    this.#words = new Words(io, rules);
    this.#writtenAt = io.now();
  }

  readonly note = (progress: Progress): void => {
    const tenth = Math.floor(progress.share * 10);
    if (tenth <= this.#tenth || tenth >= 10 || this.#io.now() - this.#writtenAt < LINE_EVERY_MS) return;
    this.#tenth = tenth;
    this.#writtenAt = this.#io.now();
    this.#io.stderr.write(`${tenth * 10} %  ${this.#words.of(progress)}\n`);
  };

  readonly onBroken = (): void => {};

  readonly end = (): void => {};
}

/** A real duration, roughly: 3 s, 4 min, 2 h. */
function duration(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6_000 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3_600)} h`;
}
