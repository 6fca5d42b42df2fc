import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { progress } from '../peers/progress.ts';
import type { Power } from './measure.ts';

/** What a child is asked. */
export interface Errand {
  readonly member: string;
  readonly seeds: number;
}

/** Measures members in as many processes as there are cores, each on a core of its own; the answers keep the order asked in. */
export async function measureAll(members: readonly string[], seeds: number): Promise<Power[]> {
  const answers = new Map<string, Power>();
  const left = [...members];
  const work = async (): Promise<void> => {
    const child = fork(fileURLToPath(new URL('child.js', import.meta.url)));
    for (let member = left.shift(); member !== undefined; member = left.shift()) {
      progress(`${answers.size} of ${members.length} measured, now ${member}`);
      answers.set(member, await ask(child, { member, seeds }));
    }
    child.disconnect();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  progress('');
  return members.map((member) => answers.get(member)!);
}

function ask(child: ReturnType<typeof fork>, errand: Errand): Promise<Power> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`${errand.member}: the child ended with ${code}`));
    child.once('exit', gone);
    child.once('message', (answer) => {
      child.off('exit', gone);
      resolve(answer as Power);
    });
    child.send(errand);
  });
}
