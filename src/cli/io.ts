/** Where something can be written to. */
export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** All that the command line has of the process around it: a test hands in its own. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since some moment. */
  readonly now: () => number;
  /** Calls the listener at the first Ctrl-C; what is returned takes it away again. The next one ends the process. */
  readonly onInterrupt: (listener: () => void) => () => void;
}
