/** What `stallproof --help` says. It fits a screen of 24 lines with 80 columns, and so does what each command says. */
export const HELP = `stallproof: says which of its promises a queue breaks, by the fewest commands.

  npx stallproof verify ./my-adapter.js        100 000 commands, drawn by lot
  npx stallproof explore ./my-adapter.js       every sequence of 4 commands
  npx stallproof replay .stallproof/FILE.json  runs a counterexample again
  npx stallproof report .stallproof/FILE.json  writes it down for others
  npx stallproof zoo                           watch it catch six known defects

An adapter is a module whose default export says how the queue is called, what
it promises and how one is made: "Checking your own queue" in README.md. Without
one, \`reference\` is the queue of this package: stallproof verify reference

  stallproof COMMAND --help   more about a command, with examples
  --json                      JSON on stdout, and nothing else there
  --version                   the version of this package
  NO_COLOR, FORCE_COLOR       without colours, or with them in any case

Exit status: 0 the promises hold, 1 one is broken, 2 it could not tell, was
interrupted by Ctrl-C (what was found so far is printed), or was called wrongly.
`;

const VERIFY = `stallproof verify [MODULE]: puts a queue to the test.

  npx stallproof verify ./my-adapter.js
  npx stallproof verify ./my-adapter.js --seed 7 --commands 200000
  npx stallproof verify ./my-adapter.js --html report.html

First every short sequence of commands, then as many drawn by lot as --commands
allows. Each promise that breaks is shown by the fewest commands that break it,
and leaves a file for \`stallproof replay\`. The same seed does the same again.

  MODULE          a file whose default export is an adapter; or \`reference\`,
                  which it is by default
  --subject NAME  the same, by an option
  --seed N        what is drawn follows from it; default 1
  --commands N    how many are carried out; default 100000
  --patience MS   how long it may stay in one command; default 3000
  --out FOLDER    where counterexamples are left; default .stallproof
  --html FILE     all of it as a page: the promises, each counterexample
  --markdown FILE the same for an issue tracker
  --json          the report as JSON, and nothing else on stdout

Exit status: 0 all hold, 1 one is broken, 2 one was never asked for.
`;

const EXPLORE = `stallproof explore MODULE: every short sequence of a few kinds of commands.

  npx stallproof explore ./my-adapter.js
  npx stallproof explore ./my-adapter.js --depth 5
  npx stallproof explore reference --depth 3 --alphabet plain

What it finds is the shortest there is over that alphabet; where it finds none,
no sequence so short breaks a promise. Each command more is much more work.

  MODULE           a file whose default export is an adapter; or \`reference\`
  --subject NAME   the same, by an option
  --depth N        the most commands in a sequence; default 4
  --alphabet NAME  core: enqueue, complete, fail, hang, time and the like;
                   plain: one of every kind that is promised. Default core
  --patience MS    how long it may stay in one command; default 3000
  --out FOLDER     where counterexamples are left; default .stallproof
  --json           the same as JSON, and nothing else on stdout

Exit status: 0 none breaks a promise, 1 one does, 2 it was interrupted.
`;

const REPLAY = `stallproof replay FILE: runs a recorded counterexample again.

  npx stallproof replay .stallproof/my-queue.capacity.seed-1.json \\
      --subject ./my-adapter.js
  npx stallproof replay bug.json --subject ./mended-adapter.js

The commands are taken literally: no seed and no generator has a part in it.

  FILE            what \`stallproof verify\` or \`explore\` has left, or a verdict
  --subject NAME  the adapter to run it on. By default the queue that it was
                  found on, where that is a known one
  --patience MS   how long it may stay in one command; default 3000
  --json          the verdict as JSON (null if the queue does as it must), and
                  nothing else on stdout

Exit status: 0 the queue does as it must, 1 it breaks a promise.
`;

const ZOO = `stallproof zoo: lets six queues be caught, each with a defect of one incident.

  npx stallproof zoo
  npx stallproof verify incident-silence      one of them, in full
  npx stallproof verify incident-mended       without a defect

A task never settled, and those behind it waited for ever. It took several
fixes, each with a defect of its own. Each line says on which promise that was
caught, after how many commands, and by how few it is shown.

  --seed N      what is drawn follows from it; default 1
  --commands N  how many are carried out at most on each; default 20000
  --json        the same as JSON, and nothing else on stdout

Exit status: 0 all were caught and the mended one holds, 1 not so.
`;

/** What \`stallproof COMMAND --help\` says of the commands whose text stands here; that of \`report\` stands with its formats. */
export const COMMAND_HELP: Readonly<Record<'verify' | 'explore' | 'replay' | 'zoo', string>> = {
  verify: VERIFY,
  explore: EXPLORE,
  replay: REPLAY,
  zoo: ZOO,
};
