import {
  isAboutAnother,
  key,
  outcome,
  warningText,
  type Call,
  type CallSite,
  type Event,
  type Expectation,
  type Heard,
  type Planted,
  type Setup,
} from '../model/index.ts';
import type { Adapter, BodyControls, Subject, SubjectNotice, SubjectWarning, WaitRequest } from './adapter.ts';
import type { SignalName } from './command.ts';
import { CountedSignal } from './counted-signal.ts';
import { sayingItTwice } from './odd-promise.ts';
import { Readings } from './readings.ts';
import type { DriverClock } from './virtual-clock.ts';

/** Its time is so far off that no run gets there. */
const FAR_FUTURE_MS = 1e12;

/**
 * What a body does with its signal: it listens from the start, looks at it only when it matters, or never asks for it,
 * as most do. A queue may go three ways for the three.
 */
const HABITS = ['listens', 'looks', ...Array.from({ length: 8 }, () => 'ignores' as const)] as const;

/** Of so many bodies, the last returns an odd promise. */
const ODD_EVERY = 5;

/** The harness's side of one task: the body that it controls from outside. */
interface Puppet {
  readonly task: string;
  controls: BodyControls | undefined;
  readonly habit: (typeof HABITS)[number];
  stamp: number;
  readonly fulfil: (value: string) => void;
  readonly fail: (error: Error) => void;
  /** What its body failed with, once it has. */
  error: Error | undefined;
}

/** The reason of every signal that a task was given. */
const SIGNAL_REASON = new Error('the signal of the task has aborted');

/** One subject, the bodies and callers around it, and notes of what they do. It judges nothing. */
export class World {
  readonly clock: DriverClock;
  readonly #lanes: readonly { readonly lane: string; readonly activeKey: string; readonly queuedKey: string }[];
  readonly #setup: Setup;
  /** Some bodies return promises that others have meddled with. */
  readonly #mayBeOdd: boolean;
  readonly #subject: Subject;
  readonly #puppets = new Map<string, Puppet>();
  /** The bodies that only look at their signal when it matters, by the name under which it is noted. */
  readonly #lookers = new Map<string, Puppet>();
  /** The signals that nobody asks for, and what the subject does not tell. */
  readonly #unseen = new Set<string>();
  /** The signals by which waiters may give up. */
  readonly #waits = new Map<string, CountedSignal>();
  /** The signals that tasks share: an aborted one makes room for another of its name. */
  readonly #signals = new Map<SignalName, CountedSignal>();
  readonly #allSignals: CountedSignal[] = [];
  #planted: Planted[] = [];
  /** The greatest number that a body was given. */
  #lastHold = 0;
  /** How many reclaims warnings have said to be held back, all together. */
  #reclaimsToldOf = 0;
  readonly #nth = new Map<string, number>();
  #readings: Readings = new Readings();
  #heard: Heard[] = [];

  constructor(adapter: Adapter, setup: Setup, clock: DriverClock) {
    this.clock = clock;
    const { lanes } = adapter.contract;
    this.#lanes = lanes.map((lane) => ({ lane, activeKey: key.active(lane), queuedKey: key.queued(lane) }));
    this.#setup = setup;
    this.#mayBeOdd = adapter.contract.oddPromises;
    const warn = (warning: SubjectWarning): unknown => this.#hear(warning);
    const listen = (event: CallSite, lane: string): unknown => this.#listen(event, lane);
    this.#subject = adapter.make({ clock, setup, warn, listen });
    if (this.#subject.total === undefined) this.#unseen.add(key.total).add(key.detached);
    if (this.#subject.lanes === undefined) this.#unseen.add(key.lanes);
    if (this.#subject.counts === undefined) {
      for (const { activeKey, queuedKey } of this.#lanes) this.#unseen.add(activeKey).add(queuedKey);
    }
    if (this.#subject.transitions === undefined) this.#unseen.add(key.transitions);
  }

  /** Does what the event says. False where that does nothing to the subject, which then cannot answer. */
  perform(event: Event): boolean {
    try {
      return this.#perform(event);
    } catch (error) {
      this.noteError(error);
      return true;
    }
  }

  noteError(error: unknown): void {
    this.#note(key.error, error instanceof Error ? nameOfError(error) : typeof error);
  }

  /** What was seen since this was last asked, and what the counts say now; at rest also what remains. */
  read(expectations: readonly Expectation[], atRest: boolean): { readings: Readings; heard: readonly Heard[] } {
    const seen = { readings: this.look(expectations, atRest), heard: this.#heard };
    this.#readings = new Readings();
    this.#heard = [];
    if (this.#nth.size > 0) this.#nth.clear();
    return seen;
  }

  /** The same, and nothing is forgotten: more may be seen. */
  look(expectations: readonly Expectation[], atRest: boolean): Readings {
    // What is demanded of a signal is told in words; most demands are counts.
    if (this.#lookers.size > 0)
      for (const { key: name, value } of expectations) if (typeof value === 'string') this.#lookAt(name);
    try {
      this.#readCounts();
      if (atRest) this.#readRemains();
    } catch (error) {
      this.noteError(error);
    }
    return this.#readings;
  }

  /** Nobody looks there. */
  isUnseen(name: string): boolean {
    return this.#unseen.has(name);
  }

  #perform(event: Event): boolean {
    switch (event.type) {
      case 'progress':
        return this.#progress(this.#puppets.get(event.task)!);
      case 'settle':
        this.#settle(this.#puppets.get(event.task)!, event);
        return true;
      case 'give-up':
        this.#waits.get(event.waiter)!.abort(undefined);
        return true;
      case 'plant':
        this.#planted.push(event);
        return false;
      case 'unplant':
        this.#planted = this.#planted.filter((one) => !isAboutAnother(one));
        return false;
      case 'jump':
        this.clock.setWall(event.byMs);
        return false;
      case 'look':
        this.#look();
        return false;
      case 'hang':
      case 'tick':
        return false;
      default:
        this.#makeCall(event);
        return true;
    }
  }

  #makeCall(call: Call): void {
    const value = this.#call(call);
    if (returnsCount(call)) this.#noteTold(key.returned, value);
  }

  /** A stamp is looked at when the subject wants to know. */
  #progress(puppet: Puppet): boolean {
    if (puppet.stamp >= 0) {
      puppet.stamp = this.clock.now();
      return false;
    }
    puppet.controls?.progress?.();
    return true;
  }

  #settle(puppet: Puppet, { task, how }: Event & { type: 'settle' }): void {
    if (how === 'fulfilled') return puppet.fulfil(task);
    puppet.error = new Error(`${task} failed`);
    puppet.fail(puppet.error);
  }

  /** Makes a call of the subject; what it returns, if that is a number. */
  #call(call: Call): number | undefined {
    switch (call.type) {
      case 'enqueue':
        this.#enqueue(call);
        return undefined;
      case 'reset':
      case 'clear':
        return this.#subject[call.type]!(call.lane) ?? undefined;
      case 'pause':
      case 'resume':
        this.#subject[call.type]!(call.lane);
        return undefined;
      case 'abort': {
        const signal = this.#signals.get(call.signal as SignalName);
        this.#signals.delete(call.signal as SignalName);
        signal?.abort(SIGNAL_REASON);
        return undefined;
      }
      case 'configure':
        this.#subject.configure!(call.lane, call.concurrency);
        return undefined;
      case 'wait':
        this.#wait(call);
        return undefined;
      case 'close':
        void this.#subject.close!(call.deadlineMs).then(({ outcome: how, queued, active, detached }) =>
          this.#note(key.closer(call.waiter), outcome.closed(how, queued, active, detached)),
        );
        return undefined;
    }
  }

  /** What says nothing is not held against what it should say. */
  #noteTold(name: string, value: number | undefined): void {
    if (value === undefined) this.#unseen.add(name);
    else this.#note(name, value);
  }

  /** Somebody of the user's is called: if he is to call the queue back, he does. */
  #reach(site: CallSite, lane: string): void {
    if (this.#planted.length === 0) return;
    const place = this.#planted.findIndex((one) => one.site === site && one.lane === lane);
    if (place === -1) return;
    const [{ call }] = this.#planted.splice(place, 1) as [Planted];
    try {
      const value = this.#call(call);
      if (returnsCount(call)) {
        this.#noteTold(key.returnedInside(lane, this.#count(`calls from inside ${lane}`)), value);
      }
    } catch (error) {
      this.noteError(error);
    }
  }

  #enqueue(event: Event & { type: 'enqueue' }): void {
    const { task, lane, priority, source, detach, timeoutMs, noticeAfterMs } = event;
    let puppet: Puppet;
    let isOdd = false;
    const settled = new Promise<string>((fulfil, fail) => {
      const stamp = source === 'stamp' ? this.clock.now() : -1;
      const nth = this.#puppets.size;
      const habit = HABITS[nth % HABITS.length]!;
      isOdd = this.#mayBeOdd && nth % ODD_EVERY === ODD_EVERY - 1;
      const error = event.throws ? new Error(`${task} threw`) : undefined;
      puppet = { task, controls: undefined, habit, stamp, fulfil, fail, error };
      this.#puppets.set(task, puppet);
      if (habit === 'looks') this.#lookers.set(key.signal(task), puppet);
      if (habit === 'ignores') this.#unseen.add(key.signal(task));
    });
    const body = (controls: BodyControls): Promise<string> => {
      this.#noteStart(task, lane, puppet, controls);
      this.#reach('body', lane);
      if (event.throws) throw puppet.error!;
      return isOdd ? sayingItTwice(settled) : settled;
    };
    const progressSource =
      source === undefined
        ? undefined
        : { stamp: () => puppet.stamp, future: () => FAR_FUTURE_MS, throws: throwAlways }[source];
    const signal = event.signal === undefined ? undefined : this.#signal(event.signal as SignalName).signal;
    const notice =
      noticeAfterMs === undefined
        ? undefined
        : { afterMs: noticeAfterMs, callback: (says?: SubjectNotice) => this.#tellNotice(event, says) };
    const request = { priority, progressSource, detach, timeoutMs, signal, notice };
    void this.#subject.enqueue(lane, body, request).then(
      (value) => {
        this.#note(key.caller(task), value === task ? outcome.fulfilled : 'fulfilled with the wrong value');
        this.#reach('caller', lane);
      },
      (error: unknown) => {
        this.#note(key.caller(task), this.#describe(error, puppet));
        this.#reach('caller', lane);
      },
    );
  }

  #noteStart(task: string, lane: string, puppet: Puppet, controls: BodyControls): void {
    if (puppet.controls !== undefined) return this.#note(key.startAgain(task), 'yes');
    puppet.controls = controls;
    this.#note(key.start(lane, this.#count(lane)), task);
    if ('hold' in controls) this.#lastHold = Math.max(this.#lastHold, controls.hold);
    else this.#unseen.add(key.lastHold);
    const { signal } = puppet.habit === 'listens' ? controls : {};
    if (signal === undefined) return;
    const note = (): void => this.#note(key.signal(task), this.#describe(signal.reason, puppet));
    if (signal.aborted) note();
    else signal.addEventListener('abort', note);
  }

  /** Where a body throws at once, so does what its caller has handed in to be told by. */
  #tellNotice({ task, lane, throws }: Call & { type: 'enqueue' }, says: SubjectNotice | undefined): unknown {
    this.#note(key.notice(lane, this.#count(`notice in ${lane}`)), task);
    if (says === undefined) this.#unseen.add(key.noticeSays(task));
    else this.#note(key.noticeSays(task), outcome.notice(says.waitedMs, says.queued, says.active));
    this.#reach('notice', lane);
    if (throws) throw LISTENER_ERROR;
    return this.#listened();
  }

  #listen(event: CallSite, lane: string): unknown {
    this.#reach(event, lane);
    return this.#listened();
  }

  #listened(): unknown {
    switch (this.#setup.listeners) {
      case 'return':
        return undefined;
      case 'throw':
        throw LISTENER_ERROR;
      case 'reject':
        return Promise.reject(LISTENER_ERROR);
    }
  }

  /** A body that did not listen may still look at its signal, for the first time, after its slot was taken back. */
  #lookAt(name: string): void {
    const looker = this.#lookers.get(name);
    const signal = looker?.controls?.signal;
    if (signal?.aborted === true) this.#note(name, this.#describe(signal.reason, looker!));
  }

  #describe(error: unknown, puppet: Puppet): string {
    if (error !== undefined && error === puppet.error) return outcome.rejected;
    if (error === SIGNAL_REASON) return outcome.dropped.aborted;
    const said = this.#subject.ending?.(error);
    switch (said?.kind) {
      case undefined:
        return 'rejected with the wrong error';
      case 'taken-back':
        if (said.hold !== puppet.controls?.hold) return 'taken back with the wrong number';
        return said.lane === undefined
          ? outcome.takenBackFor(said.reason)
          : outcome.takenBack(said.reason, said.lane, said.heldMs ?? NaN, said.silentMs ?? NaN);
      case 'cleared':
        return outcome.dropped.cleared;
      case 'closed':
        return outcome.refused;
      case 'aborted':
        return outcome.dropped.aborted;
    }
  }

  #wait({ waiter, until, lane, timeoutMs, signal: hasSignal, aborted }: Call & { type: 'wait' }): void {
    let signal = aborted ? this.#signal('spent').signal : undefined;
    if (hasSignal) {
      const counted = this.#newSignal();
      this.#waits.set(waiter, counted);
      signal = counted.signal;
    }
    const request: WaitRequest = { lane, timeoutMs, signal };
    const note = (answer: string): void => this.#note(key.waiter(waiter), answer);
    if (until === 'idle') {
      void this.#subject.whenIdle!(request).then((result) => note(result.outcome));
    } else {
      void this.#subject.waitForActive!(request).then((result) =>
        note(outcome.left(result.outcome, result.takenBack, result.remaining)),
      );
    }
  }

  #signal(name: SignalName): CountedSignal {
    let signal = this.#signals.get(name);
    if (signal === undefined) {
      this.#signals.set(name, (signal = this.#newSignal()));
      if (name === 'spent') signal.abort(SIGNAL_REASON);
    }
    return signal;
  }

  #newSignal(): CountedSignal {
    const signal = new CountedSignal();
    this.#allSignals.push(signal);
    return signal;
  }

  #hear(warning: SubjectWarning): unknown {
    const { kind, lane, reclaimsHeldBack } = warning;
    const text =
      warning.kind === 'blocked'
        ? warningText.blocked(
            warning.active,
            warning.concurrency,
            warning.queued,
            warning.oldestActiveAgeMs,
            warning.stalled,
          )
        : (warningText[warning.kind] ?? 'of no known kind');
    this.#note(key.warning(kind, lane, this.#count(`${kind} ${lane}`)), text);
    this.#heard.push({ kind, lane, reclaimsHeldBack });
    if (reclaimsHeldBack !== undefined) {
      this.#reclaimsToldOf += reclaimsHeldBack;
      this.#note(key.reclaimsToldOf, this.#reclaimsToldOf);
    }
    return this.#listened();
  }

  #readCounts(): void {
    if (this.#subject.counts !== undefined) {
      for (const { lane, activeKey, queuedKey } of this.#lanes) {
        const { active, queued } = this.#subject.counts(lane);
        this.#noteTold(activeKey, active);
        this.#noteTold(queuedKey, queued);
      }
    }
    if (this.#subject.total !== undefined) this.#note(key.detached, this.#subject.total().detached);
  }

  /** At what is too dear to look at in each step. */
  #look(): void {
    this.#note(key.keptAlive, this.clock.keepsProcessAlive ? 'yes' : 'no');
    const heldBack = this.#subject.reclaimsHeldBack?.() ?? 0;
    if (heldBack > 0) this.#note(key.reclaimsHeldBack, heldBack);
  }

  #readRemains(): void {
    const total = this.#subject.total?.();
    if (total !== undefined) this.#note(key.total, outcome.total(total.queued, total.active));
    for (const { lane } of this.#lanes) {
      const detached = this.#subject.counts?.(lane).detached;
      if (detached === undefined) this.#unseen.add(key.detachedIn(lane));
      else this.#note(key.detachedIn(lane), detached);
    }
    this.#note(key.lastHold, this.#lastHold);
    const transitions = this.#subject.transitions?.();
    if (transitions !== undefined) this.#note(key.transitions, transitions);
    this.#note(key.timers, this.clock.armed);
    this.#note(
      key.listeners,
      this.#allSignals.reduce((sum, { listeners }) => sum + listeners, 0),
    );
    if (this.#subject.lanes !== undefined) this.#note(key.lanes, this.#subject.lanes().toSorted().join(', '));
  }

  #note(name: string, value: string | number): void {
    this.#readings.set(name, value);
  }

  #count(what: string): number {
    const nth = (this.#nth.get(what) ?? 0) + 1;
    this.#nth.set(what, nth);
    return nth;
  }
}

const SOURCE_ERROR = new Error('a progress source that throws');
const LISTENER_ERROR = new Error('a listener that throws');

/** Its class, and how its message begins: enough to know it again. */
function nameOfError({ name, message }: Error): string {
  const [line] = message.split('\n', 1);
  return line ? `${name}: ${line.slice(0, 120)}` : name;
}

function returnsCount({ type }: Call): boolean {
  return type === 'reset' || type === 'clear';
}

function throwAlways(): never {
  throw SOURCE_ERROR;
}
