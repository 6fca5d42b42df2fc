import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../../src/oracle/index.ts';
import { projectRoot } from './patched.ts';

/** Of the programs that are known to show each defect the first in their order (decision 0009), by the name of the member. */
const FILE = join(projectRoot(), 'test', 'zoo', 'known.json');
const all = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Program>) : {};

export function known(name: string): Program {
  const program = all[name];
  if (program === undefined)
    throw new Error(`${name}: no program is known that shows it; add one to test/zoo/known.json.`);
  return program;
}
