import type { Io } from './io.ts';

/** How this program is called here, so that a command that it prints can be typed as it stands. */
export function invocation({ env }: Pick<Io, 'env'>, command: string): string {
  const isOwnScript = env['npm_package_name'] === 'stallproof' && SCRIPTS.includes(env['npm_lifecycle_event'] ?? '');
  return isOwnScript ? `npm run ${command} --` : `npx stallproof ${command}`;
}

/** The scripts of the project by that name. */
const SCRIPTS: readonly string[] = ['verify', 'replay'];

/** The command that runs a counterexample again. */
export function replayCommand(io: Pick<Io, 'env'>, file: string, subject: string): string {
  return `${invocation(io, 'replay')} ${word(file)} --subject ${word(subject)}`;
}

/** A word as a shell takes it. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
