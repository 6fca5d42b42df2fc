import { createRequire } from 'node:module';
import { AdapterError } from '../oracle/index.ts';
import { nearest } from './arguments.ts';
import { UNCLEAR, type ExitStatus } from './exit-status.ts';
import { COMMAND_HELP, HELP } from './help.ts';
import type { Io } from './io.ts';
import { reportHelp } from './report-help.ts';
import { UsageError } from './usage-error.ts';

type Run = (args: readonly string[], io: Io) => Promise<ExitStatus>;

/** A command: what its help says, and what it does, which is loaded when it is wanted. */
interface Command {
  readonly help: () => string;
  readonly load: () => Promise<Run>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  verify: { help: () => COMMAND_HELP.verify, load: async () => (await import('./verify.ts')).verify },
  explore: { help: () => COMMAND_HELP.explore, load: async () => (await import('./explore.ts')).explore },
  replay: { help: () => COMMAND_HELP.replay, load: async () => (await import('./replay.ts')).replay },
  report: { help: reportHelp, load: async () => (await import('./report.ts')).report },
  zoo: { help: () => COMMAND_HELP.zoo, load: async () => (await import('./zoo.ts')).zoo },
};

/** The names of the commands. */
export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS);

/** Does what the arguments say. Whatever is wrong with them, or with what they name, is one line on stderr. */
export async function run(args: readonly string[], io: Io): Promise<ExitStatus> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    io.stderr.write(`${complaint(error)}\n`);
    return UNCLEAR;
  }
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<ExitStatus> {
  switch (name) {
    case undefined:
      io.stderr.write(HELP);
      return UNCLEAR;
    case 'help':
      return tell(io, rest[0] === undefined ? HELP : commandOf(rest[0]).help());
    case '-h':
    case '--help':
      return tell(io, HELP);
    case '--version':
      return tell(io, `${version()}\n`);
    default: {
      const command = commandOf(name);
      if (rest.some((arg) => arg === '-h' || arg === '--help')) return tell(io, command.help());
      const runs = await withPeer(command.load);
      return runs(rest, io);
    }
  }
}

function tell(io: Io, text: string): ExitStatus {
  io.stdout.write(text);
  return 0;
}

function commandOf(name: string): Command {
  if (Object.hasOwn(COMMANDS, name)) return COMMANDS[name]!;
  const near = nearest(name, COMMAND_NAMES);
  const instead = near === undefined ? '' : ` did you mean ${near}?`;
  const what = name.startsWith('-')
    ? `${name}: the command comes first`
    : `there is no command ${JSON.stringify(name)}`;
  throw new UsageError(`${what};${instead} the commands are ${COMMAND_NAMES.join(', ')}: \`stallproof --help\`.`);
}

function version(): string {
  return (createRequire(import.meta.url)('stallproof/package.json') as { readonly version: string }).version;
}

/** fast-check is a peer: whoever uses the queue alone does without it. */
async function withPeer<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes("'fast-check'")) throw error;
    throw new UsageError('fast-check is not installed; run `npm install --save-dev fast-check`.');
  }
}

/** A stack helps only where the mistake is ours. */
function complaint(error: unknown): string {
  if (error instanceof UsageError || error instanceof AdapterError) return error.message;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `This is a mistake of stallproof, not of yours; please report it with what follows.\n${stack}`;
}
