import fc from 'fast-check';
import { expect, it } from 'vitest';
import reference, { referenceContract } from '../../src/adapters/reference.ts';
import {
  drive,
  usualSetup,
  type Adapter,
  type Command,
  type Event,
  type Observed,
  type RuleName,
} from '../../src/oracle/index.ts';
import { scenes } from '../../src/search/scenes.ts';
import { campaign, coreAlphabet, everySequence, ProgramArbitrary } from '../../src/search/index.ts';
import { zoo } from '../zoo/index.ts';

async function member(name: string): Promise<Adapter> {
  return zoo.find((one) => one.name === name)!.load();
}

it('The same seed finds the same, to the byte.', async () => {
  const adapter = await member('body-not-told');
  const once = await campaign(adapter, { seed: 7, budget: 500, exhaustiveTo: 0 });
  const again = await campaign(adapter, { seed: 7, budget: 500, exhaustiveTo: 0 });
  expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  const other = await campaign(adapter, { seed: 8, budget: 500, exhaustiveTo: 0 });
  expect(JSON.stringify(other)).not.toBe(JSON.stringify(once));
});

it('A rule that nothing asked for is said to be not reached, which is no pass.', async () => {
  const { rules } = await campaign(reference, { budget: 1, exhaustiveTo: 1 });
  expect(rules['sibling-safe']).toEqual({ status: 'not-reached', exercised: 0 });
});

it('Nor is a rule of which the queue shows nothing: what is demanded and cannot be seen does not count.', async () => {
  const silent: Adapter = {
    ...reference,
    make(surroundings) {
      const subject = reference.make(surroundings);
      return { ...subject, counts: (lane) => ({ detached: subject.counts!(lane).detached ?? 0 }) };
    },
  };
  const { rules } = await campaign(silent, { budget: 2_000 });
  expect(rules.isolation).toEqual({ status: 'not-reached', exercised: 0 });
  expect(rules.capacity.status).toBe('holds');
});

it('A rule that is not promised is neither checked nor counted.', async () => {
  const { rules } = await campaign(await member('queued-counts-what-runs'), { seed: 1, budget: 1_000 });
  const commandsOf = (rule: RuleName): string[] | undefined =>
    rules[rule].counterexample?.commands.map((command) => command.do);
  expect(commandsOf('conservation')).toEqual(['enqueue']);
  expect(commandsOf('pause')).toEqual(['pause', 'enqueue', 'resume']);
  expect(commandsOf('capacity')).toBeUndefined();
});

it('Every sequence is carried out, but for those that certainly add nothing.', async () => {
  const letters = coreAlphabet(referenceContract);
  const scope = { setup: usualSetup(referenceContract), letters, longest: 4 };
  const carriedOut: string[] = [];
  for await (const { program } of everySequence(reference, scope)) carriedOut.push(JSON.stringify(program.commands));
  expect([letters.length, carriedOut.length, new Set(carriedOut).size]).toEqual([12, 998, 998]);
  // Whoever leaves nothing out sees the same events, and no others.
  const seen = async (commands: readonly Command[]): Promise<string> => {
    const events: Event[] = [];
    await drive(reference, { ...scope, commands }, { epilogue: false, observe: ({ event }) => events.push(event) });
    return JSON.stringify(events);
  };
  const shown = new Set([await seen([])]);
  for (const text of carriedOut) shown.add(await seen(JSON.parse(text) as Command[]));
  const triples = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => [a, b, c])));
  const unseen: string[] = [];
  for (const triple of triples) if (!shown.has(await seen(triple))) unseen.push(JSON.stringify(triple));
  expect(unseen).toEqual([]);
});

it('Each call from inside comes to be made in one of its scenes.', async () => {
  const [planted, made] = [new Set<string>(), new Set<string>()];
  for (const program of scenes(referenceContract, usualSetup(referenceContract))) {
    const call = program.commands.find((command) => command.do === 'call from')!;
    const name = JSON.stringify(call);
    // Time passes in all lanes at once: then no call may go from one to another.
    if (call.site === 'notice' && 'lane' in call.call && call.call.lane !== call.lane) continue;
    planted.add(name);
    const observe = ({ state }: Observed): void => void (state.reentered && made.add(name));
    await drive(reference, program, { epilogue: false, observe });
  }
  expect(planted.size).toBeGreaterThan(100);
  expect([...planted].filter((name) => !made.has(name))).toEqual([]);
});

it('Whatever is drawn stays the same through JSON, so that a counterexample is data.', () => {
  fc.assert(
    fc.property(new ProgramArbitrary(referenceContract), (program) => {
      expect(JSON.parse(JSON.stringify(program))).toEqual(program);
    }),
    { numRuns: 50, seed: 1 },
  );
});

it('A certificate says what is shorter than the counterexample, and is proven by the very search it speaks of.', async () => {
  const adapter = await member('waiters-not-woken');
  const { rules } = await campaign(adapter, { seed: 1, until: 'waiters', exhaustiveTo: 0 });
  const { counterexample, certificate } = rules.waiters;
  const { letters, length } = certificate!;
  expect([counterexample!.commands.length, length]).toEqual([3, 2]);
  const scope = { setup: usualSetup(adapter.contract), letters, longest: length, epilogue: false };
  for await (const { run } of everySequence(adapter, scope)) expect(run.divergence?.rule).not.toBe('waiters');
});

it('Of the longest sequences those that do not ask for a rule are left out where that is asked for, and only those.', async () => {
  const adapter = await member('late-completion-frees');
  const scope = { setup: usualSetup(adapter.contract), letters: coreAlphabet(adapter.contract), longest: 4 };
  const seen = async (asking?: 'late-inert'): Promise<[all: string[], broken: string[]]> => {
    const [all, broken]: [string[], string[]] = [[], []];
    for await (const { program, run } of everySequence(adapter, { ...scope, epilogue: false, asking })) {
      const text = JSON.stringify(program.commands);
      all.push(text);
      if (run.divergence?.rule === 'late-inert') broken.push(text);
    }
    return [all, broken];
  };
  const [[all, broken], [some, same]] = [await seen(), await seen('late-inert')];
  expect(same).toEqual(broken);
  expect(broken.length).toBeGreaterThan(0);
  expect(all).toEqual(expect.arrayContaining(some));
  expect(some.length).toBeLessThan(all.length / 2);
});
