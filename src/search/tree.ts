import {
  drive,
  initialState,
  resolve,
  type Adapter,
  type Command,
  type Contract,
  type Program,
  type RuleName,
  type Run,
  type State,
} from '../oracle/index.ts';
import { asksFor } from './foresight.ts';

/** Where a search of every sequence goes. */
export interface Sequences {
  readonly setup: Program['setup'];
  /** What sequences are made of, in the order in which they are tried. */
  readonly letters: readonly Command[];
  /** Sequences have up to so many commands. */
  readonly longest: number;
  /** Default true. */
  readonly epilogue?: boolean;
  /** Of the longest only those are carried out whose last command asks for this rule. */
  readonly asking?: RuleName | undefined;
  /** It ends before a length for which more sequences would have to be looked at, or carried out. Default: none. */
  readonly most?: { readonly looks: number; readonly runs: number } | undefined;
  /** One of so many parts, from 0, which together are the whole and have nothing in common. Default: the whole. */
  readonly part?: { readonly nth: number; readonly of: number } | undefined;
}

/** Sequences so long are in the first part; what goes on from them is dealt out among all. */
const SHARED_LENGTH = 2;

/** A sequence that was carried out, and what came of it. */
export interface Visit<Outcome = Run> {
  readonly program: Program;
  readonly run: Outcome;
}

/** Carries a program out, as `drive` does, or remembers what came of it. */
export type Runner<Outcome> = (program: Program, epilogue: boolean) => Promise<Outcome>;

interface Node {
  readonly commands: readonly Command[];
  readonly state: State;
}

/** Which name something new gets does not matter here, but that nothing else has it. */
const NEW_NAME = { task: () => 'new', waiter: () => 'new' };

/**
 * Carries out every sequence of a scope on the real queue, the shortest first, and those of one length in the order of
 * their letters. Left out are only those of which it is certain that they add nothing, whatever the queue may hide:
 * - a command that means nothing is not carried out, so that the sequence without it is the same;
 * - of commands that come to the same event, one is enough;
 * - after a divergence the model knows nothing.
 */
export function everySequence(adapter: Adapter, sequences: Sequences): AsyncGenerator<Visit> {
  return everySequenceBy((program, epilogue) => drive(adapter, program, { epilogue }), adapter.contract, sequences);
}

/** The same, carried out by whatever is handed in. */
export async function* everySequenceBy<Outcome extends Pick<Run, 'stateAfter'>>(
  run: Runner<Outcome>,
  contract: Contract,
  { setup, letters, longest, epilogue = true, asking, most, part = { nth: 0, of: 1 } }: Sequences,
): AsyncGenerator<Visit<Outcome>> {
  let nodes: Node[] = [{ commands: [], state: initialState(contract, setup) }];
  for (let length = 1; length <= longest; length += 1) {
    if (length === SHARED_LENGTH + 1) nodes = nodes.filter((_, place) => place % part.of === part.nth);
    const isMine = length > SHARED_LENGTH || part.nth === 0;
    const looks = nodes.length * letters.length;
    // Where all can be carried out all are.
    const rule = length === longest && looks > (most?.runs ?? 0) ? asking : undefined;
    if (most !== undefined && looks > (rule === undefined ? most.runs : most.looks)) return;
    const longer: Node[] = [];
    let runs = 0;
    for (const { commands: before, state } of nodes) {
      for (const letter of distinct(contract, state, letters, rule)) {
        if (runs === most?.runs) return;
        runs += 1;
        const commands = [...before, letter];
        const program = { setup, commands };
        const outcome = await run(program, epilogue);
        if (isMine) yield { program, run: outcome };
        if (outcome.stateAfter !== undefined && length < longest) longer.push({ commands, state: outcome.stateAfter });
      }
    }
    nodes = longer;
  }
}

/** The letters that mean something in this state, not the same as one before them, and that ask for the rule if there is one. */
function distinct(
  contract: Contract,
  state: State,
  letters: readonly Command[],
  rule: RuleName | undefined,
): Command[] {
  const known = new Set<string>();
  return letters.filter((letter) => {
    const event = resolve(contract, state, letter, NEW_NAME);
    if (event === undefined) return false;
    const text = JSON.stringify(event);
    if (known.has(text)) return false;
    known.add(text);
    return rule === undefined || asksFor(rule, contract, state, event);
  });
}
