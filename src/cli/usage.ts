/** Something in the way the program was called is wrong. Its message is all that is printed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `stallproof verify [--subject NAME|PATH] [--seed N] [--commands N] [--patience MS] [--json]
    checks a queue against its promises; the reference queue if none is named
stallproof replay FILE [--subject NAME|PATH]
    runs a recorded counterexample again
Exit status: 0 it holds, 1 a promise is broken, 2 it could not tell or was called wrongly.`;
