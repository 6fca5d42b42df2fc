import { grouped } from '../../src/report/duration.ts';
import { USUAL_BUDGET } from '../../src/search/budget.ts';
import { ARGUMENTS, LOOP } from './defects.ts';
import type { Finding, Outcome } from './study.ts';
import type { Kind } from './versions.ts';

/** What became of a newest version, for each seed. */
export interface Newest {
  readonly kind: Kind;
  readonly version: string;
  readonly findings: readonly Finding[];
  /** Where a campaign looped for ever: whether the commands do that are known to. */
  readonly loops: boolean;
}

/** The whole page. */
export function page(outcomes: readonly Outcome[], newest: readonly Newest[]): string {
  return [opening(), mended(outcomes), otherwise(outcomes), brokenNow(newest), argumentsOf(newest), NOT_ASKED].join(
    '\n\n',
  );
}

/** Rules that are broken where they should not be, and nobody has said why that is a defect. */
export function unargued(outcomes: readonly Outcome[], newest: readonly Newest[]): readonly string[] {
  const others = outcomes.flatMap(({ defect: { kind, fixed }, otherwise: broken }) =>
    broken.map(({ rule }) => `${kind} ${fixed} ${rule}`),
  );
  return [...new Set([...others, ...brokenKeys(newest)])].filter((name) => ARGUMENTS[name] === undefined);
}

function opening(): string {
  return `# Field study

What the oracle finds in queues that others wrote: published versions with a known defect, the versions that mended it, and
the newest ones. Each is held to a contract drawn from its own documentation ([\`src/adapters\`](../src/adapters)), with the
default budget of ${grouped(USUAL_BUDGET)} commands and seed 1. The adapters know nothing of the defects. Made again by

\`\`\`sh
npm run field     # installs the versions into .stallproof/field, and writes this page: some minutes
\`\`\`

Each version runs in a process of its own, which is ended if it falls silent. fastq does from 1.17 on, as told below; such a
version is run again, and \`pause()\` is not called from inside.`;
}

function mended(outcomes: readonly Outcome[]): string {
  const found = outcomes.filter((outcome) => outcome.found !== undefined).length;
  const rows = outcomes.map(({ defect, found: it, stillBroken, otherwise: others }) => {
    const { kind, buggy, fixed, what, rule, chargedTo } = defect;
    const charged = chargedTo === undefined ? `\`${rule}\`` : `\`${rule}\`, as \`${chargedTo}\``;
    const inFixed =
      stillBroken !== undefined ? `breaks \`${stillBroken}\`` : others.length === 0 ? 'keeps it' : 'keeps it here (1)';
    return [
      kind,
      buggy,
      what,
      charged,
      it === undefined ? 'no' : String(it.after),
      it === undefined ? '–' : it.words,
      `${fixed} ${inFixed}`,
    ];
  });
  const head = ['queue', 'version', 'defect', 'rule', 'found after', 'the shortest counterexample', 'mended'];
  return `## Defects that were mended: ${found} of ${outcomes.length} found

${table(head, rows)}

Commands are counted until the rule is first seen to break, before that is made short. *As*: a count that is wrong after a
call is charged to the promise about that call, and what does not start on a resume to \`pause\`; see
[rules.md](rules.md#how-a-promise-is-checked).`;
}

function otherwise(outcomes: readonly Outcome[]): string {
  const others = new Map(
    outcomes.flatMap(({ defect: { kind, fixed }, otherwise: broken }) =>
      broken.map((one) => [`${kind} ${fixed} ${one.rule}`, one] as const),
    ),
  );
  const lines = [...others].map(
    ([name, { rule, words }]) =>
      `- ${name.slice(0, -rule.length - 1)} keeps the rule under those commands, and breaks \`${rule}\` under others (${words}): ${ARGUMENTS[name] ?? 'not argued'}`,
  );
  return ['(1) What mended one defect left another:', '', ...lines].join('\n');
}

function brokenNow(newest: readonly Newest[]): string {
  const rows = newest.flatMap(({ kind, version, findings, loops }) => {
    const rules = [...new Set(findings.flatMap(({ broken }) => broken.map(({ rule }) => rule)))];
    const looped = findings.filter(({ loopedAfter }) => loopedAfter !== undefined);
    const loop = looped.map(({ loopedAfter }) => [
      kind,
      version,
      'loops for ever',
      '',
      String(loopedAfter),
      loops ? LOOP.words : 'not known',
    ]);
    const broken = rules.map((rule) => {
      const all = findings.flatMap((finding) => finding.broken.filter((one) => one.rule === rule));
      const shortest = all.toSorted((a, b) => a.program.commands.length - b.program.commands.length)[0]!;
      const after = all.map((one) => one.after).toSorted((a, b) => a - b);
      const range = after.length === 1 ? String(after[0]) : `${after[0]} to ${after.at(-1)}`;
      return [kind, version, `\`${rule}\``, `${all.length} of ${findings.length}`, range, shortest.words];
    });
    const none = [kind, version, 'keeps all', `${findings.length} of ${findings.length}`, '', ''];
    return [...loop, ...(loop.length + broken.length === 0 ? [none] : broken)];
  });
  return `## The newest versions

Five seeds each.

${table(['queue', 'version', 'rule', 'seeds', 'found after', 'the shortest counterexample'], rows)}`;
}

function argumentsOf(newest: readonly Newest[]): string {
  const lines = brokenKeys(newest).map(
    (name) => `- ${name.replace(/ (\S+)$/, ', `$1`')}: ${ARGUMENTS[name] ?? 'not argued'}`,
  );
  const loops = newest.some(({ loops: isKnown }) => isKnown) ? [LOOPS] : [];
  return ['Why these are defects, by what the libraries say themselves:', '', ...loops, ...lines].join('\n');
}

function brokenKeys(newest: readonly Newest[]): readonly string[] {
  return newest.flatMap(({ kind, version, findings }) => {
    const rules = new Set(findings.flatMap(({ broken }) => broken.map(({ rule }) => rule)));
    return [...rules].map((rule) => `${kind} ${version} ${rule}`);
  });
}

const LOOPS =
  '- fastq 1.20.3 loops for ever: `pause()` is to "Pause the processing of tasks". Called by a worker while `resume()` starts what waits, it stops the process instead.';

const NOT_ASKED = `## What was not found, and why

- p-limit 2.2.0 takes \`NaN\` and 1.5 for a concurrency, mended in 3.0.2. The rule is [\`bad-input\`](rules.md#bad-input), which
  commands do not show: setups hold legal values only.
- p-queue 9.3.5 leaves the promises of what \`clear()\` removes pending for ever, and 10.0.0 rejects them. Version 9 says so
  in its documentation ("will **never settle**"), and so does its contract: \`clearedCaller: 'left'\`. That \`onEmpty()\` is not
  woken by it is not seen: the harness waits for rest only. Version 10 needs Node 22 and was not run.
- queue has no word on jobs that throw before they return, and is not asked. A job that passes an error on ends the whole
  queue, as documented; the adapter keeps errors for the callers.`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
