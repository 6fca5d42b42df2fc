/** Every promise holds, as far as was asked. */
export const HOLDS = 0;
/** A promise is broken. */
export const BROKEN = 1;
/** It could not tell: not everything was reached, it was interrupted, or it was called wrongly. */
export const UNCLEAR = 2;

export type ExitStatus = typeof HOLDS | typeof BROKEN | typeof UNCLEAR;
