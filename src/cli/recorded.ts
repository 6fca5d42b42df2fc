import { checkCounterexample, type Counterexample } from '../search/index.ts';
import { readText } from './files.ts';
import { reasonOf, UsageError } from './usage-error.ts';

const WHAT = 'a recorded counterexample, as `stallproof verify` leaves them in .stallproof';

/**
 * The counterexample in a file: recorded by itself, or as part of a verdict.
 *
 * @throws UsageError if there is none in it that can be run: the message says what is wrong with it and what to do.
 */
export function readRecorded(file: string): Counterexample {
  const given = parsed(file, readText(file, WHAT));
  try {
    return checkCounterexample(given);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${file}: ${error.message}`);
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: is not JSON: ${reasonOf(error)}; pass ${WHAT}.`);
  }
}
