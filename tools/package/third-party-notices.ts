import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { bundle } from '../bundle';

const ROOT = path.resolve(__dirname, '../..');

export const NOTICES_FILE = path.join(ROOT, 'THIRD-PARTY-NOTICES');

/** Of which packages of others there is code in the function, and under which licences. */
export async function thirdPartyNotices(): Promise<string> {
  const { sources } = await bundle();
  const ofFunction = sources.flatMap((source) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(source) ?? []);
  // The template of a sweep holds the CDK's provider framework.
  const folders = new Set([...ofFunction, 'node_modules/aws-cdk-lib']);
  return `${[INTRODUCTION, ...[...folders].sort().map(noticeOf)].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

const INTRODUCTION = `The function's code, in lambda/dist, and the templates that hold it contain code of these packages.
The Apache License 2.0 stands in the file LICENSE.`;

function noticeOf(folder: string): string {
  const read = (file: string) => readFileSync(path.join(ROOT, folder, file), 'utf8').trim();
  const { name, version, license } = JSON.parse(read('package.json')) as Record<string, string | undefined>;
  if (name === undefined || version === undefined || license === undefined) {
    throw new Error(`the package in ${folder} must have a name, a version and a license`);
  }
  const files = readdirSync(path.join(ROOT, folder)).sort();
  const texts = (kind: RegExp) => files.filter((file) => kind.test(file)).map(read);
  const licenses = texts(/^(licen[cs]e|copying)/i);
  if (licenses.length === 0) {
    throw new Error(`${name} must come with the text of its license`);
  }
  const own = license === 'Apache-2.0' ? licenses.flatMap(copyrightOf) : licenses;
  // What follows in a long notice is about packages within the package.
  const notices = texts(/^notice/i).map((text) => text.split(/\n-{10,}\n/)[0]?.trim() ?? '');
  return [`${name} ${version}\n${license}`, ...own, ...notices].join('\n\n');
}

/** Whose the code is; the licence's own text has lines that begin with the same word. */
function copyrightOf(license: string): string[] {
  return [...license.matchAll(/^ *(Copyright (?:\(c\) )?\d{4}.*)$/gim)].map(([, line = '']) => line.trim());
}

if (require.main === module) {
  void thirdPartyNotices().then((notices) => writeFileSync(NOTICES_FILE, notices));
}
