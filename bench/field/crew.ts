import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ContractInput, Program, RuleName } from '../../src/oracle/index.ts';
import type { Kind } from './versions.ts';

/** What a child is asked: to put one version to the test; or, if a program is given, to run that and nothing else. */
export interface Errand {
  readonly kind: Kind;
  readonly version: string;
  readonly folder: string;
  readonly seed: number;
  readonly budget: number;
  readonly program?: Program;
  /** Where the contract is to be another one than that of the version. */
  readonly terms?: Partial<ContractInput>;
}

/** A rule that was found broken. */
export interface Broken {
  readonly rule: RuleName;
  /** How many commands it took. */
  readonly after: number;
  /** Its shortest counterexample, and that on one line. */
  readonly program: Program;
  readonly words: string;
}

export interface Report {
  readonly commands: number;
  readonly broken: readonly Broken[];
}

/** What a child says. */
export type Told =
  | { readonly type: 'alive' }
  | { readonly type: 'progress'; readonly commands: number }
  | { readonly type: 'report'; readonly report: Report };

/** What came of it; or how many commands had been carried out when the child fell silent. */
export type Answer = { readonly report: Report } | { readonly silentAfter: number };

/** A child says every second that it lives; no turn of the event loop takes so long that it could not. */
const SILENT_MS = 30_000;

/** Runs an errand in a process of its own, which is ended if it falls silent: then the queue loops for ever. */
export function send(errand: Errand): Promise<Answer> {
  const child = fork(fileURLToPath(new URL('child.js', import.meta.url)));
  return new Promise((resolve, reject) => {
    let commands = 0;
    let answer: Answer | undefined;
    const watchdog = setTimeout(() => {
      answer = { silentAfter: commands };
      child.kill('SIGKILL');
    }, SILENT_MS);
    child.on('message', (told: Told) => {
      watchdog.refresh();
      if (told.type === 'progress') commands = told.commands;
      if (told.type === 'report') answer = { report: told.report };
    });
    child.once('exit', (code) => {
      clearTimeout(watchdog);
      if (answer !== undefined) resolve(answer);
      else reject(new Error(`${errand.kind} ${errand.version}: the child ended with ${code}`));
    });
    child.send(errand);
  });
}
