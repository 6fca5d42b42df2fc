/**
 * What the harness finds, in figures: every known-bad queue, over many seeds (default 40), beside the naive harness. Prints
 * the page and writes it to docs/power.md. Exits with 1 if a defect was never found.
 */
import { writeFileSync } from 'node:fs';
import { blind } from '../test/zoo/blind.ts';
import { zoo } from '../test/zoo/index.ts';
import { crew } from './crew.ts';
import type { Errand, Power } from './power/measure.ts';
import { page } from './power/page.ts';

const seeds = Number(process.argv[2] ?? 40);
const errands = zoo.map(({ name }): Errand => ({ member: name, seeds }));
const powers = await crew<Power>(new URL('power/child.js', import.meta.url), errands);
const rows = zoo.map((member, place) => ({ member, power: powers[place]!, isBlind: blind.includes(member) }));
const text = page(rows, seeds);
writeFileSync('docs/power.md', `${text}\n`);
console.log(text);
process.exitCode = powers.some(({ usual }) => usual.commands.length === 0) ? 1 : 0;
