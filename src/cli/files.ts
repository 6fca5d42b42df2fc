import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf, UsageError } from './usage-error.ts';

/** @throws UsageError if it cannot be read; `what` says what it is to be. */
export function readText(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: cannot be read: ${reasonOf(error)}; pass the path of ${what}.`);
  }
}

/**
 * Writes a file, and makes the folder that it is in.
 *
 * @throws UsageError if it cannot be written; `option` is the one by which another place is named.
 */
export function writeText(file: string, text: string, option: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`${file}: cannot be written: ${reasonOf(error)}; name another place by ${option}.`);
  }
}
