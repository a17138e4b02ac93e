import { build as esbuild, type BuildOptions, type Plugin } from 'esbuild';
import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { slimSdk } from './slim-sdk';

const ROOT = path.resolve(__dirname, '..');
const DIST = path.join(ROOT, 'lambda/dist');

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  write: false,
} satisfies BuildOptions;

/** What the function loads when it starts. */
export const INDEX = './index.js';

/** What it loads on demand, beside that file. */
export const [DIAGNOSIS, MONITOR, SWEEP, SWEEP_RESOURCE] = [
  './diagnosis.js',
  './monitor.js',
  './sweep.js',
  './sweep-resource.js',
];
const ON_DEMAND: readonly string[] = [DIAGNOSIS, MONITOR, SWEEP, SWEEP_RESOURCE];

interface Bundle {
  /** What is loaded when the function starts. */
  readonly code: string;
  /** What `code` loads on demand, by the names of the files; handlers that load nothing have none. */
  readonly onDemand: Readonly<Record<string, string>>;
  /** The files that the code is made of, relative to the project. */
  readonly sources: readonly string[];
  /** From `code` to these files, if it was asked for. */
  readonly map: string;
}

/**
 * Bundles the function's code: one file, and those beside it that are loaded on demand and use what is in the first.
 *
 * @param external packages that are left out
 * @param handler the file of the handler
 * @param withMap whether to make the map, which takes as long as the rest
 */
export async function bundle(external: string[] = [], handler = 'lambda/index.ts', withMap = false): Promise<Bundle> {
  const { modules, sources } = await split(external, handler, withMap);
  const shared = new Map(chunksOf(INDEX, modules).map((chunk, position) => [chunk, `shared${position}`]));
  const passedOn = Array.from(shared, ([chunk, name]) => `export * as ${name} from '${chunk}';`);
  modules.set('main', `export * from '${INDEX}';${passedOn.join('')}`);
  const index = await join(modules, 'main', INDEX, new Map(), withMap);
  const onDemand: Record<string, string> = {};
  for (const name of ON_DEMAND.filter((file) => modules.has(file))) {
    onDemand[path.basename(name)] = (await join(modules, name, name, shared)).code;
  }
  return { ...index, onDemand, sources };
}

/**
 * The modules of the SDK that several files need are in none twice: only esbuild's format `esm` splits code, and can tell
 * which parts of a module they use.
 */
async function split(external: string[], handler: string, withMap: boolean) {
  const { outputFiles, metafile } = await esbuild({
    ...COMMON,
    entryPoints: [{ in: handler, out: 'index' }],
    external,
    outdir: DIST,
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    sourcemap: withMap ? 'inline' : false,
    metafile: true,
    // The SDK's CommonJS build, which esbuild would pick for Node, can't be tree-shaken.
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': './lambda/base/environment-credentials.ts' },
    plugins: [slimSdk],
  });
  const withoutHash = (text: string) =>
    text.replace(/\b(diagnosis|monitor|sweep|sweep-resource)-[A-Z0-9]{8}\.js/g, '$1.js');
  const nameOf = (file: string) => `./${withoutHash(path.basename(file))}`;
  const modules = new Map(outputFiles.map((file) => [nameOf(file.path), withoutHash(file.text)]));
  const loaded = [INDEX, ...ON_DEMAND].flatMap((name) => [name, ...chunksOf(name, modules)]);
  const sources = Object.entries(metafile.outputs)
    .filter(([file]) => loaded.includes(nameOf(file)))
    .flatMap(([, { inputs }]) => Object.keys(inputs).filter((name) => (inputs[name]?.bytesInOutput ?? 0) > 0));
  return { modules, sources: [...new Set(sources)].sort() };
}

/** The modules that a module imports, and those that they import. */
function chunksOf(name: string, modules: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  const left = [name];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const imported = Array.from(
      (modules.get(next) ?? '').matchAll(/"(\.\/chunk-[A-Z0-9]{8}\.js)"/g),
      ([, chunk = '']) => chunk,
    );
    left.push(...imported.filter((chunk) => !found.has(chunk)));
    imported.forEach((chunk) => found.add(chunk));
  }
  return [...found].sort();
}

/**
 * One file in CommonJS, which Lambda loads in the least time.
 *
 * @param inIndex the modules that the first file has, by the names under which it exports them for this one
 */
async function join(
  modules: ReadonlyMap<string, string>,
  entry: string,
  outfile: string,
  inIndex: ReadonlyMap<string, string>,
  withMap = false,
) {
  const inMemory: Plugin = {
    name: 'in-memory',
    setup(build) {
      build.onResolve({ filter: /^main$|^\.\// }, ({ path: name, kind }) => ({
        path: name,
        namespace: 'memory',
        external: kind === 'dynamic-import' || (kind === 'require-call' && name === INDEX),
      }));
      build.onLoad({ filter: /.*/, namespace: 'memory' }, ({ path: name }) => ({
        contents: inIndex.has(name) ? `module.exports = require('${INDEX}').${inIndex.get(name)};` : modules.get(name),
        resolveDir: DIST,
      }));
    },
  };
  const { outputFiles } = await esbuild({
    ...COMMON,
    entryPoints: [entry],
    outfile: path.join(DIST, outfile),
    format: 'cjs',
    // What is left to import is of Node, or was to be left out.
    packages: 'external',
    supported: { 'dynamic-import': false },
    sourcemap: withMap ? 'external' : false,
    plugins: [inMemory],
  });
  const text = (ending: string) => outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { code: text('.js'), map: text('.map') };
}

/** @param folder where to write the files */
export async function writeBundle(folder = DIST): Promise<string> {
  const { code, onDemand } = await bundle();
  await mkdir(folder, { recursive: true });
  const index = path.join(folder, 'index.js');
  await writeFile(index, code);
  for (const [file, text] of Object.entries(onDemand)) {
    await writeFile(path.join(folder, file), text);
  }
  return index;
}

if (require.main === module) {
  void writeBundle();
}
