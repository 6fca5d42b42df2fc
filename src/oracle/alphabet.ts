import { CALL_SITES, promises, type CallSite, type Contract, type RuleName } from '../model/index.ts';
import type { CallCommand, Command, CommandKind, Deadline, Which } from './command.ts';

const WHICH: readonly Which[] = ['oldest', 'newest'];
const DEADLINES: readonly Deadline[] = ['next', 'ceiling', 'warning'];

/** Every command that a contract offers, by kind, the plainest of each kind first. */
export type Alphabet = { readonly [Kind in CommandKind]: readonly Command[] };

/** What is not promised is not offered: such a command is never generated. */
export function alphabet(contract: Contract): Alphabet {
  const { lanes, liveConcurrency, waits: kinds } = contract;
  const where = (rule: RuleName, commands: readonly Command[]): readonly Command[] =>
    promises(contract, rule) ? commands : [];
  const onHolds = (kind: 'hang' | 'progress' | 'complete' | 'fail'): Command[] =>
    lanes.flatMap((lane) => WHICH.map((hold) => ({ do: kind, lane, hold })));
  const inLanes = (kind: 'reset' | 'clear' | 'pause' | 'resume'): Command[] => [
    { do: kind },
    ...inScope(contract).map((lane): Command => ({ do: kind, lane })),
  ];
  const takesBack =
    (['reset', 'no-permanent-saturation', 'timeout'] as const).some((rule) => promises(contract, rule)) ||
    (promises(contract, 'abort') && contract.abortWhileActive === 'frees-slot');
  return {
    enqueue: enqueues(contract),
    hang: onHolds('hang'),
    progress: where('progress', onHolds('progress')),
    complete: onHolds('complete'),
    fail: onHolds('fail'),
    'settle late': takesBack
      ? WHICH.flatMap((body) =>
          (['fulfilled', 'rejected'] as const).map((how): Command => ({ do: 'settle late', body, how })),
        )
      : [],
    reset: where('reset', inLanes('reset')),
    clear: where('clear', inLanes('clear')),
    pause: where('pause', inLanes('pause')),
    resume: where('pause', inLanes('resume')),
    abort: where('abort', [
      { do: 'abort', signal: 'one' },
      { do: 'abort', signal: 'other' },
    ]),
    configure: lanes.flatMap((lane) =>
      liveConcurrency.map((concurrency): Command => ({ do: 'configure', lane, concurrency })),
    ),
    wait: kinds.includes('left') ? where('waiters', waits(contract, 'wait')) : [],
    'wait for rest': kinds.includes('idle') ? where('waiters', waits(contract, 'wait for rest')) : [],
    'give up waiting': contract.waitsEnd
      ? where(
          'waiters',
          WHICH.map((waiter) => ({ do: 'give up waiting', waiter })),
        )
      : [],
    close: where('close', [{ do: 'close' }, { do: 'close', deadlineMs: 8_000 }]),
    'call from': sitesOf(contract).flatMap((site) =>
      lanes.flatMap((lane) =>
        callsFrom(contract, site, lane).map((call): Command => ({ do: 'call from', site, lane, call })),
      ),
    ),
    advance: [
      ...DEADLINES.map((deadline): Command => ({ do: 'advance', to: 'at', deadline })),
      ...DEADLINES.map((deadline): Command => ({ do: 'advance', to: 'before', deadline })),
      ...DEADLINES.map((deadline): Command => ({ do: 'advance', to: 'after', deadline })),
      { do: 'advance', byMs: 0 },
      { do: 'advance', byMs: 1_000 },
    ],
    oversleep: where(
      'clock',
      [1_001, 1_000, 20_000].flatMap((byMs) =>
        (['next', 'ceiling'] as const).map((deadline): Command => ({ do: 'oversleep', deadline, byMs })),
      ),
    ),
    'set the wall clock': where('clock', [
      { do: 'set the wall clock', byMs: 3_600_000 },
      { do: 'set the wall clock', byMs: -3_600_000 },
    ]),
  };
}

/** From where the queue may be called back. */
export function sitesOf({ callSites, callsInside }: Contract): readonly CallSite[] {
  return callsInside === 'any' ? callSites : CALL_SITES.filter((site) => callsInside[site] !== undefined);
}

/** In each lane: plain ones, those with one thing that is special, and some with two. */
function enqueues(contract: Contract): readonly Command[] {
  const { lanes, priorities, sources, timeoutsMs, noticeAfterMs } = contract;
  type Extras = Omit<Command & { do: 'enqueue' }, 'do' | 'lane'>;
  const ofPriority: Extras[] = priorities.map((priority, place) => (place > 0 ? { priority } : {}));
  const detached: Extras[] = contract.detach ? [{ detach: true }] : [];
  const thrown: Extras[] = promises(contract, 'callback-safe') ? [{ throws: true as const }] : [];
  const special: Extras[] = [
    ...sources.map((source) => ({ source })),
    ...timeoutsMs.map((timeoutMs) => ({ timeoutMs })),
    ...(promises(contract, 'abort') ? (['one', 'other', 'spent'] as const).map((signal) => ({ signal })) : []),
    ...thrown,
    ...(noticeAfterMs === undefined ? [] : [{ notice: true as const }]),
  ];
  const others: Extras[] = [
    ...detached,
    ...special.flatMap((one) => [one, ...detached.map((other) => ({ ...one, ...other }))]),
    ...timeoutsMs.slice(0, 1).flatMap((timeoutMs) => sources.map((source) => ({ timeoutMs, source }))),
    ...special.filter((one) => one.throws !== true).flatMap((one) => thrown.map((other) => ({ ...one, ...other }))),
    ...special.flatMap((one) => ofPriority.slice(1).map((other) => ({ ...one, ...other }))),
  ];
  return lanes.flatMap((lane) =>
    [...ofPriority, ...others].map((extras): Command => ({ do: 'enqueue', lane, ...extras })),
  );
}

/** The lanes that something may be about which is not about all. */
function inScope({ lanes, scope }: Contract): readonly string[] {
  return scope === 'lane' ? lanes : [];
}

function waits(contract: Contract, kind: 'wait' | 'wait for rest'): readonly Command[] {
  const anywhere = [{}, ...inScope(contract).map((lane) => ({ lane }))];
  const plain = anywhere.map((where): Command => ({ do: kind, ...where }));
  if (!contract.waitsEnd) return plain;
  return [
    ...plain,
    ...[{ timeoutMs: 0 }, { timeoutMs: 1_000 }].flatMap((time) => anywhere.map((where) => ({ ...where, ...time }))),
    ...anywhere.map((where) => ({ ...where, signal: true as const })),
    { timeoutMs: 1_000, signal: true as const },
    { signal: 'spent' as const },
  ].map((extras): Command => ({ do: kind, ...extras }));
}

/**
 * What may be called from inside, about the lane in which that is: of two lanes that have something to do at one instant
 * nobody promises which comes first. The queue is closed from bodies alone, and so seldom: not much comes after it.
 */
function callsFrom(contract: Contract, site: CallSite, lane: string): CallCommand[] {
  const { lanes, priorities, liveConcurrency, callsInside } = contract;
  if (callsInside !== 'any') {
    const kinds = callsInside[site] ?? [];
    return callsFrom({ ...contract, priorities: [], callsInside: 'any' }, site, lane).filter(({ do: kind }) =>
      kinds.includes(kind),
    );
  }
  const enqueue: CallCommand[] = [
    { do: 'enqueue', lane },
    ...priorities.slice(1, 2).map((priority): CallCommand => ({ do: 'enqueue', lane, priority })),
    ...(promises(contract, 'callback-safe') ? [{ do: 'enqueue' as const, lane, throws: true as const }] : []),
    ...lanes.filter((other) => other !== lane).map((other): CallCommand => ({ do: 'enqueue', lane: other })),
  ];
  const where = contract.scope === 'lane' ? { lane } : {};
  const waitsFor = (kind: 'left' | 'idle'): boolean => promises(contract, 'waiters') && contract.waits.includes(kind);
  return [
    ...enqueue,
    ...(promises(contract, 'reset') ? [{ do: 'reset' as const, ...where }] : []),
    ...(promises(contract, 'clear') ? [{ do: 'clear' as const, ...where }] : []),
    ...(promises(contract, 'pause')
      ? [
          { do: 'pause' as const, ...where },
          { do: 'resume' as const, ...where },
        ]
      : []),
    ...(promises(contract, 'abort') ? [{ do: 'abort' as const, signal: 'one' as const }] : []),
    ...liveConcurrency.slice(1, 2).map((concurrency): CallCommand => ({ do: 'configure', lane, concurrency })),
    ...(waitsFor('left') ? [{ do: 'wait' as const, ...where }] : []),
    ...(waitsFor('idle') ? [{ do: 'wait for rest' as const, ...where }] : []),
    ...(promises(contract, 'close') && site === 'body' ? [{ do: 'close' as const }] : []),
  ];
}
