import { build } from 'esbuild';
import { copyFile, readdir, rm } from 'node:fs/promises';
import * as path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const CLI = path.join(ROOT, 'cli');

/**
 * `npm run bundle:cli`: the command line's code with that of the core, in `cli/dist`. Packages stay imports, so that users
 * can update them.
 *
 * @returns the packages that it imports
 */
export async function bundleCli(): Promise<string[]> {
  const dist = path.join(CLI, 'dist');
  const { metafile } = await build({
    absWorkingDir: CLI,
    entryPoints: ['src/main.ts'],
    outdir: dist,
    bundle: true,
    // Node.js loads CommonJS faster: of packages that are CommonJS, it would have to search all code for what they export.
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    banner: { js: '#!/usr/bin/env node' },
    metafile: true,
  });
  const made = Object.keys(metafile.outputs).map((file) => path.basename(file));
  const left = (await readdir(dist)).filter((file) => !made.includes(file));
  await Promise.all(left.map((file) => rm(path.join(dist, file), { recursive: true })));
  // npm packs what is in the package's own folder.
  await copyFile(path.join(ROOT, 'LICENSE'), path.join(CLI, 'LICENSE'));
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return [...new Set(imports.filter(({ external }) => external).map((imported) => imported.path))].sort();
}

if (require.main === module) {
  void bundleCli().then((imports) => console.log(`cli/dist imports ${imports.join(', ')}`));
}
