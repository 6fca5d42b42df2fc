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
    file: 'hold.ts',
    kind: 'unchecked',
    why: '`caller-outcome`: the reason on a signal that is first asked for after it has aborted. The harness asks whether it has, not why',
    changes: ['if (this.#controller === undefined) this.#stop ??= { reason }; ⟶ { reason } → {}'],
  },
  {
    file: 'judge.ts',
    kind: 'unchecked',
    why: '`hygiene`: which timers keep the process alive. The virtual clock does not ask',
    changes: ['this.#agenda = new Agenda(clock, true, ring); ⟶ true → false'],
  },
  {
    file: 'notices.ts',
    kind: 'unchecked',
    why: '`hygiene`: which timers keep the process alive. The virtual clock does not ask',
    changes: ['this.#agenda = new Agenda(clock, false, ring); ⟶ false → true'],
  },
  {
    file: 'waiters.ts',
    kind: 'unchecked',
    why: '`hygiene`: which timers keep the process alive. The virtual clock does not ask',
    changes: ['this.#timeouts = new Agenda<Wait>(clock, true, ring); ⟶ true → false'],
  },
  {
    file: 'warnings.ts',
    kind: 'unchecked',
    why: '`hygiene`: which timers keep the process alive. The virtual clock does not ask',
    changes: ['this.#agenda = new Agenda(clock, false, ring); ⟶ false → true'],
  },
  {
    file: 'warnings.ts',
    kind: 'unchecked',
    why: '`never-silent`: a report that was held back is given as soon as the minute has room. The model waits for `warnEveryMs`',
    changes: [
      'lane.reportRefused = heldBack === undefined; ⟶ heldBack === undefined → false',
      'lane.reportRefused = heldBack === undefined; ⟶ heldBack === undefined → heldBack !== undefined',
    ],
  },
  {
    file: 'warnings.ts',
    kind: 'unchecked',
    why: '`never-silent`: of several lanes that are due, the one whose last report is oldest comes first. The model takes any',
    changes: [
      "const notBefore = (lane: Lane): number => this.#throttle.notBefore('blocked', lane.name); ⟶ (lane: Lane): number => this.#throttle.notBefore('blocked', … → () => undefined",
      'for (const lane of due.toSorted((a, b) => compare(notBefore(a), notBefore(b)))) this.#lookAt(lane, now); ⟶ (a, b) => compare(notBefore(a), notBefore(b)) → () => undefined',
      'function compare(a: number, b: number): number { ⟶ emptied',
      'return a === b ? 0 : a - b; ⟶ a === b → true',
      'return a === b ? 0 : a - b; ⟶ a === b → false',
      'return a === b ? 0 : a - b; ⟶ a === b → a !== b',
      'return a === b ? 0 : a - b; ⟶ a - b → a + b',
    ],
  },
  {
    file: 'waiters.ts',
    kind: 'unchecked',
    why: '`hygiene`: an empty set stays behind for each name of a lane that somebody has waited for. Memory alone shows it',
    changes: ['if (others?.size === 0) this.#idle.delete(lane); ⟶ others?.size === 0 → false'],
  },
  {
    file: 'waiters.ts',
    kind: 'unchecked',
    why: '`waiters`: a signal that had aborted before. The harness gives each waiter a fresh one',
    changes: [
      "const known = isMet ? 'met' : signal?.aborted === true ? 'aborted' : timeoutMs === 0 ? 'timeout' : undefined; ⟶ signal?.aborted === true → false",
    ],
  },
  {
    file: 'queue.ts',
    kind: 'unchecked',
    why: '`callback-safe`: a body that returns a value, or a promise with a `then` of its own. Those of the harness return plain promises',
    changes: [
      'if (result instanceof Promise && result.then === Promise.prototype.then) return result; ⟶ result instanceof Promise && result.then === Promise.prototy… → true',
      'if (result instanceof Promise && result.then === Promise.prototype.then) return result; ⟶ result instanceof Promise && result.then === Promise.prototy… → result instanceof Promise || result.then === Promise.prototy…',
      'if (result instanceof Promise && result.then === Promise.prototype.then) return result; ⟶ result.then === Promise.prototype.then → true',
      'if (result instanceof Promise && result.then === Promise.prototype.then) return result; ⟶ result.then === Promise.prototype.then → result.then !== Promise.prototype.then',
      'return new Promise((resolve) => resolve(result)); ⟶ (resolve) => resolve(result) → () => undefined',
    ],
  },
  {
    file: 'shield.ts',
    kind: 'unchecked',
    why: '`callback-safe`: an asynchronous listener that fails later. Those of the harness throw at once',
    changes: [
      'if (result instanceof Promise) result.catch((error: unknown) => onThrow(error, value)); ⟶ result instanceof Promise → false',
      'if (result instanceof Promise) result.catch((error: unknown) => onThrow(error, value)); ⟶ (error: unknown) => onThrow(error, value) → () => undefined',
    ],
  },
  {
    file: 'events.ts',
    kind: 'unchecked',
    why: '`callback-safe`: a queue without `onEvent`, whose events go to the diagnostics channel alone. That of the harness always has one',
    changes: [
      'if (this.#listener !== undefined) shield(this.#listener, event, this.#onFault); ⟶ this.#listener !== undefined → true',
    ],
  },
  {
    file: 'agenda.ts',
    kind: 'unchecked',
    why: 'A listener of `waiting` or `flowing` that calls the queue: only there is an alarm moved while it is set, or a lane forgotten under the hands of who forgets it. They are no call sites',
    changes: [
      'if (alarm.position === -1) { ⟶ alarm.position === -1 → true',
      'const later = at > alarm.at; ⟶ at > alarm.at → false',
      'if (later) this.#sink(alarm); ⟶ later → false',
    ],
  },
  {
    file: 'warnings.ts',
    kind: 'unchecked',
    why: 'A listener of `waiting` or `flowing` that calls the queue: only there is an alarm moved while it is set, or a lane forgotten under the hands of who forgets it. They are no call sites',
    changes: ['if (!lane.waits) this.#agenda.cancel(lane.blockedAlarm); ⟶ !lane.waits → true'],
  },
  {
    file: 'queue.ts',
    kind: 'unchecked',
    why: 'A listener of `waiting` or `flowing` that calls the queue: only there is an alarm moved while it is set, or a lane forgotten under the hands of who forgets it. They are no call sites',
    changes: [
      'if (this.#lanes.get(lane.name) === lane) this.#waiters.rests(lane.name); ⟶ this.#lanes.get(lane.name) === lane → true',
      'if (!isRemembered && this.#lanes.get(lane.name) === lane) this.#lanes.delete(lane.name); ⟶ this.#lanes.get(lane.name) === lane → true',
    ],
  },
  {
    file: 'warnings.ts',
    kind: 'unchecked',
    why: 'A listener of warnings that calls the queue. It is no call site',
    changes: [
      'if (lane.waits) this.#agenda.set(lane.blockedAlarm, Math.min(this.#dueAt(lane), this.#retryAt(lane, now))); ⟶ lane.waits → true',
    ],
  },
  {
    file: 'queue.ts',
    kind: 'unchecked',
    why: 'A queue that is closed from inside, while a lane starts tasks. It is not among the calls from inside',
    changes: ['if (lane.gated) return; ⟶ lane.gated → false (2)'],
  },
  {
    file: 'notices.ts',
    kind: 'unchecked',
    why: 'A notice that takes another task out. From there the harness only enqueues',
    changes: ["if (task.place !== 'queued') continue; ⟶ task.place !== 'queued' → false"],
  },
  {
    file: 'context.ts',
    kind: 'elsewhere',
    why: '`caller-outcome`: the number of a hold. Here numbers fall instead of growing, or bodies are not told theirs: a fencing token is worth nothing',
    changes: ['get hold(): number { ⟶ emptied'],
  },
  {
    file: 'queue.ts',
    kind: 'elsewhere',
    why: '`caller-outcome`: the number of a hold. Here numbers fall instead of growing, or bodies are not told theirs: a fencing token is worth nothing',
    changes: ['const hold = new Hold((this.#lastHold += 1), task, now); ⟶ this.#lastHold += 1 → this.#lastHold -= 1'],
  },
  {
    file: 'queue.ts',
    kind: 'elsewhere',
    why: '`conservation`: how many bodies of each lane are detached. The harness compares their sum over the queue',
    changes: [
      'const detached = this.#detached.get(lane) ?? 0; ⟶ this.#detached.get(lane) ?? 0 → this.#detached.get(lane) && 0',
      'const left = (this.#detached.get(lane) ?? 0) + change; ⟶ (this.#detached.get(lane) ?? 0) + change → (this.#detached.get(lane) ?? 0) - change',
      'const left = (this.#detached.get(lane) ?? 0) + change; ⟶ this.#detached.get(lane) ?? 0 → this.#detached.get(lane) && 0',
      'if (left === 0) this.#detached.delete(lane); ⟶ left === 0 → true',
      'if (left === 0) this.#detached.delete(lane); ⟶ left === 0 → false',
      'if (left === 0) this.#detached.delete(lane); ⟶ left === 0 → left !== 0',
    ],
  },
  {
    file: 'throttle.ts',
    kind: 'elsewhere',
    why: '`warnings-bounded`: `heldBack` of a warning. The harness compares only how many reclaims were ever held back',
    changes: [
      'this.#heldBack[kind] = (this.#heldBack[kind] ?? 0) + 1; ⟶ (this.#heldBack[kind] ?? 0) + 1 → (this.#heldBack[kind] ?? 0) - 1',
      'this.#heldBack[kind] = (this.#heldBack[kind] ?? 0) + 1; ⟶ this.#heldBack[kind] ?? 0 → this.#heldBack[kind] && 0',
    ],
  },
  {
    file: 'events.ts',
    kind: 'elsewhere',
    why: '`observable`: which events are told, and times in them',
    changes: ['readonly #untold: QueueEvent[] = []; ⟶ [] → ["Stryker was here"]'],
  },
  {
    file: 'queue.ts',
    kind: 'elsewhere',
    why: '`observable`: which events are told, and times in them',
    changes: [
      'readonly #switch: Switch = { paused: false }; ⟶ { paused: false } → {}',
      'if (!this.#isClosed) { ⟶ !this.#isClosed → true',
      'if (target.paused === paused) return; ⟶ target.paused === paused → false',
      "this.#events.tell({ type: 'dropped', at: now, lane: lane.name, reason, queuedMs: now - enqueuedAt }); ⟶ now - enqueuedAt → now + enqueuedAt",
      "if (!(place instanceof Hold) || place.state !== 'active') continue; ⟶ !(place instanceof Hold) || place.state !== 'active' → !(place instanceof Hold) && place.state !== 'active'",
      "if (!(place instanceof Hold) || place.state !== 'active') continue; ⟶ place.state !== 'active' → false",
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
    file: 'warnings.ts',
    kind: 'elsewhere',
    why: 'Calls of the queue from a progress source: the harness makes none',
    changes: ['if (!lane.waits) return; ⟶ !lane.waits → false'],
  },
  {
    file: 'notices.ts',
    kind: 'unpromised',
    why: 'That a `fault` is reported; that it is an event is `observable`',
    changes: [
      "task.runInAsyncScope(() => shield(options.onWait!, notice, (error) => this.#onFault(lane, 'onWait', error))); ⟶ (error) => this.#onFault(lane, 'onWait', error) → () => undefined",
    ],
  },
  {
    file: 'progress.ts',
    kind: 'unpromised',
    why: 'That a `fault` is reported; that it is an event is `observable`',
    changes: [
      "(error) => onFault(task.lane, 'progressSource', error), ⟶ (error) => onFault(task.lane, 'progressSource', error) → () => undefined",
    ],
  },
  {
    file: 'queue.ts',
    kind: 'unpromised',
    why: 'That a `fault` is reported; that it is an event is `observable`',
    changes: [
      "const onListenerFault = (error: unknown, { lane = '*' }: QueueEvent): void => ⟶ (error: unknown, { lane = '*' }: QueueEvent): void => this.#… → () => undefined",
      'readonly #fault: OnFault = (lane, where, error) => { ⟶ emptied',
    ],
  },
  {
    file: 'shield.ts',
    kind: 'unpromised',
    why: 'That a `fault` is reported; that it is an event is `observable`',
    changes: ['} catch (error) { ⟶ emptied'],
  },
  {
    file: 'warnings.ts',
    kind: 'unpromised',
    why: 'That a `fault` is reported; that it is an event is `observable`',
    changes: ['fault(lane: string, where: Where, error: unknown, at: number): void { ⟶ emptied'],
  },
  {
    file: 'context.ts',
    kind: 'unpromised',
    why: 'In which lane a body is told that it runs (`context.lane`)',
    changes: ['get lane(): string { ⟶ emptied'],
  },
  {
    file: 'notices.ts',
    kind: 'unpromised',
    why: 'What a notice says beside that the task still waits',
    changes: [
      'const notice = { ⟶ { lane: lane.name, waitedMs: now - enqueuedAt, queued: lane.… → {}',
      'waitedMs: now - enqueuedAt, ⟶ now - enqueuedAt → now + enqueuedAt',
    ],
  },
  {
    file: 'notices.ts',
    kind: 'unpromised',
    why: 'Which of two notices of one instant comes first',
    changes: [
      'task.notice = new Notice(task, (this.#last += 1)); ⟶ this.#last += 1 → this.#last -= 1',
      'for (const task of due.toSorted((a, b) => a.notice!.number - b.notice!.number)) { ⟶ (a, b) => a.notice!.number - b.notice!.number → () => undefined',
      'for (const task of due.toSorted((a, b) => a.notice!.number - b.notice!.number)) { ⟶ a.notice!.number - b.notice!.number → a.notice!.number + b.notice!.number',
    ],
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
    file: 'agenda.ts',
    kind: 'unpromised',
    why: 'Which of two waiters of one instant is answered first',
    changes: ['if (at === Infinity) return this.cancel(alarm); ⟶ at === Infinity → false'],
  },
  {
    file: 'queue.ts',
    kind: 'unpromised',
    why: 'Which of two waiters of one instant is answered first',
    changes: ['if (this.#closers === 0) this.#settleDownAll(); ⟶ this.#closers === 0 → true'],
  },
  {
    file: 'agenda.ts',
    kind: 'unpromised',
    why: 'Which of two lanes comes first at one instant',
    changes: [
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
    file: 'queue.ts',
    kind: 'unpromised',
    why: 'A timer rings for nothing, where nobody waits any more for the queue to close, or in a lane that is off',
    changes: [
      'if (this.#closers === 0) this.#settleDownAll(); ⟶ this.#closers === 0 → false',
      'if (this.#closers === 0) this.#settleDownAll(); ⟶ this.#closers === 0 → this.#closers !== 0',
      'const wereOff = new Set(lanes.filter((lane) => lane.isOff)); ⟶ lanes.filter((lane) => lane.isOff) → lanes',
      'if (lane.isOff) this.#judge.untime(hold); ⟶ lane.isOff → false',
    ],
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
    file: 'agenda.ts',
    kind: 'same',
    why: 'Where it is not later, it is no matter whether it sinks or rises: it stays',
    changes: ['const later = at > alarm.at; ⟶ at > alarm.at → at >= alarm.at'],
  },
  {
    file: 'backlog.ts',
    kind: 'same',
    why: 'Needless: `shift` is called where there is something to take, and nowhere else',
    changes: [
      'while (place < lines.length - 1 && lines[place]!.size === 0) place += 1; ⟶ place < lines.length - 1 → true',
      'while (place < lines.length - 1 && lines[place]!.size === 0) place += 1; ⟶ place < lines.length - 1 → place <= lines.length - 1',
      'while (place < lines.length - 1 && lines[place]!.size === 0) place += 1; ⟶ lines.length - 1 → lines.length + 1',
      'if (task !== undefined) this.remove(task); ⟶ task !== undefined → true',
    ],
  },
  {
    file: 'events.ts',
    kind: 'same',
    why: 'An event is made though nobody listens; who tells it looks again',
    changes: [
      'return this.#listener !== undefined || stallproof.hasSubscribers; ⟶ this.#listener !== undefined || stallproof.hasSubscribers → true',
      'if (this.isHeard) this.#scope.runInAsyncScope(tellIn, undefined, this, event); ⟶ this.isHeard → true',
    ],
  },
  {
    file: 'queue.ts',
    kind: 'same',
    why: 'An event is made though nobody listens; who tells it looks again',
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
    why: 'What this spares would do nothing: it saves time alone',
    changes: [
      'if (lane.isOff === wereOff.has(lane)) continue; ⟶ lane.isOff === wereOff.has(lane) → false',
      'if (options.signal !== undefined) this.#signals.leave(options.signal, hold.task); ⟶ options.signal !== undefined → true',
      'if (options.signal !== undefined) this.#signals.leave(options.signal, task); ⟶ options.signal !== undefined → true',
      'const watched = waits || (this.#closers > 0 && this.#isWatched(lane)); ⟶ this.#closers > 0 → true',
      'const watched = waits || (this.#closers > 0 && this.#isWatched(lane)); ⟶ this.#closers > 0 → this.#closers >= 0',
    ],
  },
  {
    file: 'waiters.ts',
    kind: 'same',
    why: 'What this spares would do nothing: it saves time alone',
    changes: [
      'if (this.#idle.size === 0) return; ⟶ this.#idle.size === 0 → false',
      'if (wait.signal !== undefined) this.#signals.leave(wait.signal, wait); ⟶ wait.signal !== undefined → true',
    ],
  },
  {
    file: 'throttle.ts',
    kind: 'same',
    why: 'What this spares would do nothing: it saves time alone',
    changes: [
      'if (expired > 0) this.#given = this.#given.slice(expired); ⟶ expired > 0 → true',
      'if (expired > 0) this.#given = this.#given.slice(expired); ⟶ expired > 0 → expired >= 0',
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
    file: 'queue.ts',
    kind: 'same',
    why: 'It is for the garbage collection of async hooks, which nobody sees',
    changes: [
      "readonly #scope = new AsyncResource('LaneQueue', { requireManualDestroy: true }); ⟶ { requireManualDestroy: true } → {}",
      "readonly #scope = new AsyncResource('LaneQueue', { requireManualDestroy: true }); ⟶ true → false",
    ],
  },
  {
    file: 'lane.ts',
    kind: 'same',
    why: 'It is set again before it is first read',
    changes: ['reportRefused: boolean = false; ⟶ false → true'],
  },
  {
    file: 'queue.ts',
    kind: 'same',
    why: 'It is set again before it is first read',
    changes: [
      'if (!lane.isOff) lane.onSince = this.#clock.now(); ⟶ !lane.isOff → true',
      'if (waiting) lane.movedAt = at; ⟶ waiting → true',
    ],
  },
  {
    file: 'queue.ts',
    kind: 'same',
    why: 'Needless: a promise of the language calls back once, so no hold settles twice',
    changes: ["if (hold.state !== 'active') return; ⟶ hold.state !== 'active' → false"],
  },
  {
    file: 'queue.ts',
    kind: 'same',
    why: 'The caller has been answered already: a promise settles once',
    changes: [
      'if (!hold.task.options.rejectsWhenTakenBack) settleCaller(hold.task, outcome, value); ⟶ !hold.task.options.rejectsWhenTakenBack → true',
    ],
  },
  {
    file: 'shared-signals.ts',
    kind: 'same',
    why: 'The signal has aborted, which it does once: its listener is not called again',
    changes: [
      "signal.addEventListener('abort', listener, { once: true }); ⟶ { once: true } → {}",
      "signal.addEventListener('abort', listener, { once: true }); ⟶ true → false",
    ],
  },
  {
    file: 'throttle.ts',
    kind: 'same',
    why: 'Beyond the end there is `undefined`, which is in no order with any number',
    changes: [
      'while (expired < this.#given.length && this.#given[expired]! + MINUTE_MS <= now) expired += 1; ⟶ expired < this.#given.length → true',
      'while (expired < this.#given.length && this.#given[expired]! + MINUTE_MS <= now) expired += 1; ⟶ expired < this.#given.length → expired <= this.#given.length',
    ],
  },
  {
    file: 'waiters.ts',
    kind: 'same',
    why: 'A wait that was answered stays among the others until they are: to answer it again does nothing',
    changes: ['return false; ⟶ false → true'],
  },
  {
    file: 'warnings.ts',
    kind: 'same',
    why: 'Needless: `hear` is given these three kinds of event and no other',
    changes: ['default: ⟶ default: return; → default:'],
  },
];
