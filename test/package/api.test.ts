import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entryOf } from './declarations.ts';

const built = mkdtempSync(join(tmpdir(), 'stallproof-api-'));

/** Declarations as the package would have them. Whether all of the tree is correct is for `npm run types` to say. */
beforeAll(async () => {
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--emitDeclarationOnly'];
  const places = ['--outDir', built, '--tsBuildInfoFile', join(built, 'info'), '--noEmitOnError', 'false'];
  await promisify(execFile)(process.execPath, [...tsc, ...places]).catch(() => {});
});

afterAll(() => rmSync(built, { recursive: true }));

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

it('What can be imported is what docs/api.md says; npm run api:accept writes it anew.', async () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const entries = Object.entries(exports).flatMap(([path, target]) =>
    typeof target === 'string' ? [] : [page(path.replace('.', 'stallproof'), target.types.replace('./dist', built))],
  );
  const opening = [
    '# What can be imported',
    'The declarations of all entries, as the compiler prints them: `npm run api:accept` writes this page, and a test',
    "fails when it is out of date. Imports take the names; the files that they come from are nobody's business.",
  ];
  await expect(
    `${[...opening.slice(0, 1), opening.slice(1).join('\n'), ...entries].join('\n\n')}\n`,
  ).toMatchFileSnapshot('../../docs/api.md');
});

function page(name: string, file: string): string {
  const { text, hidden } = entryOf(file);
  const aside = `Named above and not exported: ${hidden.map((one) => `\`${one}\``).join(', ')}.`;
  return [`## ${name}`, `\`\`\`ts\n${text}\n\`\`\``, ...(hidden.length > 0 ? [aside] : [])].join('\n\n');
}
