import type { Adapter, RuleName } from '../../src/oracle/index.ts';

/** A queue that is known to be bad, and what is known of it. */
export interface ZooMember {
  readonly name: string;
  /** The promise it breaks; declared before it is run. */
  readonly rule: RuleName;
  /** How many commands the plainest program has that is known to show it. */
  readonly length: number;
  /** Where the mistake was made, or why it would be. */
  readonly origin: string;
  readonly load: () => Promise<Adapter>;
}
