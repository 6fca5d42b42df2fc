import fc from 'fast-check';
import { alphabet, type Adapter, type Command, type QueueModel, type Setup } from '../oracle/index.ts';

/** Whoever carries out one command and fails if the queue then does not do as it must. */
interface Does {
  do(command: Command): Promise<unknown>;
}

/** A command for `fc.asyncModelRun`. It shows as the JSON that it is. */
export class QueueCommand implements fc.AsyncCommand<QueueModel, Does> {
  /** What it does. */
  readonly command: Command;

  constructor(command: Command) {
    this.command = command;
  }

  check(model: Readonly<QueueModel>): boolean {
    return model.means(this.command);
  }

  async run(_model: QueueModel, session: Does): Promise<void> {
    await session.do(this.command);
  }

  toString(): string {
    return JSON.stringify(this.command);
  }
}

/** For `fc.commands`: an arbitrary for each kind of command that the contract of a queue offers. */
export function queueCommands({ contract }: Adapter): fc.Arbitrary<QueueCommand>[] {
  const kinds = Object.values(alphabet(contract)).filter((variants) => variants.length > 0);
  return kinds.map((variants) => fc.constantFrom(...variants).map((command) => new QueueCommand(command)));
}

/** The setups that a contract names, for whoever makes a session of one. */
export function queueSetups({ contract }: Adapter): fc.Arbitrary<Setup> {
  const { setups } = contract;
  return fc.record({
    concurrency: fc.constantFrom(...setups.concurrency),
    stallCeilingMs: fc.constantFrom(...setups.stallCeilingMs),
    blockedAfterMs: fc.constantFrom(...setups.blockedAfterMs),
    warnEveryMs: fc.constantFrom(...setups.warnEveryMs),
    maxWarningsPerMinute: fc.constantFrom(...setups.maxWarningsPerMinute),
    lateMs: fc.constantFrom(...setups.lateMs),
    graceMs: fc.constantFrom(...setups.graceMs),
    listeners: fc.constantFrom(...setups.listeners),
  });
}
