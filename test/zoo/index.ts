import { blind } from './blind.ts';
import { controls } from './controls.ts';
import { incident } from './incident.ts';
import { libraries } from './libraries.ts';
import type { ZooMember } from './member.ts';
import { relatives } from './relatives.ts';
import { slips } from './slips.ts';
import { slotFreedTwice } from './slot-freed-twice.ts';
import { surroundings } from './surroundings.ts';

export { variants, type LegalVariant } from './variants.ts';
export type { ZooMember } from './member.ts';

/** The known-bad queues. Each must be caught on the rule that it declares. */
export const zoo: readonly ZooMember[] = [
  ...incident,
  ...relatives,
  ...slips,
  ...controls,
  ...surroundings,
  ...libraries,
  slotFreedTwice,
  ...blind,
];
