import { key, outcome, warningText, type Event, type Expectation, type Heard, type Setup } from '../model/index.ts';
import type { Adapter, BodyControls, Subject, SubjectWarning } from './adapter.ts';
import { VirtualClock } from './virtual-clock.ts';

/** What was seen in one step, under the names on which the model and the driver agree. */
export type Readings = Map<string, string | number>;

/** Its time is so far off that no run gets there. */
const FAR_FUTURE_MS = 1e12;

/**
 * What a body does with its signal: it listens from the start, looks at it only when it matters, or never asks for it,
 * as most do. A queue may go three ways for the three.
 */
const HABITS = ['listens', 'looks', 'ignores', 'ignores', 'ignores'] as const;

/** The harness's side of one task: the body that it controls from outside. */
interface Puppet {
  controls: BodyControls | undefined;
  readonly habit: (typeof HABITS)[number];
  stamp: number;
  readonly fulfil: (value: string) => void;
  readonly fail: (error: Error) => void;
  /** What its body failed with, once it has. */
  error: Error | undefined;
}

/** One subject, the bodies and callers around it, and notes of what they do. It judges nothing. */
export class World {
  readonly clock: VirtualClock = new VirtualClock();
  readonly #lanes: readonly { readonly lane: string; readonly activeKey: string; readonly queuedKey: string }[];
  readonly #subject: Subject;
  readonly #puppets = new Map<string, Puppet>();
  /** The bodies that do not listen, by the name under which their signal is noted. */
  readonly #silent = new Map<string, Puppet>();
  readonly #waits = new Map<string, AbortController>();
  readonly #nth = new Map<string, number>();
  #readings: Readings = new Map();
  #heard: Heard[] = [];

  constructor(adapter: Adapter, setup: Setup) {
    const { lanes } = adapter.contract;
    this.#lanes = lanes.map((lane) => ({ lane, activeKey: key.active(lane), queuedKey: key.queued(lane) }));
    const warn = (warning: SubjectWarning): void => this.#hear(warning);
    this.#subject = adapter.make({ clock: this.clock, setup, warn });
  }

  /** Does to the subject what the event says. */
  perform(event: Event): void {
    try {
      this.#perform(event);
    } catch (error) {
      this.noteError(error);
    }
  }

  noteError(error: unknown): void {
    this.#note(key.error, error instanceof Error ? error.name : typeof error);
  }

  /** What was seen since this was last asked, and what the counts say now; at rest also what remains. */
  read(expectations: readonly Expectation[], atRest: boolean): { readings: Readings; heard: readonly Heard[] } {
    for (const { key: name } of expectations) if (name.startsWith('signal')) this.#readSilentSignal(name);
    this.#readCounts();
    if (atRest) this.#readRemains();
    const seen = { readings: this.#readings, heard: this.#heard };
    this.#readings = new Map();
    this.#heard = [];
    if (this.#nth.size > 0) this.#nth.clear();
    return seen;
  }

  /** Nobody looks there: the signal of a body that does not ask for it. */
  isUnseen(name: string): boolean {
    return this.#silent.get(name)?.habit === 'ignores';
  }

  #perform(event: Event): void {
    switch (event.type) {
      case 'enqueue':
        return this.#enqueue(event);
      case 'progress': {
        const puppet = this.#puppets.get(event.task)!;
        if (puppet.stamp >= 0) puppet.stamp = this.clock.now();
        else puppet.controls?.progress?.();
        return;
      }
      case 'settle': {
        const puppet = this.#puppets.get(event.task)!;
        if (event.how === 'fulfilled') return puppet.fulfil(event.task);
        puppet.error = new Error(`${event.task} failed`);
        return puppet.fail(puppet.error);
      }
      case 'reset':
        return this.#note(key.returned, this.#subject.reset!(event.lane));
      case 'configure':
        return this.#subject.configure!(event.lane, event.concurrency);
      case 'wait':
        return this.#wait(event);
      case 'give-up':
        return this.#waits.get(event.waiter)!.abort();
      case 'hang':
      case 'tick':
        return;
    }
  }

  #enqueue(event: Event & { type: 'enqueue' }): void {
    const { task, lane, priority, source, detach } = event;
    let puppet: Puppet;
    const settled = new Promise<string>((fulfil, fail) => {
      const stamp = source === 'stamp' ? this.clock.now() : -1;
      const habit = HABITS[this.#puppets.size % HABITS.length]!;
      puppet = { controls: undefined, habit, stamp, fulfil, fail, error: undefined };
      this.#puppets.set(task, puppet);
      if (habit !== 'listens') this.#silent.set(key.signal(task), puppet);
    });
    const body = (controls: BodyControls): Promise<string> => {
      this.#noteStart(task, lane, puppet, controls);
      return settled;
    };
    const progressSource =
      source === undefined
        ? undefined
        : { stamp: () => puppet.stamp, future: () => FAR_FUTURE_MS, throws: throwAlways }[source];
    void this.#subject.enqueue(lane, body, { priority, progressSource, detach }).then(
      (value) => this.#note(key.caller(task), value === task ? outcome.fulfilled : 'fulfilled with the wrong value'),
      (error: unknown) => this.#note(key.caller(task), this.#describe(error, puppet)),
    );
  }

  #noteStart(task: string, lane: string, puppet: Puppet, controls: BodyControls): void {
    if (puppet.controls !== undefined) return this.#note(key.startAgain(task), 'yes');
    puppet.controls = controls;
    this.#note(key.start(lane, this.#count(lane)), task);
    if (puppet.habit === 'listens') {
      controls.signal?.addEventListener('abort', () => this.#note(key.signal(task), outcome.aborted));
    }
  }

  /** A body that did not listen may still look at its signal, for the first time, after its slot was taken back. */
  #readSilentSignal(name: string): void {
    const puppet = this.#silent.get(name);
    if (puppet?.habit === 'looks' && puppet.controls?.signal?.aborted === true) this.#note(name, outcome.aborted);
  }

  #describe(error: unknown, puppet: Puppet): string {
    if (error !== undefined && error === puppet.error) return outcome.rejected;
    const said = this.#subject.takenBack?.(error);
    if (said === undefined) return 'rejected with the wrong error';
    return outcome.takenBack(said.reason, said.lane, said.heldMs, said.silentMs);
  }

  #wait(event: Event & { type: 'wait' }): void {
    const { lane, timeoutMs } = event;
    const controller = event.signal ? new AbortController() : undefined;
    if (controller !== undefined) this.#waits.set(event.waiter, controller);
    void this.#subject.waitForActive!({ lane, timeoutMs, signal: controller?.signal }).then((result) =>
      this.#note(key.waiter(event.waiter), outcome.waiter(result.outcome, result.takenBack, result.remaining)),
    );
  }

  #hear(warning: SubjectWarning): void {
    const { kind, lane } = warning;
    const text =
      warning.kind === 'blocked'
        ? warningText.blocked(
            warning.active,
            warning.concurrency,
            warning.queued,
            warning.oldestActiveAgeMs,
            warning.stalled,
          )
        : warningText[warning.kind];
    this.#note(key.warning(kind, lane, this.#count(`${kind} ${lane}`)), text);
    this.#heard.push({ kind, lane });
  }

  #readCounts(): void {
    for (const { lane, activeKey, queuedKey } of this.#lanes) {
      const { active, queued } = this.#subject.counts(lane);
      this.#note(activeKey, active);
      this.#note(queuedKey, queued);
    }
    if (this.#subject.detached !== undefined) this.#note(key.detached, this.#subject.detached());
  }

  #readRemains(): void {
    const heldBack = this.#subject.reclaimsHeldBack?.() ?? 0;
    if (heldBack > 0) this.#note(key.reclaimsHeldBack, heldBack);
    this.#note(key.timers, this.clock.armed);
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

function throwAlways(): never {
  throw SOURCE_ERROR;
}
