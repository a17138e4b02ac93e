import { cpSync } from 'node:fs';
import * as path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** What is made of the sources, or installed. */
const LEFT_OUT = [
  /(^|\/)(\.git|cdk\.out|coverage|dist|node_modules)$/,
  /^(\.jsii(\.gz|\.tabl\.json)?|tsconfig\.tsbuildinfo|.*\.tgz)$/,
  /^(lib|lambda)\/.*\.(js|d\.ts)$/,
];

/** Copies the project's sources, so that what is built or installed there changes nothing here. */
export function copyProject(folder: string): void {
  cpSync(ROOT, folder, {
    recursive: true,
    filter: (source) => {
      const file = path.relative(ROOT, source).replaceAll(path.sep, '/');
      return !LEFT_OUT.some((pattern) => pattern.test(file));
    },
  });
}
