export { LaneQueue, type CloseResult } from './queue.ts';
export { systemClock, type Clock } from './clock.ts';
export { ClearedError, ClosedError, TakenBackError, type TakenBackReason } from './errors.ts';
export { formatWarning, type Logger } from './logger.ts';
export type { BlockedBy, Counts, LaneSnapshot, QueueStats } from './snapshot.ts';
export type { HeldBack, Warning, WarningKind } from './warnings.ts';
export type { ChannelMessage, QueueEvent } from './events.ts';
export type {
  CloseOptions,
  EnqueueOptions,
  LaneOptions,
  LaneQueueOptions,
  Priority,
  WaitNotice,
  WaitOptions,
} from './options.ts';
export type { TaskContext } from './context.ts';
export type { Body } from './task.ts';
export type { IdleResult, WaitResult } from './waiters.ts';
