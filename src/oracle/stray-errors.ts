const KINDS = ['unhandledRejection', 'uncaughtException'] as const;

/**
 * Tells one listener, and nobody else, of every error that goes astray in the meantime: a test runner would take it for a
 * failure of its own.
 */
export async function hearStrayErrors<Result>(
  listener: (error: unknown) => void,
  use: () => Promise<Result>,
): Promise<Result> {
  const others = KINDS.map((kind) => process.rawListeners(kind) as ((error: unknown) => void)[]);
  for (const kind of KINDS) process.removeAllListeners(kind).on(kind, listener);
  try {
    return await use();
  } finally {
    KINDS.forEach((kind, at) => {
      process.off(kind, listener);
      for (const other of others[at]!) process.on(kind, other);
    });
  }
}
