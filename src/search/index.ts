export {
  campaign,
  type CampaignOptions,
  type Counterexample,
  type Progress,
  type Report,
  type RuleVerdict,
  type Status,
  type Stuck,
} from './campaign.ts';
export { ProgramArbitrary, type Ingredients } from './draw.ts';
export { coreAlphabet, plainAlphabet, wholeAlphabet } from './letters.ts';
export {
  compareTwins,
  explore,
  fineScope,
  fullScope,
  propertiesOf,
  smallScope,
  type Exploration,
  type ExploreOptions,
  type Failure,
  type FalseTwins,
  type Properties,
  type Scope,
  type StepFunction,
} from './model-search/index.ts';
export { checkCounterexample, checkLanes } from './check-counterexample.ts';
export { exhaustive, sequencesOf, type Exhaustive, type ExhaustiveOptions } from './exhaustive.ts';
export { isolatedExhaustive } from './isolated/exhaustive.ts';
export { stuckIn } from './isolated/replay.ts';
export { isolatedCampaign, type IsolatedOptions } from './isolated/campaign.ts';
export { replay } from './replay.ts';
export type { Certificate } from './smallest.ts';
export { everySequence, type Sequences, type Visit } from './tree.ts';
export { simplerPrograms } from './shrink.ts';
