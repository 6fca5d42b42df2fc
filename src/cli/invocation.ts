/** How this program is called here, so that a command that it prints can be typed as it stands. */
export function invocation(command: string): string {
  return process.env['npm_lifecycle_event'] === undefined ? `npx stallproof ${command}` : `npm run ${command} --`;
}
