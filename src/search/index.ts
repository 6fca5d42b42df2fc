export {
  campaign,
  type CampaignOptions,
  type Counterexample,
  type Report,
  type RuleVerdict,
  type Status,
} from './campaign.ts';
export { ProgramArbitrary } from './draw.ts';
export { coreAlphabet, exhaustivePrograms, plainAlphabet, sequences } from './exhaustive.ts';
export { replay } from './replay.ts';
export { simplerPrograms } from './shrink.ts';
