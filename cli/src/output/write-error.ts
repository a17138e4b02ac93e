const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** Says what can't be written, and why, in one sentence without a full stop. */
export function sentenceOnWriting(what: string, error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return `${what} can't be written: ${REASONS[code] ?? message}`;
}
