import type { Program, RuleName } from '../../src/oracle/index.ts';
import { progress } from '../peers/progress.ts';
import { send, type Broken, type Errand, type Report } from './crew.ts';
import { LOOP, type Defect } from './defects.ts';
import { install } from './install.ts';
import { LIBRARIES, type Kind } from './versions.ts';
import { USUAL_BUDGET } from '../../src/search/budget.ts';

/** What became of one version, for one seed. */
export interface Finding extends Report {
  /** After how many commands it looped for ever, if it did; the rest is of another run, without the calls that it takes. */
  readonly loopedAfter: number | undefined;
}

/** What became of one that was mended: what was found in it, and what in the version that mended it. */
export interface Outcome {
  readonly defect: Defect;
  readonly found: Broken | undefined;
  /** The rule that the commands which break the buggy version break in the mended one; undefined if they break none. */
  readonly stillBroken: RuleName | undefined;
  /** How the mended version breaks that rule by other commands. */
  readonly otherwise: readonly Broken[];
}

/** Puts one version to the test, in its default budget. */
export async function study(kind: Kind, version: string, seed: number, mayLoop = true): Promise<Finding> {
  progress(`${kind} ${version}, seed ${seed}`);
  const errand = errandFor(kind, version, seed);
  if (mayLoop) {
    const answer = await send(errand);
    if ('report' in answer) return { ...answer.report, loopedAfter: undefined };
    const { silentAfter: loopedAfter } = answer;
    return { ...(await study(kind, version, seed, false)), loopedAfter };
  }
  const answer = await send({ ...errand, terms: { callsInside: { body: ['enqueue'], caller: ['enqueue'] } } });
  if ('report' in answer) return { ...answer.report, loopedAfter: undefined };
  throw new Error(`${kind} ${version}: loops for ever without a call from inside as well.`);
}

export async function studyPair(defect: Defect): Promise<Outcome> {
  const { kind, buggy, fixed, rule, chargedTo = rule } = defect;
  const found = ofRule(await study(kind, buggy, 1), chargedTo);
  const { broken } = await study(kind, fixed, 1);
  const otherwise = broken.filter((one) => [rule, chargedTo].includes(one.rule));
  const again = found && (await run(kind, fixed, found.program));
  return { defect, found, stillBroken: again?.broken[0]?.rule, otherwise };
}

/** Whether the commands that are known to make a queue loop for ever do. */
export async function loops(kind: Kind, version: string): Promise<boolean> {
  return (await run(kind, version, LOOP.program)) === undefined;
}

async function run(kind: Kind, version: string, program: Program): Promise<Report | undefined> {
  const answer = await send({ ...errandFor(kind, version, 1), program });
  return 'report' in answer ? answer.report : undefined;
}

function errandFor(kind: Kind, version: string, seed: number): Errand {
  return { kind, version, folder: install(LIBRARIES[kind].package, version), seed, budget: USUAL_BUDGET };
}

function ofRule({ broken }: Report, rule: RuleName): Broken | undefined {
  return broken.find((one) => one.rule === rule);
}
