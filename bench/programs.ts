import { build } from 'esbuild';
import * as path from 'node:path';
import { writeBundle } from '../tools/bundle';

const ROOT = path.resolve(__dirname, '..');

/** A program that synthesizes, with the constructs in JavaScript, as the package has them: two folders below it is the function. */
export async function installSynthesis(folder: string): Promise<string> {
  const program = path.join(folder, 'lib/bench/synthesize.js');
  await build({
    entryPoints: [path.join(__dirname, 'apps/synthesize.ts')],
    outfile: program,
    ...{ bundle: true, platform: 'node', target: 'es2022', packages: 'external', logLevel: 'error' },
  });
  await writeBundle(path.join(folder, 'lambda/dist'));
  return program;
}

/** Where that program finds the CDK. */
export const NODE_PATH = path.join(ROOT, 'node_modules');
