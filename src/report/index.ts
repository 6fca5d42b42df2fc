export { campaignTable } from './campaign.ts';
export { campaignHtml } from './html/campaign.ts';
export { htmlOf } from './html/verdict.ts';
export { markdownOf, type AdapterFile } from './markdown.ts';
export { programOf, vitestOf, type Program, type ProgramOptions } from './program.ts';
export { heldText, textOf } from './text.ts';
export type { Bar, End } from './bar.ts';
export { verdictOf, type LaneNow, type LaneSays, type Moment, type Rerun, type Verdict } from './verdict.ts';
