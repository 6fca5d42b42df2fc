/** How many bytes of heap a queued task takes, in the queue that is named. Answers with one number. */
import { answer } from './child.ts';
import { collectGarbage } from './collector.ts';
import { contender } from './contenders.ts';

const [name, count] = process.argv.slice(2);
const push = contender(name!).make(1);
const never = (): Promise<void> => new Promise(() => {});

function queueUp(tasks: number): number {
  for (let task = 0; task < tasks; task += 1) void push(never);
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const before = queueUp(1_000);
const after = queueUp(Number(count));
answer((after - before) / Number(count));
