import { CALL_SITES, PRIORITIES, SOURCES, type Contract, type Setup, type Terms } from './contract.ts';
import { RULE_NAMES, type RuleName } from './rules.ts';

/** The answers that a term may have. */
type Choices = { readonly [Name in keyof Terms]?: readonly Terms[Name][] };

const CHOICES: Choices = {
  scope: ['lane', 'queue'],
  clearedCaller: ['told', 'left'],
  abortWhileActive: ['keeps-slot', 'frees-slot'],
  raisedConcurrency: ['starts-at-once', 'starts-later'],
  pausedTimeouts: ['wait', 'run'],
  takenBackCaller: ['told-ages', 'told-reason'],
};

/** What a list may hold. */
const MEMBERS: Partial<Record<keyof Contract, readonly string[]>> = {
  priorities: PRIORITIES,
  sources: SOURCES,
  callSites: CALL_SITES,
  waits: ['left', 'idle'],
};

/** What a promise cannot do without. */
const NEEDS: readonly [rule: RuleName, name: keyof Contract, example: string][] = [
  ['timeout', 'timeoutsMs', 'the times that a task may be given, [4_000] say'],
  ['waiters', 'waits', "what can be waited for, ['idle'] say"],
];

/**
 * Types keep an author from most of this; not everybody has them, and a contract may be read from a file.
 *
 * @throws TypeError that names what is wrong, the value, and what to put there.
 */
export function checkContract(contract: Contract): void {
  const { promises, lanes, priorities, setups, turns } = contract;
  for (const rule of listOf('promises', promises)) checkRule('promises', rule);
  for (const [name, members] of Object.entries(MEMBERS)) {
    for (const one of listOf(name, contract[name as keyof Contract])) checkChoice(name, one, members);
  }
  for (const [name, choices] of Object.entries(CHOICES)) checkChoice(name, contract[name as keyof Terms], choices);
  for (const [rule, name, example] of NEEDS) {
    if (promises.includes(rule) && listOf(name, contract[name]).length === 0)
      throw new TypeError(`${name}: received none, and ${rule} is promised; pass ${example}.`);
  }
  if (listOf('lanes', lanes).length === 0)
    throw new TypeError("lanes: received none; pass at least one name, ['main'] say.");
  if (priorities.length === 0) throw new TypeError("priorities: received none; pass ['normal'] where there are none.");
  if (!Number.isInteger(turns) || turns < 1)
    throw new TypeError(`turns: received ${JSON.stringify(turns)}; pass how many turns of the event loop, at least 1.`);
  for (const [name, values] of Object.entries(setups) as [keyof Setup, unknown][]) {
    if (listOf(`setups.${name}`, values).length === 0)
      throw new TypeError(`setups.${name}: received none; pass the values to try, the usual one first.`);
  }
}

/** @throws TypeError if there is no rule of that name; it proposes the one that is most like it. */
export function checkRule(name: string, rule: unknown): asserts rule is RuleName {
  if ((RULE_NAMES as readonly unknown[]).includes(rule)) return;
  const likest = RULE_NAMES.toSorted((one, other) => likeness(String(rule), other) - likeness(String(rule), one))[0];
  throw new TypeError(
    `${name}: received ${JSON.stringify(rule)}, which is no rule; pass names of RULES, ${JSON.stringify(likest)} perhaps.`,
  );
}

/** @throws TypeError if a name is not among those that are known. */
export function checkNames(what: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`${what}: received ${JSON.stringify(unknown)}; there are only ${known.join(', ')}.`);
}

function listOf(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError(`${name}: received ${JSON.stringify(value) ?? 'undefined'}; pass a list.`);
}

function checkChoice(name: string, value: unknown, choices: readonly unknown[]): void {
  if (choices.includes(value)) return;
  const all = choices.map((choice) => JSON.stringify(choice)).join(', ');
  throw new TypeError(`${name}: received ${JSON.stringify(value) ?? 'undefined'}; pass one of ${all}.`);
}

/** How many pairs of neighbouring letters two words share, out of those they have. */
function likeness(one: string, other: string): number {
  const [pairs, others] = [one, other].map(
    (word) => new Set(Array.from(word, (_letter, at) => word.slice(at, at + 2))),
  );
  const shared = [...pairs!].filter((pair) => others!.has(pair)).length;
  return shared / (pairs!.size + others!.size);
}
