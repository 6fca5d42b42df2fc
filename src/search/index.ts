export {
  campaign,
  type CampaignOptions,
  type Counterexample,
  type Report,
  type RuleVerdict,
  type Status,
} from './campaign.ts';
export { ProgramArbitrary } from './draw.ts';
export { coreAlphabet, plainAlphabet, wholeAlphabet } from './letters.ts';
export { replay } from './replay.ts';
export type { Certificate } from './smallest.ts';
export { everySequence, type Scope, type Visit } from './tree.ts';
export { simplerPrograms } from './shrink.ts';
