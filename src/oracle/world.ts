import { key, outcome, warningText, type Event, type Heard } from '../model/index.ts';
import type { Adapter, BodyControls, Subject, SubjectWarning } from './adapter.ts';
import { VirtualClock } from './virtual-clock.ts';
import type { Setup } from '../model/index.ts';

/** What was seen in one step, under the names on which the model and the driver agree. */
export type Readings = Map<string, string | number>;

/** Its time is so far off that no run gets there. */
const FAR_FUTURE_MS = 1e12;

/** The harness's side of one task: the body that it controls from outside. */
interface Puppet {
  controls: BodyControls | undefined;
  stamp: number;
  readonly fulfil: (value: string) => void;
  readonly fail: (error: Error) => void;
  /** What its body failed with, once it has. */
  error: Error | undefined;
}

/** One subject, the bodies and callers around it, and notes of what they do. It judges nothing. */
export class World {
  readonly clock: VirtualClock = new VirtualClock();
  readonly #adapter: Adapter;
  readonly #subject: Subject;
  readonly #puppets = new Map<string, Puppet>();
  readonly #waits = new Map<string, AbortController>();
  readonly #nth = new Map<string, number>();
  #readings: Readings = new Map();
  #heard: Heard[] = [];

  constructor(adapter: Adapter, setup: Setup) {
    this.#adapter = adapter;
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
    this.#note(key.error(this.#count('error')), error instanceof Error ? error.name : typeof error);
  }

  /** What was seen since this was last asked, and what the counts say now; at rest also what remains. */
  read(atRest: boolean): { readings: Readings; heard: readonly Heard[] } {
    this.#readCounts();
    if (atRest) this.#readRemains();
    const seen = { readings: this.#readings, heard: this.#heard };
    this.#readings = new Map();
    this.#heard = [];
    this.#nth.clear();
    return seen;
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
      puppet = { controls: undefined, stamp, fulfil, fail, error: undefined };
      this.#puppets.set(task, puppet);
    });
    // Whoever never gets the body's promise (its queue drops it, say) must not be charged with a stray rejection.
    settled.catch(() => {});
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
    controls.signal?.addEventListener('abort', () => this.#note(key.signal(task), outcome.aborted));
  }

  #describe(error: unknown, puppet: Puppet): string {
    if (error !== undefined && error === puppet.error) return outcome.rejected;
    const said = this.#subject.takenBack?.(error);
    if (said === undefined) return 'rejected with the wrong error';
    return outcome.takenBack(said.reason, said.lane, said.heldMs, said.silentMs);
  }

  #wait(event: Event & { type: 'wait' }): void {
    const controller = new AbortController();
    this.#waits.set(event.waiter, controller);
    const { lane, timeoutMs } = event;
    void this.#subject
      .waitForActive!({ lane, timeoutMs, signal: controller.signal })
      .then((result) =>
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
    for (const lane of this.#adapter.contract.lanes) {
      this.#note(key.lane(lane), outcome.lane(this.#subject.active(lane), this.#subject.queued(lane)));
    }
    if (this.#subject.detached !== undefined) this.#note(key.detached, this.#subject.detached());
    const heldBack = this.#subject.reclaimsHeldBack?.() ?? 0;
    if (heldBack > 0) this.#note(key.reclaimsHeldBack, heldBack);
  }

  #readRemains(): void {
    this.#note(key.timers, this.clock.armed);
    if (this.#subject.lanes !== undefined) this.#note(key.lanes, [...this.#subject.lanes()].sort().join(', '));
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

function throwAlways(): never {
  throw new Error('a progress source that throws');
}
