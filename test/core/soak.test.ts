import { expect, it } from 'vitest';
import { soak } from '../../bench/soak.ts';

// Rules: `hygiene`, `conservation`, `exactly-once`, `warnings-bounded`. With a million tasks, and the heap: `npm run soak`.

it('twenty thousand tasks leave nothing behind', async () => {
  const { checks } = await soak({ tasks: 20_000, seed: 1 });
  expect(checks.filter(({ isMet }) => !isMet)).toEqual([]);
  expect(checks.length).toBeGreaterThan(20);
});
