import {
  drive,
  initialState,
  resolve,
  type Adapter,
  type Command,
  type Program,
  type Run,
  type State,
} from '../oracle/index.ts';

/** Where a search of every sequence goes. */
export interface Sequences {
  readonly setup: Program['setup'];
  /** What sequences are made of, in the order in which they are tried. */
  readonly letters: readonly Command[];
  /** Sequences have up to so many commands. */
  readonly longest: number;
  /** Default true. */
  readonly epilogue?: boolean;
}

/** A sequence that was carried out, and what came of it. */
export interface Visit {
  readonly program: Program;
  readonly run: Run;
}

interface Node {
  readonly commands: readonly Command[];
  readonly state: State;
}

/** Names do not matter where events are only compared. */
const ANY_NAME = { task: () => 'a', waiter: () => 'w' };

/**
 * Carries out every sequence of a scope on the real queue, the shortest first, and those of one length in the order of
 * their letters. Left out are only those of which it is certain that they add nothing, whatever the queue may hide:
 * - a command that means nothing is not carried out, so that the sequence without it is the same;
 * - of commands that come to the same event, one is enough;
 * - after a divergence the model knows nothing.
 */
export async function* everySequence(
  adapter: Adapter,
  { setup, letters, longest, epilogue }: Sequences,
): AsyncGenerator<Visit> {
  let nodes: Node[] = [{ commands: [], state: initialState(adapter.contract, setup) }];
  for (let length = 1; length <= longest; length += 1) {
    const longer: Node[] = [];
    for (const node of nodes) {
      for (const letter of distinct(adapter, node.state, letters)) {
        const commands = [...node.commands, letter];
        const program = { setup, commands };
        const run = await drive(adapter, program, epilogue === undefined ? {} : { epilogue });
        yield { program, run };
        if (run.stateAfter !== undefined && length < longest) longer.push({ commands, state: run.stateAfter });
      }
    }
    nodes = longer;
  }
}

/** The letters that mean something in this state, and not the same as one before them. */
function distinct({ contract }: Adapter, state: State, letters: readonly Command[]): Command[] {
  const known = new Set<string>();
  return letters.filter((letter) => {
    const event = resolve(contract, state, letter, ANY_NAME);
    if (event === undefined) return false;
    const text = JSON.stringify(event);
    if (known.has(text)) return false;
    known.add(text);
    return true;
  });
}
