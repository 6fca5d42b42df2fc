import { coreSource } from './mutate.ts';

/** A stretch of the core about which commands can say nothing: its mutants are counted, and not tried. */
interface Beyond {
  readonly file: string;
  /** Its first line and, where it has more than one, the first after that which reads so; else it is the whole file. */
  readonly from?: string;
  readonly to?: string;
  /** Which tests see to it instead. */
  readonly why: string;
}

const CLOCK = 'the clock of the process: the harness hands in its own (`clock`, by tests of its own)';
const LOGGER = 'what is logged where nobody handed in `onWarning`: the harness does (tests of the logger)';
const BAD_INPUT = 'checks of arguments, and the words of their errors: no command is a bad call (`bad-input`)';
const SNAPSHOT = 'snapshots, of which only one count is read by commands (tests of snapshots)';
const EVENT = 'what an event says that is no call site of the contract, and times in events (`observable`)';

const PLACES: readonly Beyond[] = [
  { file: 'clock.ts', why: CLOCK },
  { file: 'logger.ts', why: LOGGER },
  {
    file: 'queue.ts',
    from: 'this.#teller(onWarning, logger ?? (onWarning === undefined ? console : undefined)),',
    why: LOGGER,
  },
  {
    file: 'queue.ts',
    from: 'const tellers = [onWarning, logger && logBy(logger)].filter((teller) => teller !== undefined);',
    why: LOGGER,
  },
  {
    file: 'options.ts',
    from: '/** Refuses anything but a duration above 0, and returns it. */',
    to: "return typeof value === 'function' ? 'a function' : String(value);",
    why: BAD_INPUT,
  },
  {
    file: 'queue.ts',
    from: "if (typeof body !== 'function') throw bad('body', body, 'a function that does the work');",
    why: BAD_INPUT,
  },
  { file: 'snapshot.ts', why: SNAPSHOT },
  { file: 'backlog.ts', from: 'get oldestSince(): number | undefined {', to: 'return since;', why: SNAPSHOT },
  { file: 'queue.ts', from: 'snapshot(lane?: string): LaneSnapshot | LaneSnapshot[] {', to: '}', why: SNAPSHOT },
  { file: 'queue.ts', from: 'stats(): QueueStats {', to: '}', why: SNAPSHOT },
  { file: 'queue.ts', from: '#snapshot(lane: Lane): LaneSnapshot {', to: '}', why: SNAPSHOT },
  {
    file: 'events.ts',
    from: 'if (stallproof.hasSubscribers) stallproof.publish({ queue: this.#queue, event } satisfies ChannelMessage);',
    why: EVENT,
  },
  ...[
    "this.#events.tell({ type: 'configured', at: this.#clock.now(), lane, concurrency });",
    "this.#events.tell({ type: 'closed', at: this.#clock.now(), lane: undefined });",
    "this.#events.tell({ type: 'refused', at: this.#clock.now(), lane, reason });",
    "this.#events.tell({ type: paused ? 'paused' : 'resumed', at: this.#clock.now(), lane });",
    "this.#events.tell({ type: 'aborted', at: this.#clock.now(), lane: hold.lane.name, hold: hold.number });",
    "this.#events.tell({ type: 'fault', at, lane: lane.name, where, error });",
    'const queuedMs = now - task.enqueuedAt;',
    'const heldMs = now - hold.startedAt;',
  ].map((from): Beyond => ({ file: 'queue.ts', from, why: EVENT })),
  { file: 'queue.ts', from: 'this.#events.tell({', to: '});', why: EVENT },
];

/** Why commands can say nothing about a line; undefined where they can. */
export function whyBeyond(): (place: { readonly file: string; readonly line: number }) => string | undefined {
  const stretches = PLACES.map((place) => ({ ...place, ...linesOf(place) }));
  return ({ file, line }) => stretches.find((one) => one.file === file && line >= one.first && line <= one.last)?.why;
}

/** From 1, both included. */
function linesOf({ file, from, to }: Beyond): { first: number; last: number } {
  if (from === undefined) return { first: 1, last: Infinity };
  const lines = coreSource(file)
    .split('\n')
    .map((line) => line.trim());
  const first = lines.indexOf(from);
  const last = to === undefined ? first : lines.indexOf(to, first);
  if (first === -1 || last === -1 || lines.indexOf(from, first + 1) !== -1) {
    throw new Error(`${file}: this stretch is not there, or not once: ${from}`);
  }
  return { first: first + 1, last: last + 1 };
}
