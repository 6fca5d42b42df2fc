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
export { GlobalClock } from './global-clock.ts';
export type { SubjectClock } from './virtual-clock.ts';
export type { Command, CommandKind, Program } from './command.ts';
export { alphabet, type Alphabet } from './alphabet.ts';
export { drive, type DriveOptions, type Observed, type Run } from './drive.ts';
export { resolve, type Resolved } from './resolve.ts';
export type { Divergence } from './compare.ts';
export * from '../model/index.ts';
