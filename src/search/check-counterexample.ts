import { RULE_NAMES, type Command, type Contract } from '../oracle/index.ts';
import { checkCommand } from './check-command.ts';
import type { Counterexample } from './campaign.ts';

const FORMAT = 1;

/**
 * A counterexample from outside, where it may be anything. Of a verdict, which says more, only what is run is kept. The
 * setup may lack parameters, or be left out: they have their usual values.
 *
 * @throws TypeError if it cannot be run: it names the place, what was received, and what to do.
 */
export function checkCounterexample(given: unknown): Counterexample {
  if (typeof given !== 'object' || given === null || !('format' in given) || !('commands' in given)) {
    throw new TypeError('is no recorded counterexample; pass a file that `stallproof verify` has written.');
  }
  const { format, subject, rule, setup = {}, commands } = given as Partial<Record<keyof Counterexample, unknown>>;
  if (format !== FORMAT) {
    throw new TypeError(
      `format: received ${JSON.stringify(format)}, and this version reads ${FORMAT}; ` +
        'take the version of stallproof that wrote it, or look for the counterexample again.',
    );
  }
  if (typeof subject !== 'string') throw wrong('subject', subject, 'the name of a queue');
  if (!RULE_NAMES.some((one) => one === rule)) throw wrong('rule', rule, 'the name of a rule, `capacity` say');
  if (typeof setup !== 'object' || setup === null) throw wrong('setup', setup, 'an object, {} for the usual one');
  for (const [name, value] of Object.entries(setup)) checkParameter(name, value);
  if (!Array.isArray(commands)) throw wrong('commands', commands, 'a list of commands');
  for (const [place, command] of commands.entries()) checkCommand(command, `commands[${place}]`);
  return { format, subject, rule, setup, commands } as Counterexample;
}

function checkParameter(name: string, value: unknown): void {
  if (name === 'listeners') {
    if (value === 'return' || value === 'throw' || value === 'reject') return;
    throw wrong('setup.listeners', value, '"return", "throw" or "reject"');
  }
  if (!PARAMETERS.includes(name)) {
    throw new TypeError(`setup.${name}: there is no such parameter; the parameters are ${PARAMETERS.join(', ')}.`);
  }
  if (typeof value !== 'number' || !(value >= 0)) throw wrong(`setup.${name}`, value, 'a number, 0 or more');
}

const PARAMETERS: readonly string[] = [
  'concurrency',
  'stallCeilingMs',
  'blockedAfterMs',
  'warnEveryMs',
  'maxWarningsPerMinute',
  'lateMs',
  'graceMs',
  'listeners',
];

/**
 * Whether a queue of this contract can be given these commands.
 *
 * @throws TypeError that names the first that it cannot be given.
 */
export function checkLanes({ lanes }: Contract, commands: readonly Command[]): void {
  for (const [place, command] of commands.entries()) {
    const named = command.do === 'call from' ? [command, command.call] : [command];
    for (const one of named) {
      if (!('lane' in one) || one.lane === undefined || lanes.includes(one.lane)) continue;
      const known = lanes.map((lane) => JSON.stringify(lane)).join(', ');
      throw new TypeError(
        `commands[${place}].lane: received ${JSON.stringify(one.lane)}, and the queue has ${known}; ` +
          'run it on the queue that it was found on.',
      );
    }
  }
}

function wrong(place: string, value: unknown, instead: string): TypeError {
  return new TypeError(`${place}: received ${JSON.stringify(value) ?? 'nothing'}; it must be ${instead}.`);
}
