import { LaneQueue, TakenBackError, type LaneQueueOptions, type Warning } from '../core/index.ts';
import { RULE_NAMES, PRIORITIES, SOURCES, type Adapter, type Contract, type SubjectWarning } from '../oracle/index.ts';

/** What the reference queue promises: everything. */
export const referenceContract: Contract = {
  promises: RULE_NAMES,
  lanes: ['main', 'side'],
  priorities: ['normal', ...PRIORITIES.filter((priority) => priority !== 'normal')],
  liveConcurrency: [1, 2, 3, 0],
  sources: SOURCES,
  detach: true,
  setups: {
    concurrency: [1, 2, 3],
    stallCeilingMs: [600_000, 70_000, 40_000, 20_000, 10_000, 5_000],
    blockedAfterMs: [30_000, 0, 5_000],
    warnEveryMs: [30_000, 100_000],
    maxWarningsPerMinute: [60, 3, 1],
  },
};

/** The part of the queue's module that the adapter needs: a defective copy of it can be put in its place. */
export interface QueueModule {
  readonly LaneQueue: new (options: LaneQueueOptions) => LaneQueue;
  readonly TakenBackError: typeof TakenBackError;
}

/** The reference queue, or a copy of it, as a subject. */
export function referenceAdapter(name = 'reference', module: QueueModule = { LaneQueue, TakenBackError }): Adapter {
  return {
    name,
    contract: referenceContract,
    make({ clock, setup, warn }) {
      const queue = new module.LaneQueue({ ...setup, clock, onWarning: (warning) => warn(plain(warning)) });
      return {
        enqueue: (lane, body, { priority, progressSource, detach }) =>
          queue.enqueue(lane, body, { priority, progressSource, onTakenBack: detach ? 'detach' : 'reject' }),
        counts: (lane) => queue.snapshot(lane),
        detached: () => queue.stats().detached,
        lanes: () => queue.lanes(),
        reclaimsHeldBack: () => queue.stats().warningsHeldBack.reclaimed ?? 0,
        reset: (lane) => queue.reset(lane),
        configure: (lane, concurrency) => queue.configureLane(lane, { concurrency }),
        waitForActive: (request) => queue.waitForActive(request),
        takenBack: (error) => (error instanceof module.TakenBackError ? error : undefined),
      };
    },
  };
}

function plain(warning: Warning): SubjectWarning {
  return warning.kind === 'blocked' ? warning : { kind: warning.kind, lane: warning.lane };
}

const reference: Adapter = referenceAdapter();
export default reference;
