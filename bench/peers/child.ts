import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Runs a file beside this one in a process of its own, and gives what it answered. */
export async function inChild(name: string, ...args: readonly string[]): Promise<unknown> {
  const file = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const node = ['--expose-gc', '--max-old-space-size=8192'];
  const { stdout } = await promisify(execFile)(process.execPath, [...node, file, ...args]);
  return JSON.parse(stdout);
}

/** The answer of such a process. It ends then, whatever tasks are left in its queues. */
export function answer(value: unknown): void {
  process.stdout.write(JSON.stringify(value), () => process.exit());
}
