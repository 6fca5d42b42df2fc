import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Trial, Verdict } from './trial.ts';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
/** A campaign takes a third of it. What eats it up is ended by it. */
const MEMORY = '--max-old-space-size=512';
/** A process never forgets the modules that it has imported. */
const MOST_TRIALS_A_CHILD = 150;

/** Has mutants tried by a child process, one at a time, and by another when that one has ended. */
export class Tester {
  #child: ChildProcess | undefined;
  #trials = 0;

  async try(trial: Trial): Promise<Verdict> {
    if (this.#trials >= MOST_TRIALS_A_CHILD) this.end();
    this.#child ??= fork(CHILD, { execArgv: [MEMORY], stdio: ['ignore', 'inherit', 'ignore', 'ipc'] });
    this.#trials += 1;
    const verdict = await this.#verdict(this.#child, trial);
    if (verdict.end === 'endless') this.end();
    return verdict;
  }

  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#trials = 0;
  }

  #verdict(child: ChildProcess, trial: Trial): Promise<Verdict> {
    return new Promise((resolve) => {
      const settle = (verdict: Verdict): void => {
        child.off('message', settle);
        child.off('exit', onEnd);
        resolve(verdict);
      };
      const onEnd = (): void => settle({ end: 'endless' });
      child.on('message', settle);
      child.on('exit', onEnd);
      child.send(trial);
    });
  }
}
