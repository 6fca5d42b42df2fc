export {
  explore,
  propertiesOf,
  type Exploration,
  type ExploreOptions,
  type Failure,
  type Properties,
} from './explore.ts';
export { mark } from './mark.ts';
export { moves, type Move, type StepFunction } from './moves.ts';
export { fineScope, fullScope, smallScope, type Scope } from './scope.ts';
export { compareTwins, type FalseTwins } from './twins.ts';
