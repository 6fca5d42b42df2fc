import { alphabet, type Command, type Contract, type Program, type Setup } from '../oracle/index.ts';
import { isSame } from './letters.ts';

type CallFrom = Command & { readonly do: 'call from' };

/**
 * Each call from inside where it is made: in a lane with nobody in it, in one where somebody is, and in one where several
 * start at once. By chance a call meets its occasion seldom, and each of the many calls more seldom.
 */
export function* scenes(contract: Contract, setup: Setup): Generator<Program> {
  const letters = alphabet(contract);
  const offered = Object.values(letters).flat();
  const [lane] = contract.lanes;
  const calls = letters['call from'].filter((one): one is CallFrom => one.do === 'call from' && one.lane === lane);
  for (const call of calls) {
    const [task, last] = tasksFor(call);
    const wider: Command = { do: 'configure', lane: call.lane, concurrency: 3 };
    const stages = [
      [call, task, task, last],
      [task, call, task, last],
      [task, task, last, call, wider],
    ];
    for (const stage of stages) {
      const isOffered = (command: Command): boolean => offered.some((one) => isSame(one, command));
      yield { setup, commands: [...stage, ...occasions(call)].filter(isOffered) };
    }
  }
}

/** They have what the call is about; the last asks for what the call is made by. */
function tasksFor({ lane, site, call }: CallFrom): readonly [task: Command, last: Command] {
  const task: Command = { do: 'enqueue', lane, ...(call.do === 'abort' && { signal: 'one' }) };
  return [task, site === 'notice' ? { do: 'enqueue', lane, notice: true } : task];
}

/** What makes somebody called there, beside a task that comes. Of a queue without lanes all is cleared and reset. */
function occasions({ lane, site }: CallFrom): readonly Command[] {
  switch (site) {
    case 'notice':
      return [{ do: 'advance', to: 'at', deadline: 'next' }];
    case 'taken-back':
      return [{ do: 'reset', lane }, { do: 'reset' }];
    case 'dropped':
      return [{ do: 'clear', lane }, { do: 'clear' }];
    default:
      return [{ do: 'complete', lane, hold: 'oldest' }];
  }
}
