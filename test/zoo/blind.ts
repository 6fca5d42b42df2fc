import type { ZooMember } from './member.ts';
import { patched } from './patched.ts';

/**
 * Mistakes chosen from the promises and the source of the core alone, without a look at what generates commands or at what
 * watches the queue: what of them is found says how much is found of what nobody thought of.
 */
export const blind: readonly ZooMember[] = [
  patched(
    {
      name: 'width-read-once',
      rule: 'capacity',
      length: 5,
      origin: 'The width is taken out of the loop, as if it could not change there; a body that starts may lower it.',
    },
    [
      {
        file: 'queue.ts',
        find: 'for (let at: number | undefined = now; lane.mayStart; at = undefined) {',
        replace: `const { backlog, holds, concurrency } = lane;
    for (let at: number | undefined = now; backlog.size > 0 && holds.size < concurrency && !lane.isPaused; at = undefined) {`,
      },
    ],
  ),
  patched(
    {
      name: 'one-dispatch-at-a-time',
      rule: 'work-conserving',
      length: 2,
      origin:
        'Re-entrancy is kept out by one flag for the queue: whoever is turned away was in another lane, and nobody comes back for it.',
    },
    [
      {
        file: 'queue.ts',
        find: `#dispatch(lane: Lane, now: number): void {
    if (lane.gated) return;
    lane.gated = true;`,
        replace: `#isDispatching = false;

  #dispatch(lane: Lane, now: number): void {
    if (lane.gated || this.#isDispatching) return;
    lane.gated = true;
    this.#isDispatching = true;`,
      },
      {
        file: 'queue.ts',
        find: `lane.gated = false;
    this.#settleDown(lane);`,
        replace: `lane.gated = false;
    this.#isDispatching = false;
    this.#settleDown(lane);`,
      },
    ],
  ),
  patched(
    {
      name: 'next-guessed-after-an-abort',
      rule: 'order',
      length: 6,
      origin:
        'The next task is remembered, to save the look through the classes; "not known" is then taken for "there is none".',
    },
    [
      {
        file: 'backlog.ts',
        find: 'this.#lines[task.options.rank]!.push(task);',
        replace: `this.#lines[task.options.rank]!.push(task);
    if (this.#next === undefined || task.options.rank < this.#next.options.rank) this.#next = task;`,
      },
      {
        file: 'backlog.ts',
        find: `const lines = this.#lines;
    let place = 0;
    while (lines[place]!.size === 0) place += 1;
    const task = lines[place]!.first!;
    this.remove(task);
    return task;
  }

  /** Takes out a task that is in this backlog. */
  remove(task: Task): void {`,
        replace: `const task = this.#next ?? this.#first();
    if (task === undefined) return undefined;
    this.remove(task);
    this.#next = this.#first();
    return task;
  }

  #next: Task | undefined = undefined;

  #first(): Task | undefined {
    return this.#lines.find((line) => line.size > 0)?.first;
  }

  /** Takes out a task that is in this backlog. */
  remove(task: Task): void {
    if (task === this.#next) this.#next = undefined;`,
      },
    ],
  ),
  patched(
    {
      name: 'aborted-still-counted',
      rule: 'conservation',
      length: 3,
      origin:
        'The sum is brought up to date once for a whole clear, and the other way out of the backlog is forgotten.',
    },
    [
      {
        file: 'queue.ts',
        find: `const tasks = lanes.flatMap((record) => record.backlog.all());`,
        replace: `const tasks = lanes.flatMap((record) => record.backlog.all());
    this.#queuedTotal -= tasks.length;`,
      },
      {
        file: 'queue.ts',
        find: `lane.backlog.remove(task);
        this.#queuedTotal -= 1;`,
        replace: 'lane.backlog.remove(task);',
      },
    ],
  ),
  patched(
    {
      name: 'slots-counted-before-the-loop',
      rule: 'callback-safe',
      length: 2,
      origin:
        'The loop makes as many starts as there were free slots; a body that throws at once gives one back on the way.',
    },
    [
      {
        file: 'queue.ts',
        find: 'for (let at: number | undefined = now; lane.mayStart; at = undefined) {',
        replace: `let free = lane.concurrency - lane.holds.size;
    for (let at: number | undefined = now; free > 0 && lane.mayStart; at = undefined) {
      free -= 1;`,
      },
    ],
  ),
  patched(
    {
      name: 'unknown-lane-is-every-lane',
      rule: 'isolation',
      length: 2,
      origin:
        'No name and no record are both undefined: what is meant for a lane that is idle, and so forgotten, meets all.',
    },
    [
      {
        file: 'queue.ts',
        find: `if (lane === undefined) return [...this.#lanes.values()];
    const record = this.#lanes.get(laneName(argument, lane));
    return record === undefined ? [] : [record];`,
        replace: `const record = lane === undefined ? undefined : this.#lanes.get(laneName(argument, lane));
    return record === undefined ? [...this.#lanes.values()] : [record];`,
      },
    ],
  ),
  patched(
    {
      name: 'stamp-from-before-the-start',
      rule: 'progress',
      length: 4,
      origin:
        'A source is believed as it is, since it knows best; it may not have moved since before the task had its slot.',
    },
    [
      {
        file: 'progress.ts',
        find: 'hold.lastSignAt = Math.max(hold.lastSignAt, Math.min(value, now));',
        replace: 'hold.lastSignAt = Math.min(value, now);',
      },
    ],
  ),
  patched(
    {
      name: 'second-phantom-in-a-row',
      rule: 'no-permanent-saturation',
      length: 4,
      origin:
        'Lanes in which something moved are left out when alarms are set anew: their own dispatch has seen to it, or so it seems.',
    },
    [
      {
        file: 'queue.ts',
        find: 'this.#judge.rearm(due.lanes);',
        replace: 'this.#judge.rearm(due.lanes.filter((lane) => lane.movedAt !== now));',
      },
    ],
  ),
  patched(
    {
      name: 'oldest-hold-speaks-for-all',
      rule: 'no-permanent-saturation',
      length: 5,
      origin:
        'Holds stand in the order of their starts, so the first must be the first to stall; it is not if it has reported.',
    },
    [
      {
        file: 'judge.ts',
        find: `let at = Infinity;
    for (const hold of lane.holds.all()) at = Math.min(at, hold.outOfTimeAt(this.#options.stallCeilingMs));`,
        replace: `const at = lane.holds.first?.outOfTimeAt(this.#options.stallCeilingMs) ?? Infinity;`,
      },
    ],
  ),
  patched(
    {
      name: 'asks-until-one-is-stalled',
      rule: 'sibling-safe',
      length: 6,
      origin:
        'Sources cost time: once a hold is known to have stalled the others are not asked, and are judged by what was known before.',
    },
    [
      {
        file: 'judge.ts',
        find: `for (const hold of silentHolds(lane, now, this.#options.stallCeilingMs)) {
        readProgressSource(hold, now, this.#onFault);`,
        replace: `for (const hold of silentHolds(lane, now, this.#options.stallCeilingMs)) {
        readProgressSource(hold, now, this.#onFault);
        if (this.#stalledSince(hold) <= now) break;`,
      },
    ],
  ),
  patched(
    {
      name: 'all-that-started-before',
      rule: 'sibling-safe',
      length: 6,
      origin:
        'Whoever started before a stalled hold is taken to be at least as stalled, for holds stand in the order of their starts.',
    },
    [
      {
        file: 'judge.ts',
        find: `const watched = lanes.filter((lane) => this.#isWatched(lane)).flatMap((lane) => lane.holds.all());
    return watched.filter((hold) => this.#stalledSince(hold) <= now && !this.#giveGrace(hold, now, isLate));`,
        replace: `const isLost = (hold: Hold): boolean => this.#stalledSince(hold) <= now && !this.#giveGrace(hold, now, isLate);
    return lanes
      .filter((lane) => this.#isWatched(lane))
      .flatMap((lane) => lane.holds.all().slice(0, lane.holds.all().findLastIndex(isLost) + 1));`,
      },
    ],
  ),
  patched(
    {
      name: 'late-end-told-or-counted',
      rule: 'late-inert',
      length: 3,
      origin:
        'Of a late end, either the caller is told or the count is kept: an else too many where callers may stay with the body.',
    },
    [
      {
        file: 'queue.ts',
        find: `this.#countDetached(hold.lane.name, -1);
    // Nothing comes of it for a caller who has been told already.
    settleCaller(hold.task, outcome, value);`,
        replace: `if (hold.task.options.rejectsWhenTakenBack) this.#countDetached(hold.lane.name, -1);
    else settleCaller(hold.task, outcome, value);`,
      },
    ],
  ),
  patched(
    {
      name: 'detach-tells-nobody',
      rule: 'caller-outcome',
      length: 2,
      origin: 'For callers who stay with the body there seems to be nobody to tell; but there is the body.',
    },
    [
      {
        file: 'queue.ts',
        find: `if (task.options.rejectsWhenTakenBack) task.reject(error);
      hold.abort(error);`,
        replace: `if (!task.options.rejectsWhenTakenBack) continue;
      task.reject(error);
      hold.abort(error);`,
      },
    ],
  ),
  patched(
    {
      name: 'return-where-continue-was',
      rule: 'timeout',
      length: 6,
      origin:
        'A forEach is made a loop, and its return left in: a lane that was off anyway hides all that come after it.',
    },
    [
      {
        file: 'queue.ts',
        find: 'if (lane.isOff === wereOff.has(lane)) continue;',
        replace: 'if (lane.isOff === wereOff.has(lane)) return;',
      },
    ],
  ),
  patched(
    {
      name: 'deaf-to-a-signal-used-again',
      rule: 'abort',
      length: 3,
      origin: 'The last to leave takes the listener off, and leaves the entry that says there is one.',
    },
    [
      {
        file: 'shared-signals.ts',
        find: `this.#groups.delete(signal);
    signal!.removeEventListener('abort', group.listener);`,
        replace: `signal!.removeEventListener('abort', group.listener);`,
      },
    ],
  ),
  patched(
    {
      name: 'close-judges-the-paused',
      rule: 'pause',
      length: 4,
      origin: 'A close stands behind every hold, and so it is written: also behind those of lanes that are off.',
    },
    [
      {
        file: 'queue.ts',
        find: 'this.#closers > 0 && lane.holds.size > 0 && !lane.isOff;',
        replace: 'this.#closers > 0 && lane.holds.size > 0;',
      },
    ],
  ),
  patched(
    {
      name: 'first-deadline-ends-every-watch',
      rule: 'close',
      length: 4,
      origin:
        'A flag in place of a count: the first close that gives up takes the others, who wait on, away from behind the holds.',
    },
    [
      { file: 'queue.ts', find: 'this.#closers += 1;', replace: 'this.#closers = 1;' },
      { file: 'queue.ts', find: 'this.#closers -= 1;', replace: 'this.#closers = 0;' },
    ],
  ),
  patched(
    {
      name: 'taken-back-noted-too-late',
      rule: 'waiters',
      length: 3,
      origin: 'Two statements change places: waiters are woken before the hold says how it left.',
    },
    [
      {
        file: 'queue.ts',
        find: `hold.takenBack = error;
      this.#countDetached(lane, 1);
      this.#leave(hold, now);`,
        replace: `this.#countDetached(lane, 1);
      this.#leave(hold, now);
      hold.takenBack = error;`,
      },
    ],
  ),
  patched(
    {
      name: 'configured-lane-wakes-nobody',
      rule: 'waiters',
      length: 4,
      origin:
        'An early return for lanes that are remembered is put before the words to those who wait for the whole queue.',
    },
    [
      {
        file: 'queue.ts',
        find: `if (this.#allRest()) this.#waiters.rests(this.#restWaits);
    // Rule: \`hygiene\`. The name may belong to a younger record by now, where a listener has used the lane meanwhile.
    const isRemembered = lane.configured || lane.paused;
    if (!isRemembered && this.#lanes.get(lane.name) === lane) this.#lanes.delete(lane.name);`,
        replace: `if (lane.configured || lane.paused) return;
    if (this.#allRest()) this.#waiters.rests(this.#restWaits);
    if (this.#lanes.get(lane.name) === lane) this.#lanes.delete(lane.name);`,
      },
    ],
  ),
  patched(
    {
      name: 'minute-that-starts-afresh',
      rule: 'warnings-bounded',
      length: 3,
      origin:
        'A minute that is counted from its first warning and then begins anew, for one that slides: twice as many fit around the seam.',
    },
    [
      {
        file: 'throttle.ts',
        find: 'while (this.#given[0]! + MINUTE_MS <= now) this.#given.shift();',
        replace: 'if (this.#given[0]! + MINUTE_MS <= now) this.#given.length = 0;',
      },
    ],
  ),
  patched(
    {
      name: 'stamps-bounded-by-the-minute',
      rule: 'warnings-bounded',
      length: 4,
      origin:
        'Memory is bounded by the number of warnings in a minute; a stamp must live for warnEveryMs, which may be longer.',
    },
    [
      {
        file: 'throttle.ts',
        find: 'this.#stamps.set(stamp, now);',
        replace: `this.#stamps.set(stamp, now);
    if (this.#stamps.size > this.#perMinute) this.#stamps.delete(this.#stamps.keys().next().value!);`,
      },
    ],
  ),
  patched(
    {
      name: 'leaving-is-no-move',
      rule: 'never-silent',
      length: 5,
      origin:
        'Whoever leaves makes room for a start, which says itself that something has moved; not in a lane that was made narrower.',
    },
    [
      {
        file: 'queue.ts',
        find: `lane.holds.remove(hold);
    lane.movedAt = now;`,
        replace: 'lane.holds.remove(hold);',
      },
    ],
  ),
  patched(
    {
      name: 'switch-found-as-wanted',
      rule: 'hygiene',
      length: 1,
      origin:
        'Nothing to do is found out a line too early: the record that the question itself has made is left behind.',
    },
    [
      {
        file: 'queue.ts',
        find: `this.#turn(this.#theseLanes('lane', lane), () => {
      if (target.paused === paused) return;`,
        replace: `if (target.paused === paused) return;
    this.#turn(this.#theseLanes('lane', lane), () => {`,
      },
    ],
  ),
  patched(
    {
      name: 'one-grace-in-a-lifetime',
      rule: 'clock',
      length: 4,
      origin: 'Once for each sign of life is read as once for each hold: who has reported since is not asked twice.',
    },
    [
      {
        file: 'judge.ts',
        find: 'if (!isLate || hold.grace?.after === hold.lastSignAt) return false;',
        replace: 'if (!isLate || hold.grace !== undefined) return false;',
      },
    ],
  ),
];
