import { describe, expect, it } from 'vitest';
import { campaign, replay } from '../../src/search/index.ts';
import { zoo } from '../zoo/index.ts';
import { loadPatched } from '../zoo/patched.ts';

describe.each(zoo)('$name', ({ rule, length, load }) => {
  // One seed here; `npm run zoo` tries fifty.
  it(`is caught on ${rule} by ${length} commands, by chance alone`, async () => {
    const adapter = await load();
    const { rules } = await campaign(adapter, { seed: 1, until: rule, exhaustiveTo: 0 });
    const { counterexample } = rules[rule];
    expect(counterexample?.commands).toHaveLength(length);
    expect(await replay(adapter, counterexample!)).toMatchObject({ divergence: { rule } });
  });
});

it('A defect whose place in the source has changed is refused, and not silently tested without it.', async () => {
  await expect(loadPatched('gone', [{ file: 'queue.ts', find: 'no such text', replace: '' }])).rejects.toThrow(
    'gone: the text to replace occurs 0 times in queue.ts, not once',
  );
  await expect(loadPatched('vague', [{ file: 'queue.ts', find: 'this.', replace: '' }])).rejects.toThrow('not once');
});
