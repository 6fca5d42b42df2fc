/**
 * What each ingredient of generation is worth: the known-bad queues, looked for with one ingredient at a time left out, over
 * some seeds (default 5). Prints the page and writes it to docs/ablation.md.
 */
import { writeFileSync } from 'node:fs';
import { blind } from '../test/zoo/blind.ts';
import { zoo } from '../test/zoo/index.ts';
import type { Errand } from './ablation/detections.ts';
import { page, type Result } from './ablation/page.ts';
import { ways } from './ablation/ways.ts';
import { crew } from './crew.ts';
import { USUAL_BUDGET } from '../src/search/budget.ts';

const seeds = Number(process.argv[2] ?? 5);
const errands = ways.flatMap((way) =>
  zoo.map(({ name }): Errand => ({ member: name, way: way.name, seeds, budget: USUAL_BUDGET })),
);
const found = await crew<readonly number[]>(new URL('ablation/child.js', import.meta.url), errands);
const results = ways.map((way, nth): Result => ({
  way,
  finds: zoo.map((member, place) => ({
    member: member.name,
    isBlind: blind.includes(member),
    commands: found[nth * zoo.length + place]!,
  })),
}));
const text = page(results, seeds, USUAL_BUDGET);
writeFileSync('docs/ablation.md', `${text}\n`);
console.log(text);
