import { campaign } from '../../src/search/index.ts';
import { zoo } from '../../test/zoo/index.ts';
import { ways } from './ways.ts';

/** One defect, looked for in one way, for seeds from 1 on. */
export interface Errand {
  readonly member: string;
  readonly way: string;
  readonly seeds: number;
  readonly budget: number;
}

/** By how many commands it was found, for each seed that found it. */
export async function detections({ member, way, seeds, budget }: Errand): Promise<readonly number[]> {
  const { rule, load } = zoo.find(({ name }) => name === member)!;
  const { options } = ways.find(({ name }) => name === way)!;
  const adapter = await load();
  const found: number[] = [];
  const onBroken = (broken: string, commands: number): void => {
    if (broken === rule) found.push(commands);
  };
  for (let seed = 1; seed <= seeds; seed += 1) {
    await campaign(adapter, {
      seed,
      budget,
      until: rule,
      shorten: false,
      onBroken,
      ...options(adapter.contract),
    });
  }
  return found;
}
