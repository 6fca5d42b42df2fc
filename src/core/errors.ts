/** Why a hold was taken back: it stalled in the way of others, it ran out of its own time, or somebody reset its lane. */
export type TakenBackReason = 'stalled' | 'timeout' | 'reset';

/**
 * The slot of a task was taken back before its body settled. The caller's promise rejects with it, and it is the reason
 * of the body's aborted signal. The body itself may still be running: nothing can stop it from outside. Rule: `caller-outcome`.
 */
export class TakenBackError extends Error {
  override readonly name = 'TakenBackError';
  /** The lane that took its slot back. */
  readonly lane: string;
  /** The number of the hold: the same that the body was given. */
  readonly hold: number;
  readonly reason: TakenBackReason;
  /** How long the slot had been held, in milliseconds. */
  readonly heldMs: number;
  /** How long ago the last sign of life was, in milliseconds. */
  readonly silentMs: number;

  constructor(lane: string, hold: number, reason: TakenBackReason, heldMs: number, silentMs: number) {
    super(
      `Slot in lane ${JSON.stringify(lane)} taken back (${reason}): hold ${hold} was held for ${heldMs} ms, ` +
        `its last sign of life is ${silentMs} ms old. Its body may still run: let it obey context.signal, ` +
        `and refuse its writes by the hold number.`,
    );
    this.lane = lane;
    this.hold = hold;
    this.reason = reason;
    this.heldMs = heldMs;
    this.silentMs = silentMs;
  }
}

/** The task was still in the backlog when somebody cleared it: its body never ran. Rule: `clear`. */
export class ClearedError extends Error {
  override readonly name = 'ClearedError';
  readonly lane: string;

  constructor(lane: string) {
    super(
      `Backlog of lane ${JSON.stringify(lane)} cleared: the task never ran. Enqueue it again if it is still wanted.`,
    );
    this.lane = lane;
  }
}

/** The queue was closed before the task was enqueued: its body never ran. Rule: `close`. */
export class ClosedError extends Error {
  override readonly name = 'ClosedError';
  readonly lane: string;

  constructor(lane: string) {
    super(
      `Queue closed: a task for lane ${JSON.stringify(lane)} is refused. Enqueue before close(), or into a new queue.`,
    );
    this.lane = lane;
  }
}
