import { counted } from '../report/campaign.ts';
import type { Counterexample } from '../search/index.ts';

/** What is said of a counterexample that is none any more. */
export function holdsText({ rule, subject, commands }: Counterexample): string {
  return `✓ ${rule}   ${subject} · ${counted(commands.length)}\n  The queue does as it must.`;
}
