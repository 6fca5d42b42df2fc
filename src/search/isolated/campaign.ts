import { promises, RULE_NAMES, type Contract, type Program, type RuleName } from '../../oracle/index.ts';
import type { CampaignOptions, Report, RuleVerdict, Stuck } from '../campaign.ts';
import { simplerPrograms } from '../shrink.ts';
import type { LastSeen } from './flight-recorder.ts';
import { WatchedThread, type Lost } from './thread.ts';

export interface IsolatedOptions extends CampaignOptions {
  /** How long a queue may stay in one command before it is taken to stay for ever. Default 3 000. */
  readonly patienceMs?: number;
}

/** Where a queue has been seen to stay for ever, this is enough to see it again. */
const SHORT_PATIENCE_MS = 500;
/** After so many the campaign ends: each takes its time, and more of them say nothing new. */
const MOST_LOST = 3;
/** Shrinking waits for a thread to be lost so many times at most. */
const MOST_WAITS = 40;

/**
 * A campaign in a thread of its own. A queue that loops for ever, takes all the memory or ends the process is stopped and
 * reported with the commands that led there, made short, and the campaign goes on.
 *
 * @param module where the adapter is the default export: a URL.
 */
export async function isolatedCampaign(module: string, options: IsolatedOptions = {}): Promise<Report> {
  const thread = new WatchedThread(module);
  try {
    return await new Isolated(thread, options).run();
  } finally {
    await thread.close();
  }
}

/** The program from which the queue did not come back, and the rule that this breaks. */
interface Loss {
  readonly rule: RuleName;
  readonly program: Program;
  readonly stuck: Stuck;
}

class Isolated {
  readonly #thread: WatchedThread;
  readonly #options: CampaignOptions;
  readonly #patienceMs: number;
  readonly #parts: Report[] = [];
  #loss: Loss | undefined;

  constructor(thread: WatchedThread, { patienceMs = 3_000, ...options }: IsolatedOptions) {
    this.#thread = thread;
    this.#patienceMs = patienceMs;
    this.#options = options;
  }

  async run(): Promise<Report> {
    const { seed = 1, budget = 50_000, exhaustiveTo = 3 } = this.#options;
    let left = budget;
    for (let lost = 0; lost < MOST_LOST && left > 0; lost += 1) {
      // What comes after a loss is drawn otherwise, so that it does not come to the same.
      const part = { seed: (seed + lost) | 0, budget: left, exhaustiveTo: lost === 0 ? exhaustiveTo : 0 };
      const carriedOut = await this.#part(part);
      if (carriedOut === undefined) break;
      left -= carriedOut;
    }
    return withLoss(merged(this.#parts, seed), this.#loss);
  }

  /** A part of the campaign, to its end or to a loss; how many commands it had come to by then, undefined at the end. */
  async #part(part: { seed: number; budget: number; exhaustiveTo: number }): Promise<number | undefined> {
    const { until, onProgress } = this.#options;
    const before = this.#parts.reduce((sum, { commands }) => sum + commands, 0);
    const options = { ...part, ...(until !== undefined && { until }) };
    const tell = (commands: number): void => onProgress?.(before + commands, 0);
    const answer = await this.#thread.ask({ kind: 'campaign', options }, this.#patienceMs, tell);
    if (answer.kind === 'report') this.#parts.push(answer.report);
    if (answer.kind !== 'lost') return undefined;
    this.#loss ??= await this.#shortest(answer);
    // The same again, up to the run that was the last.
    const again = { ...options, budget: answer.commands, shorten: false };
    const known =
      answer.commands > 0 ? await this.#thread.ask({ kind: 'campaign', options: again }, this.#patienceMs) : undefined;
    if (known?.kind === 'report') this.#parts.push(known.report);
    return Math.max(1, answer.commands);
  }

  /** The program of a loss, as short as it could be made. */
  async #shortest({ how, lastSeen }: Lost): Promise<Loss> {
    const { contract } = await this.#contract();
    const { commands } = lastSeen.program;
    const isInEpilogue = lastSeen.place > commands.length;
    let program = isInEpilogue
      ? lastSeen.program
      : { ...lastSeen.program, commands: commands.slice(0, lastSeen.place) };
    let last = (await this.#lost(program, isInEpilogue)) ?? lastSeen;
    let waits = 0;
    for (let isShorter = true; isShorter && waits < MOST_WAITS;) {
      isShorter = false;
      for (const { program: simpler } of simplerPrograms(contract, program)) {
        const seen = await this.#lost(simpler, isInEpilogue);
        if (seen === undefined) continue;
        waits += 1;
        [program, last, isShorter] = [simpler, seen, true];
        break;
      }
    }
    return { rule: ruleOf(contract), program, stuck: { how, place: last.place } };
  }

  /** Where a program gets lost; undefined if it comes to its end. */
  async #lost(program: Program, epilogue: boolean): Promise<LastSeen | undefined> {
    const answer = await this.#thread.ask(
      { kind: 'run', program, epilogue },
      Math.min(SHORT_PATIENCE_MS, this.#patienceMs),
    );
    return answer.kind === 'lost' ? answer.lastSeen : undefined;
  }

  async #contract(): Promise<{ contract: Contract }> {
    const answer = await this.#thread.ask({ kind: 'contract' }, this.#patienceMs);
    if (answer.kind !== 'ready') throw new Error('The queue is lost before it has done anything.');
    return answer;
  }
}

/** A queue that never comes back starts nothing more; where it does not promise to, it is an error like any other. */
function ruleOf(contract: Contract): RuleName {
  return promises(contract, 'work-conserving') ? 'work-conserving' : 'no-stray-errors';
}

/** Nothing is graver: whatever else has broken the rule, this is shown. */
function withLoss(report: Report, loss: Loss | undefined): Report {
  if (loss === undefined) return report;
  const { rule, program, stuck } = loss;
  const counterexample = { format: 1, subject: report.subject, rule, ...program } as const;
  const { exercised } = report.rules[rule];
  return { ...report, rules: { ...report.rules, [rule]: { status: 'broken', exercised, counterexample, stuck } } };
}

const GRAVITY: readonly RuleVerdict['status'][] = ['broken', 'holds', 'tested', 'not-reached', 'not-promised'];

/** What several campaigns on one queue come to. */
function merged(parts: readonly Report[], seed: number): Report {
  const [first] = parts;
  if (first === undefined) throw new Error('The queue never came back from its first command.');
  const sum = (one: 'commands' | 'runs'): number => parts.reduce((total, part) => total + part[one], 0);
  const verdict = (rule: RuleName): RuleVerdict => {
    const all = parts.map(({ rules }) => rules[rule]);
    const gravest = GRAVITY.map((status) => all.find((one) => one.status === status)).find((one) => one !== undefined)!;
    return { ...gravest, exercised: all.reduce((total, { exercised }) => total + exercised, 0) };
  };
  const rules = Object.fromEntries(RULE_NAMES.map((rule) => [rule, verdict(rule)])) as Record<RuleName, RuleVerdict>;
  return { subject: first.subject, seed, commands: sum('commands'), runs: sum('runs'), rules };
}
