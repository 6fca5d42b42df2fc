import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readText, writeText } from '../../src/cli/files.ts';
import { SMALL_QUEUES } from './queues.ts';
import { ran } from './stage.ts';

const RECORDED = 'test/quality/recorded/nothing-reclaimed.no-permanent-saturation.json';
const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Readonly<Record<string, unknown>>;
const folder = mkdtempSync(join(tmpdir(), 'stallproof-cli-'));

afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** The recorded counterexample with something else in it. */
function spoiled(name: string, changes: object): string {
  return file(`${name}.json`, JSON.stringify({ ...recorded, ...changes }));
}

const enqueue = { do: 'enqueue', lane: 'main' };

describe('each mistake is one line that says what to do', () => {
  it.each<[args: readonly string[], says: string]>([
    [
      ['veriy'],
      'there is no command "veriy"; did you mean verify? the commands are verify, explore, replay, report, zoo',
    ],
    [['--json', 'verify'], '--json: the command comes first'],
    [['help', 'nothing'], 'there is no command "nothing"'],
    [['verify', '--sed', '3'], 'verify: there is no option --sed; did you mean --seed? `stallproof verify --help`'],
    [['verify', '--seed'], 'verify: --seed: received no value; write --seed=VALUE'],
    [['verify', '--seed', '--json'], 'verify: --seed: received "--json"; write --seed=VALUE'],
    [['verify', '--json=yes'], 'verify: '],
    [['verify', '--seed', 'x'], '--seed: received "x"; pass a whole number from'],
    [['verify', '--commands', '0'], '--commands: received "0"; pass a whole number from 1'],
    [['verify', '--patience', '1.5'], '--patience: received "1.5"'],
    [['verify', 'a', 'b'], 'verify: received "a" and "b"; pass one of them'],
    [['verify', 'a', '--subject', 'b'], 'verify: received "a" and "b"; pass one of them'],
    [['verify', 'refrence'], 'refrence: there is no such module; did you mean reference? pass the path of a file'],
    [['verify', '--zoo', 'nowhere.js'], '--zoo: nowhere.js cannot be loaded: '],
    [['explore'], 'explore: received no module; pass the path of an adapter'],
    [['explore', 'reference', '--depth', 'deep'], '--depth: received "deep"; pass a whole number from 1 to 20'],
    [['explore', 'reference', '--alphabet', 'all'], '--alphabet: received "all"; pass core or plain'],
    [['replay'], 'replay: received no file; pass the path of a recorded counterexample'],
    [['report'], 'report: received no file; pass the path of a recorded counterexample'],
    [['replay', 'x.json', '--patience', 'long'], '--patience: received "long"; pass a whole number from 1'],
    [['replay', 'nowhere.json'], 'nowhere.json: cannot be read: there is no such file; pass the path of'],
    [['replay', 'src'], 'src: cannot be read: it is a folder'],
    [['replay', 'README.md'], 'README.md: is not JSON: '],
    [['replay', 'package.json'], 'package.json: is no recorded counterexample; pass a file that `stallproof verify`'],
    [['zoo', 'lion'], 'zoo: received "lion"; it takes no argument'],
  ])('%j', async (args, says) => {
    await expectComplaint(args, says);
  });
});

describe('a module that is no adapter, or a wrong one', () => {
  it.each<[name: string, text: string, says: string]>([
    ['none.mjs', 'export const adapter = {};', 'the module has no default export, received an object with adapter;'],
    ['shapeless.mjs', 'export default 7;', 'received 7; pass an adapter: { name, contract, make }'],
    [
      'nameless.mjs',
      'export default { make() {} };',
      'name: received undefined; say how reports are to call the queue',
    ],
    ['unparsed.mjs', 'export default {', 'cannot be loaded: '],
    [
      'throws.mjs',
      "throw new Error('no\\nconfiguration');",
      'cannot be loaded: no; pass a module that `node` can import',
    ],
    ['odd.mjs', "throw 'a string';", 'cannot be loaded: it throws a string'],
    ['lost.mjs', "import './not-there.mjs';", 'cannot be loaded: '],
    [
      'promises.mjs',
      "export default { name: 'q', contract: { promises: ['capcity'], setups: {} }, make() {} };",
      'capcity',
    ],
  ])('%s', async (name, text, says) => {
    await expectComplaint(['verify', file(name, text)], says);
  });
});

describe('a counterexample that cannot be run', () => {
  it.each<[name: string, changes: object, says: string]>([
    [
      'of another format',
      { format: 2 },
      'format: received 2, and this version reads 1; take the version of stallproof',
    ],
    ['of an unknown rule', { rule: 'speed' }, 'rule: received "speed"; it must be the name of a rule'],
    ['without a subject', { subject: null }, 'subject: received null; it must be the name of a queue'],
    ['with a setup that is none', { setup: 3 }, 'setup: received 3; it must be an object'],
    ['with a setup of its own', { setup: { slots: 1 } }, 'setup.slots: there is no such parameter; the parameters are'],
    ['with a wrong setup', { setup: { graceMs: 'long' } }, 'setup.graceMs: received "long"; it must be a number'],
    ['with other listeners', { setup: { listeners: 'sleep' } }, 'setup.listeners: received "sleep"'],
    ['without a list', { commands: 'enqueue' }, 'commands: received "enqueue"; it must be a list of commands'],
    ['with what is none', { commands: [enqueue, 4] }, 'commands[1]: received 4; it must be a command'],
    ['with an unknown one', { commands: [{ do: 'fly' }] }, 'commands[0].do: received "fly"; it must be one of enqueue'],
    ['with half a one', { commands: [{ do: 'enqueue' }] }, 'commands[0].lane: received nothing; it must be the name'],
    [
      'with too much',
      { commands: [{ ...enqueue, to: 1 }] },
      'commands[0].to: there is no such field; "enqueue" has do,',
    ],
    [
      'in another lane',
      { commands: [{ ...enqueue, lane: 'x' }] },
      'received "x", and the queue has "main", "side"; run',
    ],
    [
      'with a call that is none',
      { commands: [{ do: 'call from', site: 'body', lane: 'main', call: { do: 'hang' } }] },
      'commands[0].call.do: received "hang"; it must be one of enqueue, reset',
    ],
  ])('%s', async (name, changes, says) => {
    await expectComplaint(['replay', spoiled(name, changes), '--subject', 'reference'], says);
  });

  it('on a queue that promises less', async () => {
    const path = spoiled('promised', { rule: 'timeout' });
    await expectComplaint(
      ['replay', path, '--subject', 'incident-mended'],
      'breaks timeout, which incident-mended does',
    );
  });

  it('on a queue that is known by its name alone', async () => {
    await expectComplaint(['replay', spoiled('mine', { subject: 'mine' })], 'was found on the queue "mine"; say where');
  });
});

describe('a file that cannot be written', () => {
  it('The counterexamples of a search: another folder is asked for.', async () => {
    const args = ['explore', 'leaky', '--depth', '2', ...SMALL_QUEUES, '--out', 'package.json/x'];
    await expectComplaint(args, 'cannot be written: a part of the path is no folder; name another place by --out');
  });

  it('A report: another place is asked for, and the system is quoted in words.', () => {
    expect(() => writeText(folder, '', '--html')).toThrow(
      `${folder}: cannot be written: it is a folder; name another place by --html.`,
    );
    expect(() => readText(join(folder, 'no'), 'a file')).toThrow(
      'cannot be read: there is no such file; pass the path',
    );
  });
});

async function expectComplaint(args: readonly string[], says: string): Promise<void> {
  const { code, stdout, stderr } = await ran(args);
  expect(stderr).toContain(says);
  expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 2, stdout: '', lines: 2 });
}
