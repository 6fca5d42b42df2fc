#!/usr/bin/env node
import { realTime } from '../oracle/index.ts';
import type { Io } from './io.ts';
import { run } from './run.ts';
import { expectShortLives } from './short-lived.ts';

// Whoever reads only the beginning of what is printed (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  now: realTime.now,
  onInterrupt(listener) {
    // Once: with the second Ctrl-C nobody listens, and it ends the process as it does anyway.
    process.once('SIGINT', listener);
    return () => process.off('SIGINT', listener);
  },
};

expectShortLives();
process.exitCode = await run(process.argv.slice(2), io);
