import { describe, expect, it } from 'vitest';
import { campaign, replay } from '../../src/search/index.ts';
import { known } from '../zoo/known.ts';
import { zoo } from '../zoo/index.ts';
import { loadPatched } from '../zoo/patched.ts';

describe.each(zoo)('$name', ({ name, rule, length, load }) => {
  it(`breaks ${rule} by ${length} commands that are known.`, async () => {
    const { setup, commands } = known(name);
    expect(commands).toHaveLength(length);
    const adapter = await load();
    const run = await replay(adapter, { format: 1, subject: name, rule, setup, commands });
    expect(run).toMatchObject({ divergence: { rule } });
  });
});

// A few, and none that takes long to certify; `npm run power` tries all, over many seeds.
describe.each(zoo.filter(({ length }) => length <= 3).slice(0, 3))('$name', ({ rule, length, load }) => {
  it(`is caught on ${rule} by chance alone, and comes to ${length} commands.`, async () => {
    const { rules } = await campaign(await load(), { seed: 1, until: rule, exhaustiveTo: 0 });
    expect(rules[rule].counterexample?.commands).toHaveLength(length);
  });
});

it('A defect whose place in the source has changed is refused, and not silently tested without it.', async () => {
  await expect(loadPatched('gone', [{ file: 'queue.ts', find: 'no such text', replace: '' }])).rejects.toThrow(
    'gone: the text to replace occurs 0 times in queue.ts, not once',
  );
  await expect(loadPatched('vague', [{ file: 'queue.ts', find: 'this.', replace: '' }])).rejects.toThrow('not once');
});
