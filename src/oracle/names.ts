/** a, b, …, z, aa, ab, … */
export function nameOf(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : nameOf(Math.floor(index / 26) - 1) + last;
}

/** Names for what commands make, each once. */
export interface Fresh {
  readonly task: () => string;
  readonly waiter: () => string;
}

export function freshNames(): Fresh {
  let [tasks, waiters] = [0, 0];
  return { task: () => nameOf(tasks++), waiter: () => `w${(waiters += 1)}` };
}
