import { alphabet, type Command, type CommandKind, type Contract } from '../oracle/index.ts';

/** The kinds that the core of a lane queue is about. */
const CORE: readonly CommandKind[] = [
  'enqueue',
  'hang',
  'progress',
  'complete',
  'fail',
  'settle late',
  'reset',
  'configure',
  'wait',
  'give up waiting',
  'advance',
];

/** The plainest command of each kind of the core, and both ways of letting time pass. */
export function coreAlphabet(contract: Contract): readonly Command[] {
  const ceiling: Command = { do: 'advance', to: 'at', deadline: 'ceiling' };
  return [...plainest(contract).filter((command) => CORE.includes(command.do)), ceiling];
}

/** The core alphabet, then the plainest command of each other kind that the contract offers. */
export function plainAlphabet(contract: Contract): readonly Command[] {
  return withoutRepeats([...coreAlphabet(contract), ...plainest(contract)]);
}

/** The plain alphabet, then enqueues that say one special thing. */
export function specialAlphabet(contract: Contract): readonly Command[] {
  const lane = contract.lanes[0];
  const special = alphabet(contract).enqueue.filter(
    (command) => 'lane' in command && command.lane === lane && Object.keys(command).length === 3,
  );
  return withoutRepeats([...plainAlphabet(contract), ...special]);
}

/** The plain alphabet, then the same for a second lane. */
export function twoLaneAlphabet(contract: Contract): readonly Command[] {
  const letters = alphabet(contract);
  const lane = contract.lanes[1];
  const elsewhere = plainAlphabet(contract).map((command) => ({ ...command, lane }) as Command);
  const offered = elsewhere.filter((command) => letters[command.do].some((one) => isSame(one, command)));
  return withoutRepeats([...plainAlphabet(contract), ...offered]);
}

/** Every command that the contract offers, the plain ones first. */
export function wholeAlphabet(contract: Contract): readonly Command[] {
  return withoutRepeats([
    ...specialAlphabet(contract),
    ...twoLaneAlphabet(contract),
    ...Object.values(alphabet(contract)).flat(),
  ]);
}

function plainest(contract: Contract): readonly Command[] {
  return Object.values(alphabet(contract)).flatMap((variants) => variants.slice(0, 1));
}

/** The same data. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function withoutRepeats(commands: readonly Command[]): readonly Command[] {
  return [...new Map(commands.map((one) => [JSON.stringify(one), one])).values()];
}
