export { campaignTable } from './campaign.ts';
export { counterexampleText, type Shown } from './counterexample.ts';
