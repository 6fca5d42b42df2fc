import { ABSENT } from '../../oracle/index.ts';
import { duration } from '../duration.ts';
import { isWarning, warningName } from '../warning.ts';
import { counted, type Turn } from './turn.ts';

const MINUTE_MS = 60_000;

/** What may be said, and what has been. */
export function bounds({ before, after, setup, step }: Turn): string[] {
  const { warnEveryMs, maxWarningsPerMinute } = setup;
  const last = Object.entries(before.told.last).map(([what, at]) => `the last ${what} was at ${duration(at)}`);
  const given = before.told.recent.filter((at) => at + MINUTE_MS > after.now).length;
  const before60 = `in the last 60 s before this step there ${given === 1 ? 'was' : 'were'} ${given === 0 ? 'none' : given}`;
  const demanded = step.expectations.filter(({ key }) => isWarning(key));
  const held = new Set(demanded.filter(({ value }) => value === ABSENT).map(({ key }) => key));
  const due = [...new Set(demanded.map(({ key }) => key))].filter((key) => !held.has(key)).map(warningName);
  return [
    `Of one kind a lane may have one warning in ${duration(warnEveryMs)}; all lanes together ${maxWarningsPerMinute} in 60 s.`,
    `It is ${duration(after.now)}; ${[...last, before60].join(', ')}.`,
    `So in this step there ${due.length === 0 ? 'may be none' : `must be ${due.join(', ')}, and no other`}.`,
  ];
}

/** Which lanes stand still, since when, and what else is to be told. */
export function news(turn: Turn): string[] {
  const { after, setup } = turn;
  const still = after.lanes.flatMap(({ name, waitingSince, movedAt }) => {
    if (waitingSince === undefined) return [];
    const since = Math.max(waitingSince, movedAt);
    return [
      `${name} has had a backlog and no free slot since ${duration(waitingSince)}, and nothing has started or left in it since ${duration(since)}; it is ${duration(after.now)}: it has stood still for ${duration(after.now - since)} and is to be reported from ${duration(setup.blockedAfterMs)} on.`,
    ];
  });
  const threw = [...new Set(after.threw)].map(
    (lane) => `A callback threw in ${lane}: that is a fault, and is to be reported once.`,
  );
  const reclaimed = [...new Set(after.reclaimed)].map((lane) => {
    const many = after.reclaimed.filter((one) => one === lane).length;
    return `${counted(many, 'slot')} of ${lane} ${many === 1 ? 'was' : 'were'} taken back from stalled tasks: that is to be reported.`;
  });
  const isScarce = after.told.recent.filter((at) => at + MINUTE_MS > after.now).length >= setup.maxWarningsPerMinute;
  return [...threw, ...reclaimed, ...still, ...(isScarce ? bounds(turn) : [])];
}
