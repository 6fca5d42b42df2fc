/**
 * Calls something of the user's that must not stop the queue by throwing, now or, if it is asynchronous, later.
 * Rule: `callback-safe`.
 */
export function shield<Value>(
  call: (value: Value) => unknown,
  value: Value,
  onThrow: (error: unknown, value: Value) => void,
): void {
  try {
    const result = call(value);
    if (result instanceof Promise) result.catch((error: unknown) => onThrow(error, value));
  } catch (error) {
    onThrow(error, value);
  }
}
