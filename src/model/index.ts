export { RULES, RULE_NAMES, TESTED_DIRECTLY, type RuleName } from './rules.ts';
export {
  CALL_SITES,
  PRIORITIES,
  promises,
  SOURCES,
  usualSetup,
  type CallKind,
  type CallSite,
  type Contract,
  type Priority,
  type Setup,
  type Source,
  type Terms,
} from './contract.ts';
export { defineContract, POOL, type ContractInput } from './define-contract.ts';
export {
  atRest,
  ceilingOf,
  holdOf,
  initialState,
  isAboutAnother,
  laneOf,
  type Hold,
  type Lane,
  type Planted,
  type SignalId,
  type State,
  type Task,
  type TaskId,
  type WaiterId,
} from './state.ts';
export { ABSENT, key, outcome, PRESENT, UNEXPECTED, warningText, type Expectation } from './expectation.ts';
export type { Call, Event } from './event.ts';
export { step, type Step } from './step.ts';
export { hear, type Heard } from './warnings.ts';
export { deadlines, nextDeadline, type Deadlines } from './deadlines.ts';
