/** How a stretch of a task's life ended, or a wait. */
export type End = 'started' | 'fulfilled' | 'rejected' | 'taken back' | 'dropped' | 'answered';

/** How an end is drawn. */
export const END_MARKS: Readonly<Record<End, string>> = {
  started: '▷',
  fulfilled: '●',
  rejected: '✗',
  'taken back': '◆',
  dropped: '○',
  answered: '■',
};

/** What is wrong with a stretch in the last moment. */
export type Wrong =
  | 'should start'
  | 'should not start'
  | 'should be taken back'
  | 'should have left its slot'
  | 'should still hold its slot'
  | 'should be dropped'
  | 'should still be queued'
  | 'should be answered'
  | 'should not be answered'
  | 'should be answered otherwise'
  | 'should be told to stop'
  | 'should not be told to stop';

/** A stretch of one task's life, in one place; or of somebody's wait. Moments are counted from 0. */
export interface Bar {
  /** Whose: the name of the task, or of whoever waits. */
  readonly task: string;
  /** Where it is; of a wait the lane that it is for, or nothing where it is for all. */
  readonly lane: string;
  readonly place: 'queued' | 'active' | 'detached' | 'waiting';
  /** Which slot of its lane, from 1, where it is active: the lowest that was free. */
  readonly slot: number | undefined;
  /** The moment in which it began. */
  readonly from: number;
  /** The moment in which it ended; undefined if it did not. */
  readonly to: number | undefined;
  readonly end: End | undefined;
  /** From which moment on its body will never settle of itself. */
  readonly hungFrom: number | undefined;
  /** In which moments it showed a sign of life. */
  readonly signs: readonly number[];
  /** What is wrong with it in the last moment. One that should start is there as it should be, active from then on. */
  readonly wrong: Wrong | undefined;
}

/** A bar while it is made. */
export type Growing = { -readonly [Field in keyof Bar]: Bar[Field] } & { readonly signs: number[] };

export function begin(task: string, lane: string, place: Bar['place'], from: number): Growing {
  const [slot, to, end, hungFrom, wrong] = [undefined, undefined, undefined, undefined, undefined];
  return { task, lane, place, slot, from, to, end, hungFrom, signs: [], wrong };
}

export function isOpen({ to }: Bar): boolean {
  return to === undefined;
}

/** The lowest slot of the lane that none of these has. */
export function freeSlot(bars: readonly Bar[], lane: string): number {
  const taken = new Set(bars.filter((bar) => bar.lane === lane && isOpen(bar)).map((bar) => bar.slot));
  let free = 1;
  while (taken.has(free)) free += 1;
  return free;
}

/** It should be there, and is not. */
export function isMissing({ place, wrong }: Bar): boolean {
  return place === 'active' && wrong === 'should start';
}

/** What is wrong with it, in words; nothing where that is said of where it should be. */
export function noteOn({ task, place, wrong }: Bar): string | undefined {
  if (wrong === undefined || (place === 'queued' && wrong === 'should start')) return undefined;
  return wrong.includes('answered') && place !== 'waiting' ? `${task}'s caller ${wrong}` : `${task} ${wrong}`;
}
