import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { progress } from './peers/progress.ts';

/**
 * Runs errands in as many processes as there are cores, each on a core of its own; the answers keep the order asked in.
 * The child is sent one errand at a time, and sends back what came of it.
 */
export async function crew<Answer>(child: URL, errands: readonly object[]): Promise<Answer[]> {
  const answers = new Map<object, Answer>();
  const left = [...errands];
  const work = async (): Promise<void> => {
    const worker = fork(child);
    for (let errand = left.shift(); errand !== undefined; errand = left.shift()) {
      progress(`${answers.size} of ${errands.length} done, now ${JSON.stringify(errand)}`);
      answers.set(errand, await ask<Answer>(worker, errand));
    }
    worker.disconnect();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  progress('');
  return errands.map((errand) => answers.get(errand)!);
}

function ask<Answer>(worker: ReturnType<typeof fork>, errand: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void =>
      reject(new Error(`${JSON.stringify(errand)}: the child ended with ${code}`));
    worker.once('exit', gone);
    worker.once('message', (answer) => {
      worker.off('exit', gone);
      resolve(answer as Answer);
    });
    worker.send(errand);
  });
}
