import type { Contract, Priority, Setup } from '../model/index.ts';
import type { SubjectClock } from './virtual-clock.ts';

/** What the subject gives a body, as far as it gives any of it. */
export interface BodyControls {
  readonly signal?: AbortSignal;
  readonly progress?: () => void;
}

export type OracleBody = (controls: BodyControls) => Promise<unknown>;

export interface EnqueueRequest {
  readonly priority: Priority;
  readonly progressSource: (() => number) | undefined;
  readonly detach: boolean;
}

/** One queue under test. What only a rule needs that the contract does not promise may be left out. */
export interface Subject {
  enqueue(lane: string, body: OracleBody, request: EnqueueRequest): Promise<unknown>;
  /** What is in a lane: tasks that wait, and slots that are taken. */
  counts(lane: string): { readonly queued: number; readonly active: number };
  /** Bodies still out after their slot was taken back; 0 where none is ever. Rule: `conservation`. */
  detached?(): number;
  /** The lanes that the queue keeps a record of. Rule: `hygiene`. */
  lanes?(): readonly string[];
  /** How many reclaims went unreported because of the bounds on warnings. Rule: `warnings-bounded`. */
  reclaimsHeldBack?(): number;
  /** Takes all slots back, of a lane or of all, and says how many. */
  reset?(lane: string | undefined): number;
  configure?(lane: string, concurrency: number): void;
  waitForActive?(request: {
    lane: string | undefined;
    timeoutMs: number | undefined;
    signal: AbortSignal | undefined;
  }): Promise<{ outcome: 'left' | 'timeout' | 'aborted'; takenBack: number; remaining: number }>;
  /** What a caller's rejection says of the slot that was taken back; undefined for any other error. */
  takenBack?(error: unknown): { reason: string; lane: string; heldMs: number; silentMs: number } | undefined;
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
    }
  | { readonly kind: 'reclaimed' | 'fault'; readonly lane: string };

/** What a subject is made in. */
export interface Surroundings {
  readonly clock: SubjectClock;
  readonly setup: Setup;
  readonly warn: (warning: SubjectWarning) => void;
}

/** A queue that can be put to the test: its name, what it promises, and how to make one. */
export interface Adapter {
  readonly name: string;
  readonly contract: Contract;
  make(surroundings: Surroundings): Subject;
}
