export { LaneQueue, type LaneSnapshot, type QueueStats } from './queue.ts';
export { systemClock, type Clock } from './clock.ts';
export { TakenBackError, type TakenBackReason } from './errors.ts';
export { formatWarning, type HeldBack, type Warning, type WarningKind } from './warnings.ts';
export type { QueueEvent } from './events.ts';
export type { EnqueueOptions, LaneOptions, LaneQueueOptions, Priority, WaitOptions } from './options.ts';
export type { TaskContext } from './context.ts';
export type { Body } from './task.ts';
export type { WaitResult } from './waiters.ts';
