import { incident, relatives } from './incident.ts';
import type { ZooMember } from './member.ts';
import { slotFreedTwice } from './slot-freed-twice.ts';

export type { ZooMember } from './member.ts';

/** The known-bad queues. Each must be caught on the rule that it declares. */
export const zoo: readonly ZooMember[] = [...incident, ...relatives, slotFreedTwice];
