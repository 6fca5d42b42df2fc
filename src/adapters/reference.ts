import {
  ClearedError,
  ClosedError,
  LaneQueue,
  TakenBackError,
  type LaneQueueOptions,
  type QueueEvent,
  type Warning,
} from '../core/index.ts';
import {
  CALL_SITES,
  PRIORITIES,
  RULE_NAMES,
  SOURCES,
  type Adapter,
  type CallSite,
  type Contract,
  type Ending,
  type SubjectWarning,
} from '../oracle/index.ts';

/** What the reference queue promises: everything. */
export const referenceContract: Contract = {
  promises: RULE_NAMES,
  lanes: ['main', 'side'],
  priorities: ['normal', ...PRIORITIES.filter((priority) => priority !== 'normal')],
  liveConcurrency: [1, 2, 3, 0],
  sources: SOURCES,
  detach: true,
  timeoutsMs: [15_000, 4_000, 800_000],
  noticeAfterMs: 8_000,
  scope: 'lane',
  clearedCaller: 'told',
  abortWhileActive: 'keeps-slot',
  raisedConcurrency: 'starts-at-once',
  pausedTimeouts: 'wait',
  takenBackCaller: 'told-ages',
  waits: ['left', 'idle'],
  waitsEnd: true,
  callsInside: 'any',
  turns: 1,
  callSites: CALL_SITES,
  setups: {
    concurrency: [1, 2, 3],
    stallCeilingMs: [600_000, 70_000, 40_000, 20_000, 10_000, 5_000],
    blockedAfterMs: [30_000, 0, 5_000],
    warnEveryMs: [30_000, 100_000],
    maxWarningsPerMinute: [60, 3, 1],
    lateMs: [1_000],
    graceMs: [5_000],
    // Seldom: to throw is slow.
    listeners: ['return', 'return', 'return', 'return', 'return', 'return', 'throw', 'reject'],
  },
};

/** The part of the queue's module that the adapter needs: a defective copy of it can be put in its place. */
export interface QueueModule {
  readonly LaneQueue: new (options: LaneQueueOptions) => LaneQueue;
  readonly TakenBackError: typeof TakenBackError;
  readonly ClearedError: typeof ClearedError;
  readonly ClosedError: typeof ClosedError;
}

const REFERENCE: QueueModule = { LaneQueue, TakenBackError, ClearedError, ClosedError };

/** The reference queue, or a copy of it, as a subject. */
export function referenceAdapter(name = 'reference', module: QueueModule = REFERENCE): Adapter {
  return {
    name,
    contract: referenceContract,
    make({ clock, setup, warn, listen }) {
      let transitions = 0;
      const onWarning = (warning: Warning): unknown => warn(plain(warning));
      const onEvent = (event: QueueEvent): unknown => {
        if (event.type !== 'fault') transitions += 1;
        return event.lane !== undefined && isCallSite(event.type) ? listen(event.type, event.lane) : undefined;
      };
      const queue = new module.LaneQueue({ ...setup, clock, onWarning, onEvent });
      return {
        enqueue: (lane, body, { priority, progressSource, detach, timeoutMs, signal, notice }) =>
          queue.enqueue(lane, body, {
            priority,
            progressSource,
            timeoutMs,
            signal,
            onTakenBack: detach ? 'detach' : 'reject',
            onWait: notice?.callback,
            onWaitAfterMs: notice?.afterMs,
          }),
        counts: (lane) => queue.counts(lane),
        total: () => queue.counts(),
        lanes: () => queue.lanes(),
        transitions: () => transitions,
        reclaimsHeldBack: () => queue.stats().warningsHeldBack.reclaimed ?? 0,
        reset: (lane) => queue.reset(lane),
        clear: (lane) => queue.clear(lane),
        pause: (lane) => queue.pause(lane),
        resume: (lane) => queue.resume(lane),
        configure: (lane, concurrency) => queue.configureLane(lane, { concurrency }),
        waitForActive: (request) => queue.waitForActive(request),
        whenIdle: (request) => queue.whenIdle(request),
        close: (deadlineMs) => queue.close({ deadlineMs }),
        ending: (error) => endingOf(module, error),
      };
    },
  };
}

function endingOf(module: QueueModule, error: unknown): Ending | undefined {
  if (error instanceof module.TakenBackError) {
    const { reason, lane, hold, heldMs, silentMs } = error;
    return { kind: 'taken-back', reason, lane, hold, heldMs, silentMs };
  }
  if (error instanceof module.ClearedError) return { kind: 'cleared' };
  return error instanceof module.ClosedError ? { kind: 'closed' } : undefined;
}

function isCallSite(type: string): type is CallSite {
  return (CALL_SITES as readonly string[]).includes(type);
}

function plain(warning: Warning): SubjectWarning {
  const { kind, lane, heldBack } = warning;
  const reclaimsHeldBack = heldBack?.reclaimed ?? 0;
  return kind === 'blocked' ? { ...warning, reclaimsHeldBack } : { kind, lane, reclaimsHeldBack };
}

const reference: Adapter = referenceAdapter();
export default reference;
