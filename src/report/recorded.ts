import type { Verdict } from './verdict.ts';

/** The counterexample that a verdict is about, as JSON that `replay` reads: a line a command. */
export function recordedText({ subject, rule, setup, commands }: Verdict): string {
  // What breaks a line is not part of a string: there it would be escaped.
  const lines = commands.map((command) => `    ${JSON.stringify(command, undefined, 1).replaceAll(/\n */g, ' ')}`);
  const head = JSON.stringify({ format: 1, subject, rule, setup }, undefined, 2).replace(/\n\}$/, '');
  return `${head},\n  "commands": [\n${lines.join(',\n')}\n  ]\n}`;
}
