export { campaignTable } from './campaign.ts';
export { counterexampleText, type Shown } from './counterexample.ts';
export { programOf, vitestOf, type Program, type ProgramOptions } from './program.ts';
