import { createRequire } from 'node:module';
import type * as FakeTimers from '@sinonjs/fake-timers';
import type { Clock } from '@sinonjs/fake-timers';
import { WALL_START_MS, type DriverClock } from './virtual-clock.ts';

/** What is virtual. Turns of the event loop and microtasks stay what they are: the harness waits by them. */
const FAKED = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance', 'hrtime'] as const;

/**
 * Virtual time for queues that read the globals: `Date`, `performance.now()`, `setTimeout` and their kin. Only one can be
 * installed at a time, in the whole process; while it is, nobody else's timers fire. What keeps a reference to a global
 * from before keeps the real one: load the queue after this is installed.
 */
export class GlobalClock implements DriverClock {
  static #current: GlobalClock | undefined;

  /** The one that is installed, if any. */
  static get current(): GlobalClock | undefined {
    return GlobalClock.#current;
  }

  /** Whether the library that it needs is installed. */
  static get isAvailable(): boolean {
    try {
      createRequire(import.meta.url).resolve('@sinonjs/fake-timers');
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Puts virtual time in the place of the real one.
   *
   * @throws Error if @sinonjs/fake-timers is not installed, or virtual time is already.
   */
  static install(): GlobalClock {
    if (GlobalClock.#current !== undefined) throw new Error('Virtual time is installed already: uninstall it first.');
    GlobalClock.#current = new GlobalClock(loadLibrary().install({ now: WALL_START_MS, toFake: [...FAKED] }));
    return GlobalClock.#current;
  }

  readonly #clock: Clock;
  /** How far the wall clock has been set away from where it would be. */
  #wallOffsetMs = 0;
  /** Where time is to be, once the timers that are due by then have fired. */
  #target = 0;

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Gives the real time back. */
  uninstall(): void {
    this.#clock.uninstall();
    GlobalClock.#current = undefined;
  }

  /** Time begins anew, and no timer is armed. */
  reset(): void {
    this.#clock.reset();
    this.#wallOffsetMs = 0;
    this.#target = 0;
  }

  now(): number {
    return this.#clock.now - this.#wallOffsetMs - WALL_START_MS;
  }

  setWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
    this.#clock.setSystemTime(this.#clock.now + byMs);
  }

  setTimer(callback: () => void, delayMs: number): unknown {
    return this.#clock.setTimeout(callback, delayMs);
  }

  clearTimer(handle: unknown): void {
    this.#clock.clearTimeout(handle as Parameters<Clock['clearTimeout']>[0]);
  }

  get armed(): number {
    return this.#clock.countTimers();
  }

  /** Which of them were told not to is not looked at. */
  get keepsProcessAlive(): boolean {
    return this.armed > 0;
  }

  get nextAt(): number {
    let first = Infinity;
    for (const { callAt = Infinity } of this.#clock.timers?.values() ?? []) first = Math.min(first, callAt);
    return first - this.#wallOffsetMs - WALL_START_MS;
  }

  moveTo(at: number): void {
    this.#target = at;
    this.#catchUp();
  }

  fireOne(): boolean {
    if (this.nextAt <= this.#target) {
      this.#clock.next();
      return true;
    }
    this.#catchUp();
    return false;
  }

  /** The library fires all that is due on the way: it is moved on only when nothing is. */
  #catchUp(): void {
    if (this.nextAt > this.#target && this.#target > this.now()) this.#clock.tick(this.#target - this.now());
  }
}

/** Only who needs it must have it. */
function loadLibrary(): typeof FakeTimers {
  const require = createRequire(import.meta.url);
  try {
    return require('@sinonjs/fake-timers') as typeof FakeTimers;
  } catch (cause) {
    const how = 'run `npm install --save-dev @sinonjs/fake-timers`, or give the adapter a queue that takes a clock.';
    throw new Error(`The queue reads the global clock, and @sinonjs/fake-timers is not installed: ${how}`, { cause });
  }
}
