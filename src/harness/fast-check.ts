export { queueCommands, queueSetups, type QueueCommand } from '../search/commands.ts';
export { Session, withSession } from './session.ts';
export type { Adapter, Command, QueueModel, Setup, Subject } from '../oracle/index.ts';
