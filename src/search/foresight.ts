import {
  deadlines,
  nextDeadline,
  step,
  type Contract,
  type Event,
  type Resolved,
  type RuleName,
  type State,
} from '../oracle/index.ts';
import { hearings } from './model-search/moves.ts';

/** Time may bring a warning a second; whether it asks for a rule shows long before that is over. */
const MOST_STOPS = 100;

/** By the model alone, whether a rule is asked for on the way: what does not ask for it hardly breaks it. */
export function asksFor(rule: RuleName, contract: Contract, before: State, resolved: Resolved): boolean {
  const isAsked = (event: Event, state: State): [boolean, State] => {
    const main = step(contract, state, event);
    const [heard] = hearings(contract, main.state, []);
    const expectations = [...main.expectations, ...heard!.expectations];
    return [expectations.some((one) => one.rule === rule), heard!.state];
  };
  if (!('to' in resolved)) return isAsked(resolved, before)[0];
  let state = before;
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const next = resolved.type === 'oversleep' && stops === 0 ? resolved.to : nextStop(contract, state);
    const at = Math.min(Math.max(state.now, next), resolved.to);
    const [isSo, after] = isAsked({ type: 'tick', at }, state);
    if (isSo) return true;
    state = after;
    if (at >= resolved.to && nextStop(contract, state) > resolved.to) return false;
  }
  return true;
}

function nextStop(contract: Contract, state: State): number {
  return nextDeadline(deadlines(contract, state));
}
