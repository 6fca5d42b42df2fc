import type { Setup } from './contract.ts';
import type { Expectation } from './expectation.ts';
import type { RuleName } from './rules.ts';
import type { Hold, Lane, State, Task, TaskId, Told, Waiter } from './state.ts';

/** A lane of a draft, which may be changed. The tasks and holds in it may not: they are replaced. */
export interface DraftLane extends Lane {
  concurrency: number;
  configured: boolean;
  readonly backlog: Task[];
  readonly holds: Hold[];
  waitingSince: number | undefined;
  movedAt: number;
  heldBackAt: number | undefined;
}

/**
 * A step being worked out: a copy of the state before that the transitions change, in the order in which things happen.
 * The state before is left as it was.
 */
export class Draft {
  now: number;
  readonly setup: Setup;
  readonly lanes: readonly DraftLane[];
  readonly detached: Hold[];
  waiters: readonly Waiter[];
  readonly told: Told;
  readonly reclaimed: string[] = [];
  readonly expectations: Expectation[] = [];

  constructor({ now, setup, lanes, detached, waiters, told }: State) {
    this.now = now;
    this.setup = setup;
    this.lanes = lanes.map(copyOfLane);
    this.detached = detached.slice();
    this.waiters = waiters;
    this.told = told;
  }

  state(): State {
    const { now, setup, lanes, detached, waiters, told, reclaimed } = this;
    return { now, setup, lanes, detached, waiters, told, reclaimed };
  }

  /** This must be seen, and it is this rule that demands it. */
  expect(rule: RuleName, key: string, value: Expectation['value']): void {
    this.expectations.push({ rule, key, value });
  }

  /** The lane of this name, which the contract has. */
  lane(name: string): DraftLane {
    for (const lane of this.lanes) if (lane.name === name) return lane;
    throw new RangeError(`name: received ${JSON.stringify(name)}; pass a lane of the contract.`);
  }

  /** The hold of a task, in its slot or detached. */
  hold(id: TaskId): Hold {
    for (const { holds } of this.lanes) for (const hold of holds) if (hold.id === id) return hold;
    for (const hold of this.detached) if (hold.id === id) return hold;
    throw new RangeError(`id: received ${JSON.stringify(id)}; pass a task whose body is out.`);
  }

  /** Puts a hold in the place of its former self, wherever that is. */
  replace(before: Hold, after: Hold): void {
    const place = [this.lane(before.lane).holds, this.detached].find((holds) => holds.includes(before))!;
    place[place.indexOf(before)] = after;
  }
}

/** Takes an item out of a list that has it. */
export function takeOut<Item>(items: Item[], item: Item): void {
  items.splice(items.indexOf(item), 1);
}

/** Field by field: a spread costs ten times as much, and every step begins with this. */
function copyOfLane(lane: Lane): DraftLane {
  return {
    name: lane.name,
    concurrency: lane.concurrency,
    configured: lane.configured,
    backlog: lane.backlog.slice(),
    holds: lane.holds.slice(),
    waitingSince: lane.waitingSince,
    movedAt: lane.movedAt,
    heldBackAt: lane.heldBackAt,
  };
}
