import { RULE_NAMES, type Contract, type Program, type RuleName } from '../../oracle/index.ts';
import { USUAL_BUDGET } from '../budget.ts';
import type { CampaignOptions, Progress, Report, RuleVerdict } from '../campaign.ts';
import { simplerPrograms } from '../shrink.ts';
import type { LastSeen } from './flight-recorder.ts';
import { ruleOf, withLoss, type Loss } from './loss.ts';
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
    const { seed = 1, budget = USUAL_BUDGET, exhaustiveTo = 3 } = this.#options;
    let left = budget;
    for (let lost = 0; lost < MOST_LOST && left > 0 && !this.#isStopped; lost += 1) {
      // What comes after a loss is drawn otherwise, so that it does not come to the same.
      const part = { seed: (seed + lost) | 0, budget: left, exhaustiveTo: lost === 0 ? exhaustiveTo : 0 };
      const carriedOut = await this.#part(part);
      if (carriedOut === undefined) break;
      left -= carriedOut;
    }
    return withLoss(merged(this.#parts, seed), this.#loss);
  }

  get #isStopped(): boolean {
    return this.#options.signal?.aborted === true;
  }

  /** A part of the campaign, to its end or to a loss; how many commands it had come to by then, undefined at the end. */
  async #part(part: { seed: number; budget: number; exhaustiveTo: number }): Promise<number | undefined> {
    const { until, onProgress, onBroken, signal, budget = USUAL_BUDGET } = this.#options;
    const [before, runsBefore] = [this.#sum('commands'), this.#sum('runs')];
    const options = { ...part, ...(until !== undefined && { until }) };
    const tell = (progress: Progress): void => {
      const [commands, runs] = [before + progress.commands, runsBefore + progress.runs];
      onProgress?.({ ...progress, commands, runs, share: Math.min(1, commands / budget) });
    };
    const asking = { patienceMs: this.#patienceMs, onProgress: tell, onBroken, signal };
    const answer = await this.#thread.ask({ kind: 'campaign', options }, asking);
    if (answer.kind === 'report') this.#parts.push(answer.report);
    if (answer.kind !== 'lost') return undefined;
    this.#loss ??= await this.#shortest(answer);
    await this.#again({ ...options, budget: answer.commands });
    return Math.max(1, answer.commands);
  }

  #sum(one: 'commands' | 'runs'): number {
    return this.#parts.reduce((total, part) => total + part[one], 0);
  }

  /** The same again, up to the run that was the last; where the queue is lost while something is made short, nothing is. */
  async #again(given: CampaignOptions & { readonly budget: number }): Promise<void> {
    // Where no run had come to its end none is begun; and nobody waits for what he has stopped.
    const isNothing = given.budget === 0 || this.#isStopped;
    const options = isNothing ? { ...given, budget: 0, exhaustiveTo: 0 } : given;
    const asking = { patienceMs: this.#patienceMs };
    for (const shorten of [true, false]) {
      const answer = await this.#thread.ask({ kind: 'campaign', options: { ...options, shorten } }, asking);
      if (answer.kind !== 'report') continue;
      this.#parts.push(answer.report);
      return;
    }
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
    for (let isShorter = true; isShorter && waits < MOST_WAITS && !this.#isStopped;) {
      isShorter = false;
      for (const { program: simpler } of simplerPrograms(contract, program)) {
        if (this.#isStopped) break;
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
    const patienceMs = Math.min(SHORT_PATIENCE_MS, this.#patienceMs);
    const answer = await this.#thread.ask({ kind: 'run', program, epilogue }, { patienceMs });
    return answer.kind === 'lost' ? answer.lastSeen : undefined;
  }

  async #contract(): Promise<{ contract: Contract }> {
    const answer = await this.#thread.ask({ kind: 'contract' }, { patienceMs: this.#patienceMs });
    if (answer.kind !== 'ready') throw new Error('The queue is lost before it has done anything.');
    return answer;
  }
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
