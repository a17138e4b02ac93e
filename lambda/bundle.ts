import { build, type BuildOptions, type BuildResult } from 'esbuild';
import * as path from 'node:path';

/** How `lambda/dist/index.js`, the function's whole code, is made from `lambda/index.ts`. */
const options: BuildOptions = {
  absWorkingDir: path.resolve(__dirname, '..'),
  entryPoints: ['lambda/index.ts'],
  outfile: 'lambda/dist/index.js',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The SDK's CommonJS build, which esbuild would pick for Node, can't be tree-shaken.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': './lambda/environment-credentials.ts' },
  legalComments: 'none',
};

export async function bundle(overrides: BuildOptions = {}): Promise<BuildResult> {
  return build({ ...options, ...overrides });
}

if (require.main === module) {
  void bundle();
}
