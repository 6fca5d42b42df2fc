import { initialState, step as modelStep, type Command, type State } from '../../oracle/index.ts';
import { ALWAYS, type Always } from './always.ts';
import { EVENTUALLY, type Due, type Eventually } from './eventually.ts';
import { mark } from './mark.ts';
import { moves, type StepFunction } from './moves.ts';
import type { Scope } from './scope.ts';
import { SOMETIMES, SOMETIMES_WITH_ROOM, type Sometimes } from './sometimes.ts';

export interface Properties {
  readonly always: Readonly<Record<string, Always>>;
  readonly sometimes: Readonly<Record<string, Sometimes>>;
  readonly eventually: Readonly<Record<string, Eventually>>;
}

/** A property that does not hold. */
export interface Failure {
  readonly kind: keyof Properties;
  readonly property: string;
  /** One of the shortest ways to where it shows; undefined for what was never come upon. */
  readonly path: readonly Command[] | undefined;
}

/** What came of a search. */
export interface Exploration {
  /** Every state that can be reached was visited. Where that is not so, nothing follows from there being no failure. */
  readonly isComplete: boolean;
  readonly states: number;
  readonly transitions: number;
  /** How many moves the state that is farthest away takes. */
  readonly depth: number;
  /** In the order in which they were found, each property once. */
  readonly failures: readonly Failure[];
}

export interface ExploreOptions {
  /** Default: the model's own. */
  readonly step?: StepFunction | undefined;
  /** Default: all that are known. */
  readonly properties?: Properties | undefined;
  /** The search is given up when it has come upon so many. Default: a million. */
  readonly mostStates?: number | undefined;
}

/** All that are known; those that take room, where the scope has it. */
export function propertiesOf({ contract }: Scope): Properties {
  const sometimes = contract.lanes.length > 1 ? { ...SOMETIMES, ...SOMETIMES_WITH_ROOM } : SOMETIMES;
  return { always: ALWAYS, sometimes, eventually: EVENTUALLY };
}

/**
 * Visits every state of the model that can be reached within a scope, nearest first, and holds the properties against all
 * of them. No queue has a part in this: it is the specification that is checked.
 */
export function explore(scope: Scope, options: ExploreOptions = {}): Exploration {
  const { step = modelStep, properties = propertiesOf(scope), mostStates = 1_000_000 } = options;
  return new Explorer(scope, step, properties).run(mostStates);
}

/** A state that was come upon, and how. */
interface Visit {
  readonly state: State;
  readonly from: Visit | undefined;
  readonly command: Command | undefined;
  readonly depth: number;
  /** Where time alone leads, and how long that takes: to one place, but where it is open who is warned. */
  readonly onward: { readonly visit: Visit; readonly afterMs: number }[];
}

class Explorer {
  readonly #scope: Scope;
  readonly #step: StepFunction;
  readonly #always: Map<string, Always>;
  readonly #sometimes: Map<string, Sometimes>;
  readonly #eventually: Map<string, Eventually>;
  readonly #known = new Map<string, Visit>();
  readonly #visits: Visit[] = [];
  readonly #failures: Failure[] = [];
  #transitions = 0;

  constructor(scope: Scope, step: StepFunction, { always, sometimes, eventually }: Properties) {
    this.#scope = scope;
    this.#step = step;
    this.#always = new Map(Object.entries(always));
    this.#sometimes = new Map(Object.entries(sometimes));
    this.#eventually = new Map(Object.entries(eventually));
  }

  run(mostStates: number): Exploration {
    const { contract, setup } = this.#scope;
    this.#visit(initialState(contract, setup), undefined, undefined);
    let done = 0;
    // What is come upon is put at the end, so the list is in order of distance.
    for (; done < this.#visits.length && this.#visits.length <= mostStates; done += 1)
      this.#expand(this.#visits[done]!);
    const isComplete = done === this.#visits.length;
    // On an unfinished graph a path may end for no other reason than that.
    if (isComplete) for (const visit of this.#visits) this.#checkEventually(visit);
    for (const property of this.#sometimes.keys())
      this.#failures.push({ kind: 'sometimes', property, path: undefined });
    return {
      isComplete,
      states: this.#visits.length,
      transitions: this.#transitions,
      depth: this.#visits.at(-1)!.depth,
      failures: this.#failures,
    };
  }

  #visit(state: State, from: Visit | undefined, command: Command | undefined): Visit {
    const name = mark(state);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const visit: Visit = { state, from, command, depth: from === undefined ? 0 : from.depth + 1, onward: [] };
    this.#known.set(name, visit);
    this.#visits.push(visit);
    return visit;
  }

  #expand(from: Visit): void {
    for (const move of moves(this.#scope, this.#step, from.state)) {
      this.#transitions += 1;
      for (const [property, holds] of this.#always) {
        if (!holds(move, this.#scope.contract)) this.#fail('always', property, from, [move.command]);
      }
      for (const [property, isSeen] of this.#sometimes) if (isSeen(move)) this.#sometimes.delete(property);
      const to = this.#visit(move.after, from, move.command);
      if (isOnlyTime(move.command)) from.onward.push({ visit: to, afterMs: move.after.now - from.state.now });
    }
  }

  #checkEventually(visit: Visit): void {
    for (const [property, dueIn] of this.#eventually) {
      for (const due of dueIn(visit.state)) {
        const path = wayPast(visit, due, undefined);
        if (path === undefined) continue;
        this.#fail('eventually', property, visit, path);
        break;
      }
    }
  }

  /** It is found where it shows first; it shows in many other places. */
  #fail(kind: 'always' | 'eventually', property: string, at: Visit, then: readonly Command[]): void {
    this.#failures.push({ kind, property, path: [...wayTo(at), ...then] });
    (kind === 'always' ? this.#always : this.#eventually).delete(property);
  }
}

function wayTo({ from, command }: Visit): Command[] {
  return from === undefined ? [] : [...wayTo(from), command!];
}

/** To the next deadline and no further: nobody does anything. */
function isOnlyTime(command: Command): boolean {
  return command.do === 'advance' && 'deadline' in command && command.to === 'at' && command.deadline === 'next';
}

/**
 * A way on which time alone passes and what is due is not done when it should be; undefined if there is none.
 *
 * Each state is the start of a walk of its own, which goes on until the thing is done, or its time is over, or nothing more
 * would ever happen, or time stands still: only the first stop may take none, where something is due already. Only what is
 * done is a success. Where states lead back to themselves the walk goes round and round, and its time runs out: that a
 * state was met before says nothing here. That is why this is right on cycles, where a search that ends its paths at known
 * states is not; and it comes to an end because every other stop takes a millisecond at least, of a time that is bounded.
 */
function wayPast(visit: Visit, due: Due, elapsedMs: number | undefined): Command[] | undefined {
  if (due.withinMs === Infinity || due.isDone(visit.state)) return undefined;
  if (visit.onward.length === 0) return [];
  for (const { visit: next, afterMs } of visit.onward) {
    const sumMs = (elapsedMs ?? 0) + afterMs;
    const isOver = sumMs > due.withinMs || (elapsedMs !== undefined && afterMs === 0);
    const path = isOver ? [] : wayPast(next, due, sumMs);
    if (path !== undefined) return [TIME, ...path];
  }
  return undefined;
}

const TIME: Command = { do: 'advance', to: 'at', deadline: 'next' };
