import { build as esbuild, type BuildOptions, type BuildResult, type Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';

/** A client of the SDK takes its version from its `package.json`: that alone, without 2 KB of scripts and dependencies. */
const versionOnly: Plugin = {
  name: 'version-only',
  setup(build) {
    build.onLoad({ filter: /@aws-sdk.client-[^/\\]+.package\.json$/ }, async (file) => {
      const { version } = JSON.parse(await readFile(file.path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

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
  plugins: [versionOnly],
};

export async function bundle(overrides: BuildOptions = {}): Promise<BuildResult> {
  return esbuild({ ...options, ...overrides });
}

if (require.main === module) {
  void bundle();
}
