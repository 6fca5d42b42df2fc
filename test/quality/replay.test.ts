import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { referenceContract } from '../../src/adapters/reference.ts';
import type { Contract } from '../../src/oracle/index.ts';
import { ProgramArbitrary, replay, type Counterexample } from '../../src/search/index.ts';
import { zoo } from '../zoo/index.ts';

const RECORDED = 'test/quality/recorded/nothing-reclaimed.no-permanent-saturation.json';
const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Counterexample;

function drawn(contract: Contract): string {
  return JSON.stringify(fc.sample(new ProgramArbitrary(contract), { seed: 1, numRuns: 1 }));
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function ran(file: string, args: string[]): Promise<Ran> {
  try {
    return { code: 0, ...(await promisify(execFile)(file, args)) };
  } catch (error) {
    return error as Ran;
  }
}

/** A script of the project, as it is typed: it builds first. */
async function npmRun(...args: string[]): Promise<Ran> {
  return ran('npm', ['run', ...args]);
}

/** The same without a build. */
async function run(command: string, ...args: string[]): Promise<Ran> {
  return ran(process.execPath, ['dist/src/cli/main.js', command, '--zoo', 'dist/test/zoo/index.js', ...args]);
}

it('A recorded counterexample still replays when the generator has learned new commands.', async () => {
  const adapter = await zoo.find(({ name }) => name === recorded.subject)!.load();
  const richer: Contract = { ...referenceContract, lanes: ['main', 'side', 'third'], liveConcurrency: [1, 2, 3, 4, 0] };
  expect(drawn(richer)).not.toBe(drawn(referenceContract));

  for (const contract of [referenceContract, richer]) {
    const { divergence } = await replay({ ...adapter, contract }, recorded);
    expect(divergence).toMatchObject({ rule: recorded.rule });
  }
});

describe('from the command line', () => {
  beforeAll(async () => {
    await npmRun('build');
  });

  it('a recorded counterexample is replayed by one command, and fails as it did', async () => {
    const { code, stdout } = await run('replay', RECORDED);
    expect(code).toBe(1);
    expect(stdout).toContain('✗ no-permanent-saturation');
    expect(stdout).toContain('expected  a task starts in main');
    expect((await run('replay', RECORDED, '--subject', 'reference')).code).toBe(0);
  });

  it('the replay command that a failure prints is the one that works', async () => {
    const { code, stdout } = await npmRun('verify', '--', '--subject', 'silence', '--commands', '100');
    expect(code).toBe(1);
    const [, args] = /Replay: npm run replay -- (.*)/.exec(stdout)!;
    const again = await npmRun('replay', '--', ...args!.split(' '));
    expect(again.code).toBe(1);
    expect(again.stdout).toContain('✗ never-silent');
  });

  it('verify --json prints JSON and nothing else, the same bytes each time', async () => {
    const once = await npmRun('verify', '--', '--json', '--seed', '5', '--commands', '500');
    // So few ask for some rules not at all.
    expect(once.code).toBe(2);
    const { subject, seed, commands, rules } = JSON.parse(once.stdout) as Record<string, unknown>;
    expect({ subject, seed }).toEqual({ subject: 'reference', seed: 5 });
    expect(commands).toBeGreaterThanOrEqual(500);
    expect(rules).toMatchObject({ capacity: { status: 'holds' } });
    expect((await run('verify', '--json', '--seed', '5', '--commands', '500')).stdout).toBe(once.stdout);
  });

  it.each([
    ['loops', 'loops for ever'],
    ['exits', 'ends the process'],
  ])('a queue that %s is stopped from outside, and the campaign ends by itself', async (name, how) => {
    const subject = `test/quality/stuck/${name}.mjs`;
    const patience = ['--patience', '200'];
    const { code, stdout } = await run('verify', '--subject', subject, '--commands', '50', ...patience);
    expect(code).toBe(1);
    expect(stdout).toContain('2  fail a');
    expect(stdout).toContain('What the queue does at “fail a” must come to an end');
    expect(stdout).toContain('expected  the queue returns control');
    expect(stdout).toContain(`actual    the queue ${how}`);
    const [, args] = /Replay: .* replay (?:-- )?(.*)/.exec(stdout)!;
    expect((await run('replay', ...args!.split(' '), ...patience)).stdout).toContain(`actual    the queue ${how}`);
    const page = join(tmpdir(), `stallproof-${name}-${process.pid}.md`);
    await run('report', ...args!.split(' '), ...patience, '--markdown', page);
    const markdown = readFileSync(page, 'utf8');
    rmSync(page);
    expect(markdown).toContain(`## ${name}: the queue ${how}\n`);
    expect(markdown).toContain(`\n\`\`\`js\n${readFileSync(subject, 'utf8')}`);
    expect(markdown).toContain(`npx stallproof replay bug.json --subject ./${name}.mjs\n`);
    expect(markdown).toContain('There is no script of it: it would hang or end');
  });

  it.each([
    [['verify', '--subject', 'no-such-queue'], 'no-such-queue: there is no such module; pass the path of a file'],
    [['verify', '--seed', 'x'], '--seed: received "x"; pass a whole number'],
    [
      ['verify', '--subject', 'test/quality/recorded/no-adapter.mjs'],
      'no-adapter.mjs: the module has no default export',
    ],
    [['replay'], 'replay: received no file'],
    [['replay', 'package.json'], 'package.json: is no recorded counterexample'],
  ])('%j says what to do, and exits with 2', async (args, message) => {
    const { code, stdout, stderr } = await run(...(args as [string, ...string[]]));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
