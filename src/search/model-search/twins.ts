import { initialState, step, type State } from '../../oracle/index.ts';
import { mark } from './mark.ts';
import { moves } from './moves.ts';
import type { Scope } from './scope.ts';

/** Two states with one mark that do not have the same future: something that the mark leaves out decides something. */
export interface FalseTwins {
  readonly one: State;
  readonly other: State;
}

/**
 * Whether states with one mark have one future, as `mark` says they do: the same commands mean something in both, take as
 * long, and lead to states with the same marks. Then the same is true of those, and so on: the first step is enough. Every
 * `nth` state that is met again in another guise is compared with the first of its mark. Returns how many were.
 */
export function compareTwins(
  scope: Scope,
  nth: number,
): { readonly compared: number; readonly falseTwins: FalseTwins[] } {
  const first = new Map<string, State>();
  const queue = [initialState(scope.contract, scope.setup)];
  const falseTwins: FalseTwins[] = [];
  let met = 0;
  let compared = 0;
  for (const state of queue) {
    for (const { after } of moves(scope, step, state)) {
      const name = mark(after);
      const one = first.get(name);
      if (one === undefined) {
        first.set(name, after);
        queue.push(after);
      } else if ((met += 1) % nth === 0 && JSON.stringify(one) !== JSON.stringify(after)) {
        compared += 1;
        if (futureOf(scope, one) !== futureOf(scope, after)) falseTwins.push({ one, other: after });
      }
    }
  }
  return { compared, falseTwins };
}

function futureOf(scope: Scope, state: State): string {
  const future = [...moves(scope, step, state)].map(({ command, after }) => [
    command,
    after.now - state.now,
    mark(after),
  ]);
  return JSON.stringify(future);
}
