export { RULES, RULE_NAMES, type RuleName } from './rules.ts';
export {
  PRIORITIES,
  promises,
  SOURCES,
  usualSetup,
  type Contract,
  type Priority,
  type Setup,
  type Source,
} from './contract.ts';
export {
  atRest,
  ceilingOf,
  holdOf,
  initialState,
  laneOf,
  type Hold,
  type Lane,
  type State,
  type Task,
  type TaskId,
  type WaiterId,
} from './state.ts';
export { ABSENT, key, outcome, PRESENT, UNEXPECTED, warningText, type Expectation } from './expectation.ts';
export type { Event } from './event.ts';
export { step, type Step } from './step.ts';
export { hear, type Heard } from './warnings.ts';
export { deadlines, type Deadlines } from './deadlines.ts';
