/** The same promise, with a `then` of its own: when it is over it says so, and then that it came to the other end. */
export function sayingItTwice(settled: Promise<string>): Promise<string> {
  const odd = settled.then((value) => value);
  // Whoever asks by the `then` of the language leaves this one to nobody.
  odd.catch(() => {});
  const then = (fulfil: (value: string) => void, fail: (error: unknown) => void): void =>
    void settled.then(
      (value) => {
        fulfil(value);
        fail(SAID_TWICE);
      },
      (error: unknown) => {
        fail(error);
        fulfil(SAID_TWICE.message);
      },
    );
  // oxlint-disable-next-line unicorn/no-thenable -- an odd promise is what this is for
  return Object.assign(odd, { then }) as Promise<string>;
}

const SAID_TWICE = new Error('a promise that says it twice');
