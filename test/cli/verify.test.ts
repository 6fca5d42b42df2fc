import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SMALL_QUEUES } from './queues.ts';
import { ran, Stage, type Ran } from './stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'stallproof-cli-'));

afterAll(() => rmSync(folder, { recursive: true }));

async function on(command: string, args: readonly string[], stage?: Stage): Promise<Ran> {
  return ran([command, ...args, ...SMALL_QUEUES, '--out', folder], stage);
}

const BROKEN = ['leaky', '--commands', '100'];
/** The same is found, and nothing has to be made short. */
const SHALLOW = ['leaky', '--depth', '3'];

describe('the exit status', () => {
  it.each([
    [0, 'holds', ['sound', '--commands', '60']],
    [1, 'is broken', BROKEN],
    [2, 'was never asked for', ['sound', '--commands', '1']],
  ])('of verify is %i where a promise %s', async (status, _, args) => {
    expect((await on('verify', args)).code).toBe(status);
  });

  it.each([
    [0, 'breaks', ['sound', '--depth', '2']],
    [1, 'once breaks', ['leaky', '--depth', '3']],
  ])('of explore is %i where nothing %s', async (status, _, args) => {
    expect((await on('explore', args)).code).toBe(status);
  });
});

describe('explore', () => {
  it('says what was covered, and finds the shortest that there is', async () => {
    const { stdout } = await on('explore', ['leaky', '--depth', '3']);
    expect(stdout).toContain(
      'leaky · every sequence of 6 letters up to 3 commands\n  258 sequences covered by 19 runs',
    );
    expect(stdout).toContain('✗ work-conserving                  leaky · 3 commands');
    expect(stdout).toContain(
      'Shorter: none. Every sequence of up to 2 commands was tried, of 6 different ones, with the usual settings.',
    );
    expect(stdout).toContain('· not promised: ');
    expect((await on('explore', ['leaky', '--depth', '1'])).stdout).toContain(
      '· nothing so short asks for: capacity, order',
    );
  });

  it('says the same as JSON', async () => {
    const { code, stdout } = await on('explore', ['leaky', '--depth', '3', '--json']);
    const rules = { conservation: { status: 'broken', counterexample: { subject: 'leaky', rule: 'conservation' } } };
    expect(JSON.parse(stdout)).toMatchObject({ subject: 'leaky', depth: 3, sequences: 258, isWhole: true, rules });
    expect(code).toBe(1);
  });
});

describe('what is printed', () => {
  it('is the same bytes each time, and progress has no part in it', async () => {
    const once = await on('verify', BROKEN);
    const tty = new Stage({ isTTY: true, env: { NO_COLOR: '1' } });
    expect((await on('verify', BROKEN, tty)).stdout).toBe(once.stdout);
    expect(once.stdout).not.toContain('\r');
  });

  it('is JSON alone, if that is asked for', async () => {
    const stage = new Stage({ env: { FORCE_COLOR: '1', GITHUB_ACTIONS: 'true' } });
    const { stdout } = await on('verify', [...BROKEN, '--json'], stage);
    expect(JSON.parse(stdout)).toMatchObject({ subject: 'leaky', seed: 1, commands: expect.any(Number) });
    expect(stdout).not.toContain('\u001B');
  });

  it.each<[isColoured: boolean, where: string, stage: Stage]>([
    [false, 'in a pipe', new Stage()],
    [true, 'on a terminal', new Stage({ isTTY: true })],
    [false, 'on a dumb one', new Stage({ isTTY: true, env: { TERM: 'dumb' } })],
    [false, 'on one, with NO_COLOR', new Stage({ isTTY: true, env: { NO_COLOR: '1' } })],
    [true, 'on one, with an empty NO_COLOR', new Stage({ isTTY: true, env: { NO_COLOR: '' } })],
    [true, 'in a pipe, with FORCE_COLOR', new Stage({ env: { FORCE_COLOR: '1' } })],
    [false, 'on one, with FORCE_COLOR=0', new Stage({ isTTY: true, env: { FORCE_COLOR: '0' } })],
  ])('has colours: %s %s', async (isColoured, _, stage) => {
    const { stdout } = await on('explore', ['leaky', '--depth', '2'], stage);
    expect(stdout.includes('\u001B[')).toBe(isColoured);
  });

  it('names a file for each counterexample, and a command that a shell takes', async () => {
    const { stdout } = await on('explore', SHALLOW);
    const file = 'leaky.conservation.depth-3.json';
    expect(readdirSync(folder)).toContain(file);
    expect(stdout).toContain(`Replay: npx stallproof replay ${join(folder, file)} --subject leaky`);
    const odd = join(folder, "it's here");
    const { stdout: quoted } = await ran(['explore', ...SHALLOW, ...SMALL_QUEUES, '--out', odd]);
    const word = `'${join(odd, file).replace("'", String.raw`'\''`)}'`;
    expect(quoted).toContain(`Replay: npx stallproof replay ${word} --subject leaky`);
  });

  it('The name of the file says which queue, which promise and which seed.', async () => {
    const stdouts = [];
    for (const seed of ['7', '-8']) stdouts.push(await on('verify', [...BROKEN, `--seed=${seed}`]));
    for (const [place, seed] of ['7', '-8'].entries()) {
      const file = `leaky.conservation.seed-${seed}.json`;
      expect(readdirSync(folder)).toContain(file);
      expect(stdouts[place]!.stdout).toContain(join(folder, file));
    }
  });

  it('is a command of the project only where that is the project', async () => {
    const own = { npm_lifecycle_event: 'verify', npm_package_name: 'stallproof' };
    expect((await on('explore', SHALLOW, new Stage({ env: own }))).stdout).toContain('Replay: npm run replay -- ');
    const others = new Stage({ env: { ...own, npm_package_name: 'theirs' } });
    expect((await on('explore', SHALLOW, others)).stdout).toContain('Replay: npx stallproof replay ');
  });

  it('Each replay command that is printed fails the same way.', async () => {
    const { stdout } = await on('verify', BROKEN);
    const [, ...shown] = stdout.trimEnd().split(/\n\n(?=✗)/);
    expect(shown.length).toBe(2);
    for (const text of shown) {
      const [, args] = /Replay: npx stallproof (.*)/.exec(text)!;
      const again = await ran([...args!.split(' '), ...SMALL_QUEUES]);
      expect(again).toEqual({ code: 1, stdout: `${text.replace(/\n {2}Shorter: .*/, '')}\n`, stderr: '' });
    }
  });
});

/** Presses Ctrl-C at the first piece of progress at which this is so. */
function interrupting(when: (stage: Stage) => boolean): Stage {
  let isPressed = false;
  return new Stage({
    isTTY: true,
    env: { NO_COLOR: '1' },
    onStderr: (stage) => {
      stage.time += 1_000;
      if (isPressed || !when(stage)) return;
      isPressed = true;
      expect(stage.interrupt()).toBe(true);
    },
  });
}

describe('Ctrl-C', () => {
  it.each([
    ['verify', ['leaky', '--commands', '100000000'], 'leaky · seed 1 · '],
    ['explore', ['leaky', '--depth', '20'], 'stopped before all '],
  ])('%s prints what was found so far, and could not tell', async (command, args, says) => {
    const stage = interrupting(({ stderr }) => stderr.text.includes(' broken') && stderr.text.includes(' rules · '));
    const { code, stdout, stderr } = await on(command, args, stage);
    expect(stderr).toContain('Stopping: what was found so far follows. Ctrl-C once more ends it at once.');
    expect(stdout).toContain(says);
    expect(stdout).toContain('✗ conservation');
    expect(code).toBe(2);
  });

  it('What is being made short is shown as it was found.', async () => {
    const stage = interrupting(({ stderr }) => stderr.text.includes('conservation is broken: '));
    const { stdout } = await on('verify', ['leaky', '--commands', '100000000'], stage);
    expect(stdout).toContain('✗ conservation ');
    expect(stdout).not.toContain('Shorter: ');
  });

  it('JSON, the page and the Markdown say that it is not the whole.', async () => {
    const stage = interrupting(({ stderr }) => stderr.text.includes(' left · '));
    const files = ['html', 'markdown'].map((format) => join(folder, `stopped.${format}`));
    const options = ['--json', '--html', files[0]!, '--markdown', files[1]!];
    const { stdout } = await on('verify', ['sound', '--commands', '100000000', ...options], stage);
    expect(JSON.parse(stdout)).toMatchObject({ interrupted: true, rules: { 'work-conserving': { status: 'holds' } } });
    for (const file of files) expect(readFileSync(file, 'utf8')).toContain('t was interrupted: there may be more');
  });

  it('The zoo ends with those that were caught.', async () => {
    const stage = interrupting((one) => one.stdout.text.includes('nothing-reclaimed'));
    const { code, stdout } = await ran(['zoo'], stage);
    expect(stdout).toContain('✓ nothing-reclaimed');
    expect(stdout).not.toContain('mended');
    expect(code).toBe(2);
  });

  it('Afterwards nobody listens: it ends the process.', async () => {
    const stage = new Stage();
    await on('explore', ['sound', '--depth', '1'], stage);
    expect(stage.interrupt()).toBe(false);
  });
});
