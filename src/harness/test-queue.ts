import {
  checkRule,
  promises,
  RULES,
  RULE_NAMES,
  TESTED_DIRECTLY,
  withQueue,
  type Adapter,
  type Queue,
  type RuleName,
} from '../oracle/index.ts';
import { verify, type Broken, type Verification, type VerifyOptions } from './verify.ts';

/** What `it` and `test` of vitest, node:test and jest have in common. */
export type RegisterTest = (name: string, test: () => Promise<void>, timeoutMs: number) => unknown;

/** What `describe` of vitest, node:test and jest has in common. */
export type RegisterGroup = (name: string, group: () => void) => unknown;

export interface TestQueueOptions extends VerifyOptions {
  /** Registers a test. Default: the global `it`. */
  readonly it?: RegisterTest;
  /** Puts the tests into a group. Default: the global `describe`; if there is none, they are in no group. */
  readonly describe?: RegisterGroup;
  /**
   * Promises that are known to be broken. The test of such a one passes until it is found to hold, and then fails: it is to be
   * taken off the list. Default none.
   */
  readonly knownFailures?: readonly RuleName[];
  /** How long the first test may take, in which all the work is done. Milliseconds; default 300 000. */
  readonly timeoutMs?: number;
}

/**
 * Registers a test for each promise of a queue, with the test runner of the file that calls it. The first that is run does
 * the work for all. A promise that is broken fails with the counterexample; so does one that nothing asked for, since a
 * test that tested nothing must not look like one that passed. `bad-input`, `context` and `observable` get no test:
 * commands cannot show them.
 *
 * A function that loads the queue is called at once and the work is done before the tests are registered, since a queue
 * that was loaded under virtual time has to be driven under it: await the call.
 *
 * @throws TypeError if there is no `it`, or if `knownFailures` names what is no rule or is not promised.
 */
export function testQueue(queue: Adapter, options?: TestQueueOptions): void;
export function testQueue(queue: Queue, options?: TestQueueOptions): Promise<void>;
export function testQueue(queue: Queue, options: TestQueueOptions = {}): void | Promise<void> {
  if (typeof queue !== 'function') {
    let verified: Promise<Verification> | undefined;
    return register(queue, () => (verified ??= verify(queue, options)), options);
  }
  return withQueue(queue, async (adapter) => {
    const verified = await verify(adapter, options);
    return () => register(adapter, () => Promise.resolve(verified), options);
  }).then((registers) => registers());
}

function register(adapter: Adapter, verified: () => Promise<Verification>, options: TestQueueOptions): void {
  const { it, describe = globals().describe, knownFailures = [], timeoutMs = 300_000 } = options;
  const registerTest = it ?? globals().it ?? globals().test;
  if (registerTest === undefined) {
    throw new TypeError(
      "it: received none, and there is no global one; pass that of your runner, `import { it } from 'node:test'` say.",
    );
  }
  const promised = RULE_NAMES.filter((rule) => promises(adapter.contract, rule) && !TESTED_DIRECTLY.includes(rule));
  for (const rule of knownFailures) {
    checkRule('knownFailures', rule);
    if (promised.includes(rule)) continue;
    throw new TypeError(
      `knownFailures: received ${JSON.stringify(rule)}, which the contract does not promise; take it off.`,
    );
  }
  const group = (): void => {
    for (const rule of promised) {
      const isKnown = knownFailures.includes(rule);
      const name = `${rule}: ${RULES[rule]}${isKnown ? ' (known to be broken)' : ''}`;
      registerTest(name, async () => judge(rule, isKnown, await verified()), timeoutMs);
    }
  };
  if (describe === undefined) group();
  else describe(adapter.name, group);
}

function judge(rule: RuleName, isKnown: boolean, { report, broken }: Verification): void {
  const text = broken.find((one) => one.rule === rule)?.text;
  if (isKnown) {
    if (report.rules[rule].status !== 'holds') return;
    throw failure(`${rule}: it was known to be broken, and holds now: take it off knownFailures.`);
  }
  if (text !== undefined) throw failure(text);
  if (report.rules[rule].status === 'not-reached') throw failure(`${rule}: ${whyNotReached(report.commands, broken)}.`);
}

function whyNotReached(commands: number, broken: readonly Broken[]): string {
  const what = `nothing asked for it in ${commands} commands, so nothing is known of it`;
  if (broken.length === 0) return `${what}; raise budget, or take it out of promises`;
  const others = broken.map(({ rule }) => rule).join(', ');
  return `${what}. A run ends where something else breaks (${others}): mend that first`;
}

/** Where in this file it is thrown helps nobody. */
function failure(message: string): Error {
  const error = new Error(message);
  error.stack = `Error: ${message}`;
  return error;
}

interface RunnerGlobals {
  readonly it?: RegisterTest;
  readonly test?: RegisterTest;
  readonly describe?: RegisterGroup;
}

function globals(): RunnerGlobals {
  return globalThis as RunnerGlobals;
}
