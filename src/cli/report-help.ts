import { RENDERERS } from './renderers.ts';

const FILES = Object.entries(RENDERERS).filter(([format]) => format !== 'text');

/** One option a line, as wide as the widest of them. */
function options(rows: readonly (readonly [option: string, about: string])[]): string {
  const widest = Math.max(...rows.map(([option]) => option.length));
  return rows.map(([option, about]) => `  ${option.padEnd(widest)}  ${about}`).join('\n');
}

/** What `stallproof report --help` says: a line for each format that there is. */
export function reportHelp(): string {
  const example = FILES.map(([format, { example: file }]) => ` --${format} ${file}`)[0] ?? ' --json > verdict.json';
  return `stallproof report FILE: writes down what a counterexample shows.

  npx stallproof report .stallproof/my-queue.capacity.seed-1.json \\
      --subject ./my-adapter.js${example}

Several formats may be asked for at once. Without any, the text is printed.

${options([
  ['FILE', 'what `verify` or `explore` has left, or a verdict'],
  ['--subject NAME', 'the adapter to run it on, where it is not a known queue'],
  ...FILES.map(([format, { about, example: file }]) => [`--${format} ${file}`, about] as const),
  ['--patience MS', 'how long it may stay in one command; default 3000'],
  ['--text', `${RENDERERS.text.about}, beside the files that are written`],
  ['--json', 'its verdict as JSON on stdout, or null'],
])}

Exit status: 0 the queue does as it must, 1 it breaks a promise.
`;
}
