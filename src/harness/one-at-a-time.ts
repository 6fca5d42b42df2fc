let last: Promise<unknown> = Promise.resolve();

/** Campaigns share the globals and the errors of one process: each begins when the one before it is over. */
export function oneAtATime<Result>(use: () => Promise<Result>): Promise<Result> {
  const result = last.then(use, use);
  last = result.catch(() => {});
  return result;
}
