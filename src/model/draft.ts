import type { Expectation } from './expectation.ts';
import type { RuleName } from './rules.ts';
import type { Setup } from './contract.ts';
import type { Hold, Lane, State, Told, Waiter } from './state.ts';

/**
 * A step being worked out. It begins as the state before, of which it changes nothing: its parts are replaced, so that
 * the transitions can be written in the order in which things happen.
 */
export class Draft {
  now: number;
  readonly setup: Setup;
  lanes: readonly Lane[];
  detached: readonly Hold[];
  waiters: readonly Waiter[];
  readonly told: Told;
  reclaimed: readonly string[] = [];
  readonly expectations: Expectation[] = [];

  constructor({ now, setup, lanes, detached, waiters, told }: State) {
    this.now = now;
    this.setup = setup;
    this.lanes = lanes;
    this.detached = detached;
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

  changeLane(name: string, change: (lane: Lane) => Lane): void {
    this.lanes = this.lanes.map((lane) => (lane.name === name ? change(lane) : lane));
  }

  /** Changes a hold wherever it is: in its slot or detached. */
  changeHold(hold: Hold, change: (hold: Hold) => Hold): void {
    const changeIt = (other: Hold): Hold => (other.id === hold.id ? change(other) : other);
    if (this.detached.some(({ id }) => id === hold.id)) this.detached = this.detached.map(changeIt);
    else this.changeLane(hold.lane, (lane) => ({ ...lane, holds: lane.holds.map(changeIt) }));
  }
}
