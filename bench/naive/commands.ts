import fc from 'fast-check';
import { PRIORITIES, promises, type Contract, type RuleName } from '../../src/oracle/index.ts';
import { SIGNALS } from '../../src/oracle/command.ts';
import { Advance } from './advance.ts';
import { Complete, Fail, Hang, Progress, SettleLate } from './bodies.ts';
import { Clear, Configure, Pause, Reset, Resume } from './lanes.ts';
import type { Model, Real } from './lockstep.ts';
import { Abort, Enqueue, type Request } from './tasks.ts';
import { Close, GiveUpWaiting, Wait, WaitForRest } from './waiting.ts';

type Drawn = fc.Arbitrary<fc.AsyncCommand<Model, Real>>;

/**
 * One arbitrary for each thing that a user or a body can do, all alike, each parameter drawn from all its values alike; an
 * option that is left out is one value of it more. What is not promised is not offered.
 */
export function commands(contract: Contract): Drawn[] {
  const { lanes, liveConcurrency } = contract;
  const where = (rule: RuleName, ...drawn: Drawn[]): Drawn[] => (promises(contract, rule) ? drawn : []);
  const takesBack = (['reset', 'no-permanent-saturation', 'timeout'] as const).some((rule) => promises(contract, rule));
  const index = fc.nat();
  const ms = fc.integer({ min: 0, max: 60_000 });
  const maybeMs = fc.option(ms, { nil: undefined });
  const lane = fc.constantFrom(...lanes);
  const laneOrAll = fc.constantFrom(undefined, ...lanes);
  const wait = fc.record({ lane: laneOrAll, timeoutMs: maybeMs, signal: fc.boolean() });
  return [
    request(contract, false).map((drawn) => new Enqueue(drawn)),
    ...where(
      'callback-safe',
      request(contract, true).map((drawn) => new Enqueue(drawn)),
    ),
    index.map((drawn) => new Complete(drawn)),
    index.map((drawn) => new Fail(drawn)),
    index.map((drawn) => new Hang(drawn)),
    ...where(
      'progress',
      index.map((drawn) => new Progress(drawn)),
    ),
    ...(takesBack
      ? [fc.tuple(index, fc.constantFrom('fulfilled', 'rejected')).map(([drawn, how]) => new SettleLate(drawn, how))]
      : []),
    ...where(
      'reset',
      laneOrAll.map((drawn) => new Reset(drawn)),
    ),
    ...where(
      'clear',
      laneOrAll.map((drawn) => new Clear(drawn)),
    ),
    ...where(
      'pause',
      laneOrAll.map((drawn) => new Pause(drawn)),
      laneOrAll.map((drawn) => new Resume(drawn)),
    ),
    ...(liveConcurrency.length > 0
      ? [fc.tuple(lane, fc.constantFrom(...liveConcurrency)).map(([drawn, slots]) => new Configure(drawn, slots))]
      : []),
    ...where(
      'abort',
      fc.constantFrom('one', 'other').map((drawn) => new Abort(drawn)),
    ),
    ...where(
      'waiters',
      wait.map((drawn) => new Wait(drawn)),
      wait.map((drawn) => new WaitForRest(drawn)),
      index.map((drawn) => new GiveUpWaiting(drawn)),
    ),
    ...where(
      'close',
      // A deadline of no time at all is refused as bad input.
      fc.option(fc.integer({ min: 1, max: 60_000 }), { nil: undefined }).map((drawn) => new Close(drawn)),
    ),
    ms.map((drawn) => new Advance(drawn)),
  ];
}

/** An enqueue with whatever the contract lets a task have; whether its body throws at once is a kind of its own. */
function request(contract: Contract, throws: boolean): fc.Arbitrary<Request> {
  const { lanes, priorities, sources, timeoutsMs, noticeAfterMs } = contract;
  return fc.record({
    lane: fc.constantFrom(...lanes),
    priority: priorities.length > 0 ? fc.constantFrom(...priorities) : fc.constant(PRIORITIES[1]),
    // Of a task that came and went in one step the model does not know that its source threw.
    source: fc.constantFrom(undefined, ...sources.filter((source) => !throws || source !== 'throws')),
    detach: contract.detach ? fc.boolean() : fc.constant(false),
    timeoutMs: fc.constantFrom(undefined, ...timeoutsMs),
    signal: fc.constantFrom(undefined, ...(promises(contract, 'abort') ? SIGNALS : [])),
    throws: fc.constant(throws),
    noticeAfterMs: fc.constantFrom(undefined, noticeAfterMs),
  });
}
