import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/run.ts';
import { ran } from './stage.ts';

const SCREENS: readonly (readonly string[])[] = [['--help'], ...COMMAND_NAMES.map((name) => [name, '--help'])];

describe.each(SCREENS)('%s %s', (...args) => {
  it('fits a screen of 24 lines with 80 columns, and is what was asked for', async () => {
    const { code, stdout, stderr } = await ran(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(24);
    expect(lines.filter(({ length }) => length > 80)).toEqual([]);
  });

  it('teaches by examples, and each of them is understood', async () => {
    const { stdout } = await ran(args);
    const examples = [...stdout.replaceAll('\\\n', ' ').matchAll(/npx stallproof (.*?)(?: {2,}|$|>)/gm)];
    expect(examples.length).toBeGreaterThan(0);
    for (const [, example] of examples) {
      const [command, ...rest] = example!.trim().split(/ +/) as [string, ...string[]];
      expect(COMMAND_NAMES).toContain(command);
      // The last option is the first that there is not: all before it are understood, and nothing is done.
      expect(await ran([command, ...rest, '--no-such'])).toEqual({
        code: 2,
        stdout: '',
        stderr: `${command}: there is no option --no-such; \`stallproof ${command} --help\` tells more.\n`,
      });
    }
  });
});

describe('who asks for nothing, or for something else', () => {
  it('Without a command the help is an answer, and the status says that nothing was checked.', async () => {
    const help = await ran(['--help']);
    expect(await ran([])).toEqual({ code: 2, stdout: '', stderr: help.stdout });
  });

  it('`help` is a command, too.', async () => {
    expect(await ran(['help'])).toEqual(await ran(['--help']));
    expect(await ran(['help', 'verify'])).toEqual(await ran(['verify', '-h']));
  });

  it('The version is that of the package.', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await ran(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});
