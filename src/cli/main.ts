#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { expectShortLives } from './short-lived.ts';
import { USAGE, UsageError } from './usage.ts';

// Whoever reads only the beginning of what is printed (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

expectShortLives();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [command, file] = positionals;
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { subject, zoo } = values;
  switch (command) {
    case 'verify': {
      const { verify } = await withPeer(() => import('./verify.ts'));
      return verify({ ...values, subject: subject ?? 'reference', zoo });
    }
    case 'replay': {
      const { replayFile } = await withPeer(() => import('./replay.ts'));
      return replayFile({ file, subject, zoo });
    }
    default:
      throw new UsageError(`received ${JSON.stringify(command ?? '')}; pass a command.`);
  }
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

interface Parsed {
  readonly values: {
    readonly subject?: string | undefined;
    readonly zoo?: string | undefined;
    readonly seed: string;
    readonly commands: string;
    readonly patience: string;
    readonly json: boolean;
    readonly help: boolean;
  };
  readonly positionals: readonly string[];
}

function parse(args: string[]): Parsed {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        subject: { type: 'string' },
        // A module that names known-bad queues: for the project's own scripts.
        zoo: { type: 'string' },
        seed: { type: 'string', default: '1' },
        commands: { type: 'string', default: '50000' },
        patience: { type: 'string', default: '3000' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return { values: { ...values, subject: values.subject, zoo: values.zoo }, positionals };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
