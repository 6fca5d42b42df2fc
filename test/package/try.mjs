/**
 * The package as others have it: packed, installed into an empty project, compiled against with every strictness on, and
 * run. Needs no network: npm run package:try.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const project = mkdtempSync(join(tmpdir(), 'stallproof-try-'));
const repository = resolve();

function run(command, args, cwd = project) {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (error) {
    console.error(error.stdout);
    throw error;
  }
}

function write(name, text) {
  writeFileSync(join(project, name), typeof text === 'string' ? text : JSON.stringify(text));
}

function expectSame(what, actual, expected) {
  if (actual !== expected) throw new Error(`${what}: expected\n${expected}\nbut it was\n${actual}`);
  console.log(`✓ ${what}`);
}

function install() {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', project], repository));
  write('package.json', { private: true, type: 'module' });
  run('npm', [
    'install',
    `./${filename}`,
    '--offline',
    '--omit=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  console.log(`✓ ${filename} installs into an empty project`);
}

const consumer = `
import { LaneQueue, TakenBackError, type Body, type LaneQueueOptions, type Warning } from 'stallproof';
import { drive, RULE_NAMES, type Adapter, type Divergence, type Program, type RuleName } from 'stallproof/oracle';

const options: LaneQueueOptions = { stallCeilingMs: 1_000, onWarning: (warning: Warning) => void warning.kind };
const queue = new LaneQueue(options);
const body: Body<number> = ({ hold, signal, progress }) => {
  progress();
  return signal.aborted ? 0 : hold;
};
export const hold: Promise<number> = queue.enqueue('main', body, { priority: 'foreground' });
export const text: Promise<string> = queue.enqueue('main', async () => 'text');
export const isTakenBack = (error: unknown): boolean => error instanceof TakenBackError && error.reason === 'stalled';
// @ts-expect-error: there is no such option.
export const mistaken: LaneQueue = new LaneQueue({ ceiling: 1_000 });
// @ts-expect-error: the result is that of the body.
export const wrong: Promise<string> = queue.enqueue('main', body);

export const names: readonly RuleName[] = RULE_NAMES;
export async function check(adapter: Adapter, program: Program): Promise<Divergence | undefined> {
  return (await drive(adapter, program)).divergence;
}
`;

function compile() {
  const strict = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
  };
  const place = {
    module: 'nodenext',
    target: 'es2023',
    types: ['node'],
    typeRoots: [join(repository, 'node_modules/@types')],
  };
  write('tsconfig.json', { compilerOptions: { ...strict, ...place, noEmit: true }, files: ['consumer.ts'] });
  write('consumer.ts', consumer);
  run(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', '.']);
  console.log('✓ a strict program compiles against both entries, their declarations checked as well');
}

/** In place of fast-check stands something that fails as soon as it is imported: a real one may lie in a folder above. */
function forbidFastCheck() {
  const decoy = join('node_modules', 'fast-check');
  mkdirSync(join(project, decoy));
  write(join(decoy, 'package.json'), { name: 'fast-check', version: '0.0.0', type: 'module', exports: './index.js' });
  write(join(decoy, 'index.js'), "throw new Error('fast-check was imported');");
}

function runExample() {
  const readme = readFileSync('README.md', 'utf8');
  const [, example, printed] = /```js runnable\n([^]*?)```\n\n```text\n([^]*?)```/.exec(readme);
  write('example.js', example);
  expectSame('the first example of the README prints what it says', run(process.execPath, ['example.js']), printed);
}

function importWithoutFastCheck() {
  for (const entry of ['stallproof', 'stallproof/oracle']) {
    const program = `console.log(Object.keys(await import('${entry}')).length > 0)`;
    const printed = run(process.execPath, ['--input-type=module', '--eval', program]);
    expectSame(`${entry} can be imported without fast-check`, printed, 'true\n');
  }
}

try {
  install();
  compile();
  forbidFastCheck();
  runExample();
  importWithoutFastCheck();
} finally {
  rmSync(project, { recursive: true });
}
