import { cpSync } from 'node:fs';
import * as path from 'node:path';

const ROOT = path.resolve(__dirname, '..');

/** What is made of the sources, or installed. */
const LEFT_OUT = ['.git', '.jsii', '.jsii.gz', 'cdk.out', 'coverage', 'dist', 'node_modules', 'tsconfig.tsbuildinfo'];

/** Copies the project's sources, so that what is built or installed there changes nothing here. */
export function copyProject(folder: string): void {
  cpSync(ROOT, folder, {
    recursive: true,
    filter: (source) => source === ROOT || !LEFT_OUT.includes(path.basename(source)),
  });
}
