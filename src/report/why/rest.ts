import { key } from '../../oracle/index.ts';
import { phrase } from '../phrases.ts';
import { counted, idsOf, isEmpty, listed, thrown, type Turn } from './turn.ts';

/** What must be counted. */
export function counts({ after }: Turn): string[] {
  const active = after.lanes.flatMap(({ holds }) => idsOf(holds));
  const queued = after.lanes.flatMap(({ backlog }) => idsOf(backlog));
  return [
    `By all that was done and seen ${who(active)} must be active, ${who(queued)} queued and ${who(idsOf(after.detached))} without a slot.`,
  ];
}

function who(names: readonly string[]): string {
  return names.length === 0 ? '0' : `${names.length} (${listed(names)})`;
}

/** Whose bodies have come to their end by throwing. */
export function overAtOnce(turn: Turn): string[] {
  return thrown(turn).map(
    (task) => `The body of ${task} throws as soon as it is called: with that it is over, and its slot is free.`,
  );
}

/** Who of the user's throws. */
export function throwers(turn: Turn): string[] {
  const { after, setup } = turn;
  const body = overAtOnce(turn);
  const listeners =
    setup.listeners === 'return' ? [] : [`Whoever listens ${setup.listeners}s each time that it is told something.`];
  const sources = [...new Set(after.threw)].map((lane) => `Something of the user's threw in ${lane} in this step.`);
  const all = [...body, ...listeners];
  return all.length > 0 ? all : sources;
}

/** What may be left. */
export function leftovers({ after, divergence }: Turn): string[] {
  const { lanes, waiters } = after;
  const busy = lanes.filter((lane) => !isEmpty(lane)).map(({ name }) => name);
  const kept = lanes.filter((lane) => isEmpty(lane) && (lane.configured || lane.paused)).map(({ name }) => name);
  const rest = `${busy.length === 0 ? 'Nothing is active or queued in any lane' : `Something is active or queued in ${listed(busy)}`}, and ${waiters.length === 0 ? 'nobody waits' : `${listed(idsOf(waiters))} waits`}`;
  switch (divergence.key) {
    case key.timers:
      return [`${rest}: there is nothing that a timer could be for.`];
    case key.listeners:
      return [`${rest}: there is no task that could still be told by a signal.`];
    case key.lanes:
      return [
        `${rest}; ${kept.length === 0 ? 'no lane was' : `${listed(kept)} was`} given slots or paused: no record of any other may remain.`,
      ];
    case key.keptAlive: {
      const held = lanes.flatMap(({ holds }) => holds.filter(({ task }) => task.timeoutMs < Infinity));
      const must = held.length > 0 ? `${listed(idsOf(held))} has a timeout that is still to come` : rest;
      return [`${must}: the process ${divergence.expected === 'yes' ? 'must be kept alive for that' : 'may end'}.`];
    }
    default:
      return [`${rest}.`];
  }
}

/** How many transitions there were. */
export function transitions({ before, after, step: { event, command } }: Turn): string[] {
  const made = after.transitions - before.transitions;
  return [
    `Before the last step there were ${counted(before.transitions, 'transition')}, and “${phrase(command, event)}” makes ${made}: ${after.transitions} must have been told.`,
  ];
}

/** Whose error it could be. */
export function strays(turn: Turn): string[] {
  const { after, setup, step } = turn;
  const { event } = step;
  if (event.type === 'settle' && event.how === 'rejected' && after.detached.every(({ id }) => id !== event.task)) {
    return [
      `${event.task} rejects after its caller was answered: nobody is left to hear of it, and it must go nowhere.`,
    ];
  }
  if (setup.listeners !== 'return') {
    return [`Whoever listens ${setup.listeners}s each time: that is to be caught where it is called, or awaited.`];
  }
  const bodies = thrown(turn);
  if (bodies.length === 0) return ['Nothing that the user handed in throws in this step.'];
  return bodies.map(
    (task) => `The body of ${task} throws as soon as it is called: its own caller is to be told, and nobody else.`,
  );
}
