import { THE_QUEUE } from '../oracle/index.ts';
import { hasStrays } from './program/clock.ts';
import { MAKES_QUEUE } from './program/queue.ts';
import { standIns } from './program/stand-ins.ts';
import { stepLines } from './program/steps.ts';
import { symptomOf, type Symptom } from './program/symptom.ts';
import { literal } from './program/literal.ts';
import type { Verdict } from './verdict.ts';

/** A counterexample as a file of source text; or why there is none. */
export type Program =
  | { readonly source: string; readonly reason?: undefined }
  | { readonly source: undefined; readonly reason: string };

export interface ProgramOptions {
  /** What the queue's adapter is imported by: a module whose default export it is. */
  readonly subject: string;
}

/** The most lines that a program has: what is longer is no help. A test has some more about it. */
export const MOST_LINES = 60;

/**
 * A counterexample as a script that stands alone: it imports the adapter of the queue and nothing of this package. Run by
 * `node`, it fails with an AssertionError that names the promise, what was expected and what came instead; with a queue
 * that keeps the promise it ends well. For a queue that reads the globals, time is put in their place before it is loaded.
 */
export function programOf(verdict: Verdict, { subject }: ProgramOptions): Program {
  return written(verdict, SCRIPT, subject);
}

/** The same as a test for vitest, to be put beside the queue's own. */
export function vitestOf(verdict: Verdict, { subject }: ProgramOptions): Program {
  return written(verdict, TEST, subject);
}

/** What makes the difference between a script and a test. */
interface Form {
  readonly isTest: boolean;
  readonly imports: (text: string) => readonly string[];
  readonly check: (verdict: Verdict, symptom: Symptom) => readonly string[];
  readonly wrap: (verdict: Verdict, lines: readonly string[]) => readonly string[];
}

const SCRIPT: Form = {
  isTest: false,
  imports: () => ["import assert from 'node:assert/strict';"],
  check: (verdict, { what, actual, expected }) => [
    ...(hasStrays(verdict)
      ? ["process.removeAllListeners('uncaughtException'); // What is thrown below is for node."]
      : []),
    `const [actual, expected] = [${actual}, ${expected}];`,
    `const broken = ${literal(`${verdict.rule}: ${verdict.promise}\n  ${what}`)};`,
    'assert.deepEqual(actual, expected, `${broken}: expected ${JSON.stringify(expected)}, actual ${JSON.stringify(actual)}`);',
  ],
  wrap: (_verdict, lines) => lines,
};

const TEST: Form = {
  isTest: true,
  imports: (text) => [
    `import { expect, ${text.includes('onTestFinished') ? 'onTestFinished, ' : ''}test } from 'vitest';`,
  ],
  check: ({ rule, promise }, { what, actual, expected }) => [
    `expect(${actual}, ${literal(`${rule}: ${promise} ${what}`)}).toEqual(${expected});`,
  ],
  wrap: ({ rule, subject }, lines) => [
    `test(${literal(`${subject}: ${rule}`)}, async () => {`,
    ...lines.map((line) => (line === '' ? '' : `  ${line}`)),
    '});',
  ],
};

function written(verdict: Verdict, form: Form, subject: string): Program {
  if (verdict.divergence.key === THE_QUEUE) return none('it would hang or end the process that runs it');
  const symptom = symptomOf(verdict);
  if (symptom === undefined) return none(`there are no words of its own for "${verdict.divergence.key}"`);
  const steps = [...stepLines(verdict), '', ...form.check(verdict, symptom)];
  const isLate = verdict.time === 'globals';
  const helpers = standIns(verdict, steps, form.isTest);
  const place = helpers.indexOf(MAKES_QUEUE);
  const load = isLate ? [`const { default: adapter } = await import(${literal(subject)});`] : [];
  const inner = [...helpers.slice(0, place), ...load, ...helpers.slice(place), '', ...steps];
  const text = inner.join('\n');
  const head = [
    `// ${verdict.rule}: ${verdict.promise}`,
    ...form.imports(text),
    ...(text.includes('getEventListeners(') ? ["import { getEventListeners } from 'node:events';"] : []),
    ...(isLate ? [] : [`import adapter from ${literal(subject)};`]),
    '',
  ];
  const lines = [...head, ...form.wrap(verdict, inner)];
  if (lines.length > MOST_LINES && !form.isTest)
    return none(`it would have ${lines.length} lines, and nobody reads more than ${MOST_LINES}`);
  return { source: `${lines.join('\n')}\n` };
}

function none(reason: string): Program {
  return { source: undefined, reason };
}
