import type { CallSite, Contract, Priority, Setup } from '../model/index.ts';
import type { Program } from './command.ts';
import type { SubjectClock } from './virtual-clock.ts';

/** What the subject gives a body, as far as it gives any of it. */
export interface BodyControls {
  readonly signal?: AbortSignal;
  readonly progress?: () => void;
  /** A number that is one more than that of the start before, whatever the lane. */
  readonly hold?: number;
}

/** It may throw before it returns. */
export type OracleBody = (controls: BodyControls) => Promise<unknown>;

export interface EnqueueRequest {
  readonly priority: Priority;
  readonly progressSource: (() => number) | undefined;
  readonly detach: boolean;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once the task has waited for so long in the backlog. */
  readonly notice?: { readonly afterMs: number; readonly callback: (says?: SubjectNotice) => unknown } | undefined;
}

/** What a caller is told who still waits. */
export interface SubjectNotice {
  readonly waitedMs: number;
  readonly queued: number;
  readonly active: number;
}

export interface WaitRequest {
  readonly lane: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What a caller's rejection says of how the queue ended his task. */
export type Ending =
  | {
      readonly kind: 'taken-back';
      /** `stalled`, `timeout` or `reset`. */
      readonly reason: string;
      /** From which lane, and after how long; for a contract with `takenBackCaller: 'told-reason'` these are left out. */
      readonly lane?: string;
      /** The number that the body was given; undefined where bodies are given none. */
      readonly hold?: number;
      readonly heldMs?: number;
      readonly silentMs?: number;
    }
  | { readonly kind: 'cleared' | 'closed' };

/** One queue under test. What only a rule needs that the contract does not promise may be left out. */
export interface Subject {
  enqueue(lane: string, body: OracleBody, request: EnqueueRequest): Promise<unknown>;
  /** What is in a lane: tasks that wait, slots that are taken, and, if it can say that of a lane, bodies that are detached. */
  counts?(lane: string): { readonly queued: number; readonly active: number; readonly detached?: number };
  /** What is in all lanes, and bodies still out after their slot was taken back: 0 where none is ever. Rule: `conservation`. */
  total?(): { readonly queued: number; readonly active: number; readonly detached: number };
  /** The lanes that the queue keeps a record of. Rule: `hygiene`. */
  lanes?(): readonly string[];
  /** How many transitions its listeners were told of, ever. Rule: `observable`. */
  transitions?(): number;
  /** How many reclaims went unreported because of the bounds on warnings. Rule: `warnings-bounded`. */
  reclaimsHeldBack?(): number;
  /** Takes all slots back, of a lane or of all, and says how many, if it does. */
  reset?(lane: string | undefined): number | void;
  /** Drops the backlog of a lane or of all, and says how many tasks that were, if it does. */
  clear?(lane: string | undefined): number | void;
  pause?(lane: string | undefined): void;
  resume?(lane: string | undefined): void;
  configure?(lane: string, concurrency: number): void;
  waitForActive?(
    request: WaitRequest,
  ): Promise<{ outcome: 'left' | 'timeout' | 'aborted'; takenBack: number; remaining: number }>;
  whenIdle?(request: WaitRequest): Promise<{ outcome: 'idle' | 'timeout' | 'aborted' }>;
  close?(
    deadlineMs: number | undefined,
  ): Promise<{ outcome: 'drained' | 'deadline'; queued: number; active: number; detached: number }>;
  /** What the queue says by a rejection; undefined for any other error. */
  ending?(error: unknown): Ending | undefined;
}

/** A warning as a person would get it. */
export type SubjectWarning =
  | {
      readonly kind: 'blocked';
      readonly lane: string;
      readonly active: number;
      readonly concurrency: number;
      readonly queued: number;
      readonly oldestActiveAgeMs: number;
      readonly stalled: number;
      readonly reclaimsHeldBack?: number;
    }
  | {
      readonly kind: 'reclaimed' | 'fault';
      readonly lane: string;
      /** How many reclaims went unreported since the warning before. */
      readonly reclaimsHeldBack?: number;
    };

/** What a subject is made in. */
export interface Surroundings {
  readonly clock: SubjectClock;
  readonly setup: Setup;
  /** Gets the warnings. It may throw, or return a promise that rejects. */
  readonly warn: (warning: SubjectWarning) => unknown;
  /** Gets the events that the contract names among its call sites. It may do so too, and may call the queue. */
  readonly listen: (event: CallSite, lane: string) => unknown;
}

/** A queue that can be put to the test: its name, what it promises, and how to make one. */
export interface Adapter {
  readonly name: string;
  readonly contract: Contract;
  /**
   * Where the queue has its time from: the clock that it is given, or the globals (`Date`, `setTimeout` and their kin), which
   * are virtual while it is driven. Default `port`.
   */
  readonly time?: 'port' | 'globals';
  make(surroundings: Surroundings): Subject;
  /**
   * Told before each command of each run, and before its epilogue, how far it has come: for whoever watches from outside a
   * queue that may never come back.
   */
  readonly onCommand?: (program: Program, place: number) => void;
}
