export type {
  Adapter,
  BodyControls,
  Ending,
  EnqueueRequest,
  WaitRequest,
  OracleBody,
  Subject,
  SubjectNotice,
  SubjectWarning,
  Surroundings,
} from './adapter.ts';
export { AdapterError } from './adapter-error.ts';
export { checkAdapter } from './check-adapter.ts';
export { openQueue, withQueue, type Queue } from './load.ts';
export { GlobalClock } from './global-clock.ts';
export { realTime } from './real-time.ts';
export type { SubjectClock } from './virtual-clock.ts';
export {
  SIGNALS,
  type CallCommand,
  type Command,
  type CommandKind,
  type Program,
  type SignalName,
  type Which,
} from './command.ts';
export { alphabet, type Alphabet } from './alphabet.ts';
export { drive, type DriveOptions, type Observed, type Run } from './drive.ts';
export { queueModel, type QueueModel } from './queue-model.ts';
export { freshNames, type Fresh } from './names.ts';
export { resolve, type Resolved } from './resolve.ts';
export { THE_QUEUE, type Divergence } from './compare.ts';
export * from '../model/index.ts';
