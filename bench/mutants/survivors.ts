/**
 * - `unchecked`: a promise, or a way to call the queue, that the harness leaves out and `docs/rules.md` does not say so;
 * - `elsewhere`: a promise that other tests show, not commands: `docs/rules.md` says so;
 * - `unpromised`: it shows, and no rule says how it should be;
 * - `same`: nobody who uses the queue can tell it from the unchanged one.
 */
export type Kind = 'unchecked' | 'elsewhere' | 'unpromised' | 'same';

/** Why some changes to a file survive. */
export interface Survivors {
  readonly file: string;
  readonly kind: Kind;
  readonly why: string;
  readonly changes: readonly string[];
}

export const SURVIVORS: readonly Survivors[] = [
  {
    file: 'queue.ts',
    kind: 'unchecked',
    why: '`hygiene`: an entry of 0 stays behind for each name of a lane that ever had a detached body. Memory alone shows it',
    changes: ['if (left === 0) this.#detached.delete(lane); ⟶ left === 0 → false'],
  },
  {
    file: 'queue.ts',
    kind: 'unchecked',
    why: 'An abort that drops a task, and a listener that is told of it and takes back a hold with the same signal: it comes too seldom',
    changes: [
      "if (!(place instanceof Hold) || place.state !== 'active') continue; ⟶ !(place instanceof Hold) || place.state !== 'active' → !(place instanceof Hold) && place.state !== 'active'",
      "if (!(place instanceof Hold) || place.state !== 'active') continue; ⟶ place.state !== 'active' → false",
    ],
  },
  {
    file: 'warnings.ts',
    kind: 'unchecked',
    why: '`never-silent`: what is said of a blocked lane in a step in which the queue was called from inside. The model holds it against the bounds alone',
    changes: ['if (!lane.waits) return; ⟶ !lane.waits → false'],
  },
  {
    file: 'warnings.ts',
    kind: 'unchecked',
    why: '`hygiene`: where a lane waits, a ceiling keeps the process alive, and the timer of the report beside it makes no difference. It would with an endless ceiling; those of the harness are finite',
    changes: ['this.#agenda = new Agenda(clock, false, ring); ⟶ false → true'],
  },
  {
    file: 'throttle.ts',
    kind: 'unchecked',
    why: '`warnings-bounded`: an endless `warnEveryMs`. Those of the harness are finite',
    changes: [
      'return last === -Infinity ? last : last + this.#everyMs; ⟶ last === -Infinity → false',
      'return last === -Infinity ? last : last + this.#everyMs; ⟶ -Infinity → +Infinity',
    ],
  },
  {
    file: 'warnings.ts',
    kind: 'unchecked',
    why: '`never-silent`: a lane that was reported, forgotten and used again, beside another that waits for room in the minute: it comes too seldom',
    changes: [
      "lane.toldAt = Math.max(lane.toldAt, this.#throttle.lastAt('blocked', lane.name)); ⟶ Math.max(lane.toldAt, this.#throttle.lastAt('blocked', lane.… → Math.min(lane.toldAt, this.#throttle.lastAt('blocked', lane.…",
    ],
  },
  {
    file: 'queue.ts',
    kind: 'elsewhere',
    why: '`observable`: times in events',
    changes: [
      "this.#events.tell({ type: 'dropped', at: now, lane: lane.name, reason, queuedMs: now - enqueuedAt }); ⟶ now - enqueuedAt → now + enqueuedAt",
    ],
  },
  {
    file: 'judge.ts',
    kind: 'elsewhere',
    why: 'Calls of the queue from a progress source: the harness makes none',
    changes: [
      "if (hold.state !== 'active' || hold.lane.isOff) return false; ⟶ hold.state !== 'active' || hold.lane.isOff → false",
      "if (hold.state !== 'active' || hold.lane.isOff) return false; ⟶ hold.state !== 'active' || hold.lane.isOff → hold.state !== 'active' && hold.lane.isOff",
      "if (hold.state !== 'active' || hold.lane.isOff) return false; ⟶ hold.state !== 'active' → false",
      "if (hold.state !== 'active' || hold.lane.isOff) return false; ⟶ false → true",
    ],
  },
  {
    file: 'context.ts',
    kind: 'unpromised',
    why: 'In which lane a body is told that it runs (`context.lane`)',
    changes: ['get lane(): string { ⟶ emptied'],
  },
  {
    file: 'judge.ts',
    kind: 'unpromised',
    why: 'Which of two timeouts of one instant comes first',
    changes: [
      'const holds = due.filter((one) => one instanceof Hold).toSorted((a, b) => a.number - b.number); ⟶ (a, b) => a.number - b.number → () => undefined',
      'const holds = due.filter((one) => one instanceof Hold).toSorted((a, b) => a.number - b.number); ⟶ a.number - b.number → a.number + b.number',
    ],
  },
  {
    file: 'queue.ts',
    kind: 'unpromised',
    why: 'Which of two waiters of one instant is answered first',
    changes: ['if (this.#closers === 0) this.#settleDownAll(); ⟶ this.#closers === 0 → true'],
  },
  {
    file: 'queue.ts',
    kind: 'unpromised',
    why: 'Holds are timed anew that were timed already: of two of one instant another may come first',
    changes: ['if (lane.isOff === wereOff.has(lane)) continue; ⟶ lane.isOff === wereOff.has(lane) → false'],
  },
  {
    file: 'agenda.ts',
    kind: 'unpromised',
    why: 'Which of two lanes comes first at one instant',
    changes: [
      'if (parent.at <= alarm.at) break; ⟶ parent.at <= alarm.at → false',
      'if (parent.at <= alarm.at) break; ⟶ parent.at <= alarm.at → parent.at < alarm.at',
      'if (below + 1 < this.#heap.length && this.#heap[below + 1]!.at < this.#heap[below]!.at) below += 1; ⟶ this.#heap[below + 1]!.at < this.#heap[below]!.at → this.#heap[below + 1]!.at <= this.#heap[below]!.at',
      'if (child.at >= alarm.at) break; ⟶ child.at >= alarm.at → child.at > alarm.at',
    ],
  },
  {
    file: 'agenda.ts',
    kind: 'unpromised',
    why: 'The timer of the clock is set anew more often: of two timers of one instant another may ring first',
    changes: ['} else if (first.at < this.#timerAt) { ⟶ first.at < this.#timerAt → true'],
  },
  {
    file: 'agenda.ts',
    kind: 'same',
    why: 'The timer of the clock is set anew, or taken back, where it did not have to be',
    changes: [
      '} else if (first.at < this.#timerAt) { ⟶ first.at < this.#timerAt → first.at <= this.#timerAt',
      'if (this.#timerAt === Infinity) return; ⟶ this.#timerAt === Infinity → false',
    ],
  },
  {
    file: 'queue.ts',
    kind: 'same',
    why: 'An event is made though nobody listens; who tells it tells nobody',
    changes: [
      'if (this.#events.isHeard) { ⟶ this.#events.isHeard → true',
      'if (this.#events.isHeard) { ⟶ this.#events.isHeard → true (2)',
      'if (this.#events.isHeard) { ⟶ this.#events.isHeard → true (3)',
    ],
  },
  {
    file: 'judge.ts',
    kind: 'same',
    why: 'What this spares would do nothing: it saves time alone',
    changes: ['if (timeoutMs === Infinity) return; ⟶ timeoutMs === Infinity → false'],
  },
  {
    file: 'options.ts',
    kind: 'same',
    why: 'What this spares would do nothing: it saves time alone',
    changes: ['if (options === undefined) return USUAL; ⟶ options === undefined → false'],
  },
  {
    file: 'queue.ts',
    kind: 'same',
    why: 'What is not queued is not dropped: to leave it out saves time alone',
    changes: [
      "const queued = tasks.filter(({ state }) => state === 'queued'); ⟶ tasks.filter(({ state }) => state === 'queued') → tasks",
      "const queued = tasks.filter(({ state }) => state === 'queued'); ⟶ state === 'queued' → true",
    ],
  },
  {
    file: 'queue.ts',
    kind: 'same',
    why: 'It makes a promise of one that is honest already',
    changes: [
      'if (result instanceof Promise && result.then === Promise.prototype.then) return result; ⟶ result instanceof Promise && result.then === Promise.prototy… → false',
    ],
  },
  {
    file: 'lane.ts',
    kind: 'same',
    why: 'It is set again before it is first read',
    changes: ['reportRefused: boolean = false; ⟶ false → true'],
  },
  {
    file: 'events.ts',
    kind: 'same',
    why: 'An event is made though nobody listens; who tells it tells nobody',
    changes: [
      'return this.#listener !== nobody || stallproof.hasSubscribers; ⟶ this.#listener !== nobody || stallproof.hasSubscribers → true',
    ],
  },
];
