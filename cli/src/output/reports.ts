import { closeSync, openSync, writeFileSync } from 'node:fs';
import type { Options } from '../arguments/options';
import type { Report } from '../run/report';
import { UsageError } from '../arguments/usage-error';
import { toJunit } from './junit';
import { toMarkdown } from './markdown';

const STANDARD_OUTPUT = '-';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

type Destinations = Pick<Options, 'json' | 'junit' | 'markdown'>;

/** Whether a report goes to the standard output. What is said to people goes to the standard error then. */
export function takesStandardOutput({ json, junit, markdown }: Destinations): boolean {
  return json || junit === STANDARD_OUTPUT || markdown === STANDARD_OUTPUT;
}

/**
 * Checks that the reports can be written, before any test is run.
 *
 * @throws UsageError
 */
export function checkFiles({ junit, markdown }: Destinations): void {
  for (const [option, file] of Object.entries({ '--junit': junit, '--markdown': markdown })) {
    if (file !== undefined && file !== STANDARD_OUTPUT) {
      attempt(option, file, () => closeSync(openSync(file, 'a')));
    }
  }
}

/** @throws UsageError if a file can't be written any more */
export function writeReports({ json, junit, markdown }: Destinations, report: Report, out: NodeJS.WriteStream): void {
  const documents: [string, string | undefined, () => string][] = [
    ['--json', json ? STANDARD_OUTPUT : undefined, () => `${JSON.stringify(report, undefined, 2)}\n`],
    ['--junit', junit, () => toJunit(report)],
    ['--markdown', markdown, () => toMarkdown(report)],
  ];
  for (const [option, file, write] of documents) {
    if (file === STANDARD_OUTPUT) {
      out.write(write());
    } else if (file !== undefined) {
      attempt(option, file, () => writeFileSync(file, write()));
    }
  }
}

function attempt(option: string, file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UsageError(`the file '${file}' of ${option} can't be written: ${REASONS[code] ?? message}`);
  }
}
