/** Something in the way the program was called is wrong, or something that it was given. Its message is all that is printed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What went wrong outside, briefly: of an error of the system its first line without the path, which stands before it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `it throws ${String(error)}`;
  const { code, message } = error as NodeJS.ErrnoException;
  const words = code === undefined ? undefined : SYSTEM_ERRORS[code];
  return words ?? message.split('\n', 1)[0]!.replace(/\.$/, '');
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  EEXIST: 'there is a file of that name',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};
