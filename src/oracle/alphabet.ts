import { promises, type Contract } from '../model/index.ts';
import type { Command, CommandKind, Deadline, Which } from './command.ts';

const WHICH: readonly Which[] = ['oldest', 'newest'];
const DEADLINES: readonly Deadline[] = ['next', 'ceiling', 'warning'];

/** Every command that a contract offers, by kind, the plainest of each kind first. */
export type Alphabet = { readonly [Kind in CommandKind]: readonly Command[] };

/** What is not promised is not offered: such a command is never generated. */
export function alphabet(contract: Contract): Alphabet {
  const { lanes, priorities, sources, liveConcurrency } = contract;
  const takesBack = promises(contract, 'reset') || promises(contract, 'no-permanent-saturation');
  const onHolds = (kind: 'hang' | 'progress' | 'complete' | 'fail'): Command[] =>
    lanes.flatMap((lane) => WHICH.map((hold) => ({ do: kind, lane, hold })));
  return {
    enqueue: lanes.flatMap((lane) =>
      [undefined, ...sources].flatMap((source) =>
        [false, contract.detach].filter(distinct).flatMap((detach) =>
          priorities.map((priority, place): Command => ({
            do: 'enqueue',
            lane,
            ...(place > 0 && { priority }),
            ...(source !== undefined && { source }),
            ...(detach && { detach }),
          })),
        ),
      ),
    ),
    hang: onHolds('hang'),
    progress: promises(contract, 'progress') ? onHolds('progress') : [],
    complete: onHolds('complete'),
    fail: onHolds('fail'),
    'settle late': takesBack
      ? WHICH.flatMap((body) =>
          (['fulfilled', 'rejected'] as const).map((how): Command => ({ do: 'settle late', body, how })),
        )
      : [],
    reset: promises(contract, 'reset')
      ? [{ do: 'reset' }, ...lanes.map((lane): Command => ({ do: 'reset', lane }))]
      : [],
    configure: lanes.flatMap((lane) =>
      liveConcurrency.map((concurrency): Command => ({ do: 'configure', lane, concurrency })),
    ),
    wait: promises(contract, 'waiters')
      ? [false, true].flatMap((signal) =>
          [undefined, 0, 1_000].flatMap((timeoutMs) =>
            [undefined, ...lanes].map((lane): Command => ({
              do: 'wait',
              ...(lane !== undefined && { lane }),
              ...(timeoutMs !== undefined && { timeoutMs }),
              ...(signal && { signal }),
            })),
          ),
        )
      : [],
    'give up waiting': promises(contract, 'waiters')
      ? WHICH.map((waiter): Command => ({ do: 'give up waiting', waiter }))
      : [],
    advance: [
      ...DEADLINES.map((deadline): Command => ({ do: 'advance', to: 'at', deadline })),
      ...DEADLINES.map((deadline): Command => ({ do: 'advance', to: 'before', deadline })),
      ...DEADLINES.map((deadline): Command => ({ do: 'advance', to: 'after', deadline })),
      { do: 'advance', byMs: 0 },
      { do: 'advance', byMs: 1_000 },
    ],
  };
}

function distinct<Value>(value: Value, place: number, all: readonly Value[]): boolean {
  return all.indexOf(value) === place;
}
