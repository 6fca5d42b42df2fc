/**
 * How many commands a campaign carries out if nothing else is said: a few seconds on a queue of this kind. Twice as many as
 * the hardest of the known-bad queues takes at the median (`docs/power.md`).
 */
export const USUAL_BUDGET = 100_000;
