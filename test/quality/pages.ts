import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { transformSync } from 'oxc-transform';
import { expect } from 'vitest';

/** A fenced block of a page. */
export interface Block {
  readonly line: number;
  readonly language: string;
  /** What follows the language: `runnable`, or the name of a file. */
  readonly info: string;
  readonly isRunnable: boolean;
  readonly text: string;
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```(\w+)(.*)\n([^]*?)^```$/gm)].map((found) => ({
    line: text.slice(0, found.index).split('\n').length,
    language: found[1]!,
    info: found[2]!.trim(),
    isRunnable: found[2]!.trim() === 'runnable',
    text: found[3]!,
  }));
}

/** A folder in which the package is installed under its name, without types: only the rooms that are asked for. */
export function installedIn(folder: string, rooms: readonly string[]): void {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  };
  const entries = Object.entries(exports).flatMap(([entry, target]) =>
    typeof target === 'string' ? [] : [[entry, target.default]],
  );
  const installed = join(folder, 'node_modules', 'stallproof');
  mkdirSync(installed, { recursive: true });
  const manifest = { type: 'module', exports: Object.fromEntries(entries) as unknown };
  writeFileSync(join(installed, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  for (const room of rooms) {
    for (const file of readdirSync(join('src', room), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const place = join(installed, 'dist', 'src', room, file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, withoutTypes(join('src', room, file)));
    }
  }
}

function withoutTypes(file: string): string {
  const typescript = { onlyRemoveTypeImports: true, rewriteImportExtensions: true } as const;
  const { code, errors } = transformSync(file, readFileSync(file, 'utf8'), { lang: 'ts', typescript });
  expect(errors).toEqual([]);
  return code;
}

/** Runs a program in a process of its own, as a reader would, and says what it prints. It rejects if that process fails. */
export async function printedBy(folder: string, name: string, program: string): Promise<string> {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, program);
  const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: 25_000 });
  return stdout;
}
