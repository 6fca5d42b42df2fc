import type { Adapter } from './adapter.ts';
import { GlobalClock } from './global-clock.ts';
import { VirtualClock, type DriverClock } from './virtual-clock.ts';

/** The time of one queue, from the making of it to its end. */
export interface Time {
  readonly clock: DriverClock;
  /** Whatever reads the time of day in here gets the one that the commands set. */
  readonly during: <Result>(use: () => Promise<Result>) => Promise<Result>;
  /** Gives back what was taken. */
  readonly end: () => void;
}

/** Virtual time of the kind that an adapter asks for, at its beginning. */
export function timeFor({ time }: Adapter): Time {
  return time === 'globals' ? timeOfGlobals() : timeOfPort();
}

function timeOfGlobals(): Time {
  const installed = GlobalClock.current;
  const clock = installed ?? GlobalClock.install();
  clock.reset();
  const end = (): void => {
    if (installed === undefined) clock.uninstall();
  };
  return { clock, during: (use) => use(), end };
}

function timeOfPort(): Time {
  const clock = new VirtualClock();
  return {
    clock,
    async during(use) {
      const { now: realNow } = Date;
      Date.now = () => clock.wallNow();
      try {
        return await use();
      } finally {
        Date.now = realNow;
      }
    },
    end: () => {},
  };
}
