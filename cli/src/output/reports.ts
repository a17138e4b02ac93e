import { accessSync, constants, lstatSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Options } from '../arguments/options';
import type { Report } from '../run/report';
import { UsageError } from '../arguments/usage-error';
import { toJunit } from './junit';
import { toMarkdown } from './markdown';
import { UNSEEN } from './plain';
import { sentenceOnWriting } from './write-error';

const STANDARD_OUTPUT = '-';

type Destinations = Pick<Options, 'json' | 'junit' | 'markdown'>;

/** Whether a report goes to the standard output. What is said to people goes to the standard error then. */
export function takesStandardOutput({ json, junit, markdown }: Destinations): boolean {
  return json || junit === STANDARD_OUTPUT || markdown === STANDARD_OUTPUT;
}

/**
 * Checks that the reports can be written, before any test is run, and removes those of the run before: if nothing is tested,
 * nobody may take them for those of this run.
 *
 * @throws UsageError
 */
export function checkFiles({ junit, markdown }: Destinations): void {
  for (const [option, file] of Object.entries({ '--junit': junit, '--markdown': markdown })) {
    if (file !== undefined && file !== STANDARD_OUTPUT) {
      attempt(option, file, () => makeWay(file));
    }
  }
}

/** @throws UsageError if a file can't be written any more */
export function writeReports({ json, junit, markdown }: Destinations, report: Report, out: NodeJS.WriteStream): void {
  const documents: [string, string | undefined, () => string][] = [
    ['--json', json ? STANDARD_OUTPUT : undefined, () => toJson(report)],
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

/** JSON itself escapes the other controls. */
function toJson(report: Report): string {
  const json = JSON.stringify(report, undefined, 2).replace(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${json}\n`;
}

/** Makes no file, because only a run that tests something leaves one. */
function makeWay(file: string): void {
  const known = statSync(file, { throwIfNoEntry: false });
  if (known === undefined) {
    // A name that ends with a slash is a folder. The dot fails where the folder is a file.
    accessSync(`${path.dirname(`${file}x`)}${path.sep}.`, constants.W_OK);
    return;
  }
  if (known.isDirectory()) {
    throw Object.assign(new Error(), { code: 'EISDIR' });
  }
  accessSync(file, constants.W_OK);
  // Devices and pipes stay.
  if (known.isFile()) {
    removeOrEmpty(file);
  }
}

function removeOrEmpty(file: string): void {
  try {
    // What is behind a link such as /dev/stdout is open elsewhere.
    if (!lstatSync(file).isSymbolicLink()) {
      rmSync(file);
      return;
    }
  } catch {
    // Its folder is read-only.
  }
  truncateSync(file);
}

function attempt(option: string, file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UsageError(sentenceOnWriting(`the file '${file}' of ${option}`, error));
  }
}
