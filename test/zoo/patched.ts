import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync, type TransformOptions } from 'oxc-transform';
import { referenceAdapter, type QueueModule } from '../../src/adapters/reference.ts';
import type { Adapter } from '../../src/oracle/index.ts';
import type { ZooMember } from './member.ts';

/** What remains is the source itself, importable: types gone, `./x.ts` become `./x.js`. */
const TYPES_OFF: TransformOptions = {
  lang: 'ts',
  sourceType: 'module',
  target: 'es2023',
  typescript: { onlyRemoveTypeImports: true, rewriteImportExtensions: true },
};

/** One change to one source file of the core. */
export interface Patch {
  readonly file: string;
  /** Must occur exactly once, or the defect is no longer what it says it is. */
  readonly find: string;
  readonly replace: string;
}

/** A member of the zoo that is the reference queue with a defect put into its source. */
export function patched(about: Omit<ZooMember, 'load'>, patches: readonly Patch[]): ZooMember {
  return { ...about, load: () => loadPatched(about.name, patches) };
}

/** The reference queue with a defect put into its source, so that the source itself carries no switch for it. */
export async function loadPatched(name: string, patches: readonly Patch[]): Promise<Adapter> {
  const root = projectRoot();
  const folder = join(root, 'node_modules', '.cache', 'stallproof-zoo', `${name}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  for (const [file, source] of patchedSources(join(root, 'src', 'core'), name, patches)) {
    const { code, errors } = transformSync(file, source, TYPES_OFF);
    if (errors.length > 0) throw new Error(`${name}: ${file} does not parse once patched: ${errors[0]!.message}`);
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), code);
  }
  try {
    const module = (await import(pathToFileURL(join(folder, 'index.js')).href)) as QueueModule;
    return referenceAdapter(name, module);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function patchedSources(folder: string, name: string, patches: readonly Patch[]): Map<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const sources = new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  for (const { file, find, replace } of patches) {
    const source = sources.get(file);
    const parts = source?.split(find) ?? [];
    if (parts.length !== 2) {
      throw new Error(
        `${name}: the text to replace occurs ${Math.max(0, parts.length - 1)} times in ${file}, not once`,
      );
    }
    sources.set(file, parts.join(replace));
  }
  return sources;
}

/** The folder of package.json: this file runs as a source and, from elsewhere, as built. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
