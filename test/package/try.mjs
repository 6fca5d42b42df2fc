/**
 * The package as others have it: packed, installed into an empty project, compiled against with every strictness on, and
 * run; then in the tests of others, with vitest, node:test and jest, which come from the npm registry: npm run package:try.
 */
import { execFileSync, spawnSync } from 'node:child_process';
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
import { defineContract, POOL, RULES, testQueue, verify, type Adapter, type RuleName } from 'stallproof/oracle';
import { queueCommands, withSession, type Session } from 'stallproof/fast-check';
import fc from 'fast-check';
import * as node from 'node:test';

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

export const names = Object.keys(RULES) as RuleName[];
export const adapter: Adapter = {
  name: 'mine',
  contract: defineContract({ promises: [...POOL, 'timeout'], timeoutsMs: [1_000] }),
  make: () => ({ enqueue: (_lane, body) => body({}), counts: () => ({ queued: 0, active: 0 }) }),
};
export const broken: Promise<readonly RuleName[]> = verify(adapter, { seed: 7, budget: 1_000 }).then((found) =>
  found.broken.map(({ rule }) => rule),
);
testQueue(adapter, { ...node, knownFailures: ['timeout'] });
// @ts-expect-error: there is no such promise.
defineContract({ promises: ['capcity'] });
// @ts-expect-error: there is no such answer.
defineContract({ promises: POOL, clearedCaller: 'rejected' });

export const property = fc.asyncProperty(fc.commands(queueCommands(adapter)), (commands) =>
  withSession(adapter, { concurrency: 2 }, (real: Session) =>
    fc.asyncModelRun(() => ({ model: real.model, real }), commands),
  ),
);
`;

/** The types of the runners do not all bear being checked. */
const ofRunners = `
import * as jest from '@jest/globals';
import * as vitest from 'vitest';
import { testQueue } from 'stallproof/oracle';
import { adapter } from './consumer.js';

testQueue(adapter, { describe: vitest.describe, it: vitest.it });
testQueue(adapter, { describe: jest.describe, it: jest.it });
testQueue(adapter, { describe: jest.describe, it: jest.test });
void testQueue(async () => ({ default: adapter }), { it: vitest.test });
`;

function compile(file, text, skipLibCheck) {
  const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck };
  const place = {
    module: 'nodenext',
    target: 'es2023',
    types: ['node'],
    typeRoots: [join(repository, 'node_modules/@types')],
  };
  write('tsconfig.json', { compilerOptions: { ...strict, ...place, noEmit: true }, files: [file] });
  write(file, text);
  run(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', '.']);
  console.log(`✓ ${file}, a strict program, compiles${skipLibCheck ? '' : ', all declarations checked as well'}`);
}

/** In place of fast-check stands something that fails as soon as it is imported: a real one may lie in a folder above. */
function forbidFastCheck() {
  const decoy = join('node_modules', 'fast-check');
  mkdirSync(join(project, decoy));
  write(join(decoy, 'package.json'), { name: 'fast-check', version: '0.0.0', type: 'module', exports: './index.js' });
  write(join(decoy, 'index.js'), "throw new Error('fast-check was imported');");
}

function installRunners() {
  rmSync(join(project, 'node_modules', 'fast-check'), { recursive: true });
  run('npm', ['install', 'fast-check@4', 'vitest@4', 'jest@30', '--no-audit', '--no-fund', '--loglevel=error']);
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

/** The page for authors of queues, as a reader follows it: the gate as it is shown, and as it should be. */
function writeGates() {
  const page = readFileSync('docs/your-queue.md', 'utf8');
  for (const [, name, text] of page.matchAll(/^```js (\S+\.js)\n([^]*?)^```$/gm)) write(name, text);
  const gate = readFileSync(join(project, 'gate.js'), 'utf8');
  const finish = /const result = await task\(\);\n([^]*?)    return result;\n/;
  write('sound.js', gate.replace(finish, 'try {\n      return await task();\n    } finally {\n$1    }\n'));
  write('sound-adapter.js', readFileSync(join(project, 'gate-adapter.js'), 'utf8').replace('./gate.js', './sound.js'));
  rmSync(join(project, 'known.test.js'));
}

const RUNNERS = [
  { module: 'node:test', run: (file) => [process.execPath, '--test', file] },
  { module: 'vitest', run: (file) => ['npx', 'vitest', 'run', file] },
  { module: '@jest/globals', run: (file) => ['npx', 'jest', file] },
];

/** What a program prints, and whether it succeeds. */
function outcome([command, ...args]) {
  const env = { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '--experimental-vm-modules' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, env, encoding: 'utf8' });
  return { ok: status === 0, text: stdout + stderr };
}

function testWithEachRunner() {
  writeGates();
  const test = readFileSync(join(project, 'gate.test.js'), 'utf8');
  for (const { module, run: call } of RUNNERS) {
    for (const queue of ['gate', 'sound']) {
      const own = test.replace("'node:test'", `'${module}'`).replace('./gate-adapter.js', `./${queue}-adapter.js`);
      write(`${queue}.test.js`, own);
      const { ok, text } = outcome(call(`${queue}.test.js`));
      const shows = text.includes('✗ work-conserving                  gate · 3 commands');
      if (ok !== (queue === 'sound') || shows !== (queue === 'gate')) {
        throw new Error(`${module} on the ${queue} ${ok ? 'passes' : 'fails'}:\n${text}`);
      }
    }
    console.log(`✓ ${module} fails with the counterexample on a broken queue, and passes on a good one`);
  }
}

try {
  install();
  forbidFastCheck();
  runExample();
  importWithoutFastCheck();
  installRunners();
  compile('consumer.ts', consumer, false);
  compile('of-runners.ts', ofRunners, true);
  testWithEachRunner();
} finally {
  rmSync(project, { recursive: true });
}
