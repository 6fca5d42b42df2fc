import { expect, it } from 'vitest';
import reference from '../../src/adapters/reference.ts';
import { tell } from '../../src/harness/told.ts';
import { RULES, usualSetup } from '../../src/oracle/index.ts';
import { duration, inDurations } from '../../src/report/duration.ts';
import { htmlOf, markdownOf, textOf, type Verdict } from '../../src/report/index.ts';
import { zoo } from '../zoo/index.ts';
import { verdictOn } from './verdicts.ts';

it.each([
  ['slot-freed-twice', 'main has 1 slot; after this step b may hold one, and nobody else may start.'],
  ['listener-past-the-limit', 'Instead b starts next in main.'],
  ['failure-starts-nothing', 'main has 1 slot, and a has left: b is first in line and must start at once.'],
  [
    'background-first',
    'The line of main, by priority and then by arrival, is c (foreground), b (normal): c comes before b.',
  ],
  ['failure-told-as-success', 'The body of a rejects with an error: its caller must be given that very one, once.'],
  ['end-hides-the-younger', 'By all that was done and seen 1 (b) must be active, 0 queued and 0 without a slot.'],
  [
    'thrower-keeps-the-slot',
    'The body of a throws as soon as it is called: with that it is over, and its slot is free.',
  ],
  ['unknown-lane-is-every-lane', 'The last step is about side: in main all must stay as it was.'],
  ['lanes-never-forgotten', 'The body of a throws as soon as it is called: with that it is over,'],
  ['generation-bump', 'The body of b comes to its end in its slot: that counts, and the slot is free.'],
  ['detach-tells-nobody', 'and its caller, as it was asked for, stays with the body.'],
  [
    'timeout-only-when-wanted',
    'a may be silent for 15 s and showed its last sign of life at 0 s; it is 15 s: its time is over.',
  ],
  ['one-grace-in-a-lifetime', 'its time is not over, for the clock was late, and it has grace until 37.002 s.'],
  ['waiters-not-woken', 'w1 waits for a to leave: by now it must have.'],
  ['closed-too-soon', 'w1 asks now, and a is active there.'],
  ['reset-drops-the-backlog', 'The reset takes back a: it must return 1, and what is queued is kept.'],
  ['clear-forgets-the-callers', 'b leaves the backlog of main, and its caller must be told.'],
  ['aborted-but-still-queued', 'Signal one is that of b, which is queued: it is dropped,'],
  ['paused-but-judged', 'The whole queue is paused: nothing may start, and nobody is judged.'],
  ['closed-but-open', 'The queue was closed before a came: it must be refused, and must not start.'],
  ['minute-not-counted', 'So in this step there may be none.'],
  ['leaving-is-no-move', 'it is 30 s: it has stood still for 15 s and is to be reported from 30 s on.'],
  ['notice-left-armed', 'nobody waits: there is nothing that a timer could be for.'],
  ['told-of-what-was-not', 'there were 0 transitions, and “resume all lanes” makes 0: 0 must have been told.'],
  ['late-failure-astray', 'a rejects after its caller was answered'],
  ['an-empty-warning-too', 'Instead warning of no kind in no lane: of no known kind.'],
])('Of %s it is said by its figures what was promised.', async (name, says) => {
  const { why } = await verdictOn(zoo.find((one) => one.name === name)!);
  expect(why.join(' ')).toContain(says);
});

it('Of every defect it is said what was promised and what came instead, with one way of writing durations.', async () => {
  for (const member of zoo) {
    const verdict = await verdictOn(member);
    const { name } = member;
    const instead = verdict.why.findIndex((sentence) => sentence.startsWith('Instead '));
    expect({ name, isPromiseSaid: instead > 1 }).toEqual({ name, isPromiseSaid: true });
    const [page = ''] = htmlOf({ ...verdict, commands: [] }).split('<script>');
    const reports = [textOf(verdict), markdownOf(verdict).split('<details>')[0]!, page];
    for (const report of reports) expect(report, name).not.toMatch(/\d{4,} ms|undefined/);
  }
});

it('Of a queue that does not come back it is told at what, and drawn as far as anything is known.', async () => {
  const enqueue = { do: 'enqueue', lane: 'main' } as const;
  const [subject, rule] = ['reference', 'work-conserving'] as const;
  const commands = [enqueue, { do: 'wait' }, enqueue, { do: 'complete', lane: 'main', hold: 'oldest' }] as const;
  const setup = usualSetup(reference.contract);
  const stuckAt = async (place: number): Promise<Verdict> => {
    const counterexample = { format: 1, subject, rule, setup, commands: commands.slice(0, place) } as const;
    const { verdict } = await tell(reference, counterexample, { stuck: { how: 'loops for ever', place }, replay: '' });
    return verdict!;
  };
  const third = await stuckAt(3);
  expect(third.moments.map(({ what }) => what)).toEqual([
    'enqueue a in main',
    'w1 waits for what is active in all lanes',
    'enqueue b in main',
  ]);
  expect(third.bars.map(({ task }) => task)).toEqual(['a', 'w1']);
  const fourth = await stuckAt(4);
  expect(fourth.why).toEqual([
    RULES[rule],
    'What the queue does at “complete a” must come to an end: a queue that does not come back starts nothing more.',
    'main has 1 slot, and a has left: b is first in line and must start at once.',
    'Instead the queue loops for ever.',
    'In main, before the last step: a active; b queued. After it there must be: b active; nothing queued.',
  ]);
  expect(fourth.bars.filter(({ to, wrong }) => to !== undefined || wrong !== undefined)).toEqual([]);
});

it.each([
  [0, '0 s'],
  [1, '1 ms'],
  [1_000, '1 s'],
  [29_999, '29.999 s'],
  [600_000, '600 s'],
  [Infinity, 'for ever'],
])('%d is said as %s', (ms, says) => {
  expect(duration(ms)).toBe(says);
  expect(inDurations(`held ${ms} ms, 2 active`)).toBe(
    ms === Infinity ? 'held Infinity ms, 2 active' : `held ${says}, 2 active`,
  );
});
