import type { Contract, Divergence, Hold, Observed, Setup, State } from '../../oracle/index.ts';

/** The last step of a run as the model has it, and how things were before it. */
export interface Turn {
  readonly contract: Contract;
  readonly before: State;
  readonly after: State;
  readonly setup: Setup;
  readonly divergence: Divergence;
  readonly step: Observed;
  /** What was read of the queue after the step. */
  readonly counts: ReadonlyMap<string, string | number>;
}

/** What a rule has to do with this case: a sentence each, with its figures, read off the model's states. */
export type Reason = (turn: Turn) => readonly string[];

export type Lane = State['lanes'][number];

export function laneBefore({ before }: Turn, { name }: Pick<Lane, 'name'>): Lane | undefined {
  return before.lanes.find((one) => one.name === name);
}

export function isEmpty(lane: Lane | undefined): boolean {
  return lane === undefined || lane.holds.length + lane.backlog.length === 0;
}

export function listed(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}

export function idsOf(tasks: readonly Pick<Hold, 'id'>[]): string[] {
  return tasks.map(({ id }) => id);
}

/** Those of the one list that are not in the other. */
export function without<Task extends Pick<Hold, 'id'>>(
  tasks: readonly Task[],
  others: readonly Pick<Hold, 'id'>[],
): Task[] {
  const ids = new Set(idsOf(others));
  return tasks.filter(({ id }) => !ids.has(id));
}

/** Who lost a slot in the step without having settled. */
export function takenBack({ before, after }: Turn): readonly Hold[] {
  return without(after.detached, before.detached);
}

/** Whose body threw in the step, as soon as it was called. */
export function thrown({ before, step: { event, expectations } }: Turn): string[] {
  const queued = before.lanes.flatMap(({ backlog }) => backlog.filter((task) => task.throws)).map(({ id }) => id);
  const mayThrow = event.type === 'enqueue' && event.throws ? [...queued, event.task] : queued;
  return mayThrow.filter((id) => expectations.some(({ key, value }) => value === id && key.startsWith('start in')));
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
