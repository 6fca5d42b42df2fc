/**
 * What the oracle finds in published versions of other people's queues: installs them, puts each to the test in a process of
 * its own, and writes docs/field-study.md. Exits with 1 if a defect was not found, or if a version that should not breaks a
 * rule and nobody has said why that is a defect.
 */
import { writeFileSync } from 'node:fs';
import { DEFECTS, NEWEST } from './field/defects.ts';
import { page, unargued, type Newest } from './field/page.ts';
import { loops, study, studyPair, type Finding, type Outcome } from './field/study.ts';
import { progress } from './peers/progress.ts';

const SEEDS = [1, 2, 3, 4, 5];

const outcomes: Outcome[] = [];
for (const defect of DEFECTS) outcomes.push(await studyPair(defect));
const newest: Newest[] = [];
for (const [kind, version] of NEWEST) {
  const findings: Finding[] = [];
  for (const seed of SEEDS) {
    const hasLooped = findings.some(({ loopedAfter }) => loopedAfter !== undefined);
    findings.push(await study(kind, version, seed, !hasLooped));
  }
  const hasLooped = findings.some(({ loopedAfter }) => loopedAfter !== undefined);
  newest.push({ kind, version, findings, loops: hasLooped && (await loops(kind, version)) });
}
progress('');
const text = page(outcomes, newest);
writeFileSync('docs/field-study.md', `${text}\n`);
console.log(text);
const open = unargued(outcomes, newest);
for (const name of open) console.error(`not argued: ${name}`);
process.exitCode = open.length > 0 || outcomes.some(({ found }) => found === undefined) ? 1 : 0;
