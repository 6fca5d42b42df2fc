import type { Io } from './io.ts';

export interface Interruption {
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
  /** From now on Ctrl-C ends the process, as it does anyway. */
  readonly end: () => void;
}

/** Lets a long work be stopped by Ctrl-C, so that what it has found so far can be printed. */
export function interruption({ stderr, onInterrupt }: Io): Interruption {
  const controller = new AbortController();
  const end = onInterrupt(() => {
    stderr.write('\nStopping: what was found so far follows. Ctrl-C once more ends it at once.\n');
    controller.abort();
  });
  return { signal: controller.signal, isOver: () => controller.signal.aborted, end };
}
