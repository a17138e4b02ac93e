import { build } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { bundle } from '../tools/bundle';

const ROOT = path.resolve(__dirname, '..');

/** A program that synthesizes, with the constructs in JavaScript, as the package has them: two folders below it is the function. */
export async function installSynthesis(folder: string): Promise<string> {
  const [program, code] = [path.join(folder, 'lib/bench/synthesize.js'), path.join(folder, 'lambda/dist/index.js')];
  await build({
    entryPoints: [path.join(__dirname, 'apps/synthesize.ts')],
    outfile: program,
    ...{ bundle: true, platform: 'node', target: 'es2022', packages: 'external', logLevel: 'error' },
  });
  mkdirSync(path.dirname(code), { recursive: true });
  const { code: first, diagnosis = '' } = await bundle();
  writeFileSync(code, first);
  writeFileSync(path.join(path.dirname(code), 'diagnosis.js'), diagnosis);
  return program;
}

/** Where that program finds the CDK. */
export const NODE_PATH = path.join(ROOT, 'node_modules');
