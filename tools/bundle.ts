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

/** What the function loads when it starts, what it loads after a failure, and what both have in common. */
const [INDEX, DIAGNOSIS, SHARED] = ['./index.js', './diagnosis.js', './shared.js'];

interface Bundle {
  /** What is loaded when the function starts. */
  readonly code: string;
  /** What `code` loads once a network is to be diagnosed; undefined of handlers that diagnose none. */
  readonly diagnosis: string | undefined;
  /** The files that the code is made of, relative to the project. */
  readonly sources: readonly string[];
  /** From `code` to these files, if it was asked for. */
  readonly map: string;
}

/**
 * Bundles the function's code: one file, and one beside it that is loaded on demand and uses what is in the first.
 *
 * @param external packages that are left out
 * @param handler the file of the handler
 * @param withMap whether to make the map, which takes as long as the rest
 */
export async function bundle(external: string[] = [], handler = 'lambda/index.ts', withMap = false): Promise<Bundle> {
  const { modules, sources } = await split(external, handler, withMap);
  const index = await join(modules, 'main', INDEX, withMap);
  const diagnosis = modules.has(DIAGNOSIS) ? (await join(modules, DIAGNOSIS, DIAGNOSIS)).code : undefined;
  return { ...index, diagnosis, sources };
}

/**
 * The modules of the SDK that both files need are in neither twice: only esbuild's format `esm` splits code, and can tell
 * which parts of a module both use.
 */
async function split(external: string[], handler: string, withMap: boolean) {
  const { outputFiles, metafile } = await esbuild({
    ...COMMON,
    entryPoints: [{ in: handler, out: 'index' }],
    external,
    outdir: DIST,
    format: 'esm',
    splitting: true,
    chunkNames: '[name]',
    sourcemap: withMap ? 'inline' : false,
    metafile: true,
    // The SDK's CommonJS build, which esbuild would pick for Node, can't be tree-shaken.
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': './lambda/base/environment-credentials.ts' },
    plugins: [slimSdk],
  });
  const nameOf = (file: string) => `./${path.basename(file).replace('chunk.js', 'shared.js')}`;
  const modules = new Map(outputFiles.map((file) => [nameOf(file.path), file.text.replaceAll('./chunk.js', SHARED)]));
  const sources = Object.entries(metafile.outputs)
    .filter(([file]) => [INDEX, DIAGNOSIS, SHARED].includes(nameOf(file)))
    .flatMap(([, { inputs }]) => Object.keys(inputs).filter((name) => (inputs[name]?.bytesInOutput ?? 0) > 0));
  modules.set('main', `export * from '${INDEX}';${modules.has(SHARED) ? `export * as shared from '${SHARED}';` : ''}`);
  return { modules, sources: [...new Set(sources)].sort() };
}

/** One file in CommonJS, which Lambda loads in the least time. The first has what both share, and hands it to the other. */
async function join(modules: ReadonlyMap<string, string>, entry: string, outfile: string, withMap = false) {
  const inMemory: Plugin = {
    name: 'in-memory',
    setup(build) {
      build.onResolve({ filter: /^main$|^\.\// }, ({ path: name, kind }) => ({
        path: name,
        namespace: 'memory',
        external: kind === 'dynamic-import' || (kind === 'require-call' && name === INDEX),
      }));
      build.onLoad({ filter: /.*/, namespace: 'memory' }, ({ path: name }) => ({
        contents:
          name === SHARED && entry === DIAGNOSIS ? `module.exports = require('${INDEX}').shared;` : modules.get(name),
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

/** Both files as one, for a template that holds the function's code: the second is not run before it is asked for. */
export function inOneFile({ code, diagnosis = '' }: Pick<Bundle, 'code' | 'diagnosis'>): string {
  const load =
    'function loadDiagnosis(own){const its={exports:{}};' +
    `((module,exports,require)=>{${diagnosis}\n})(its,its.exports,(name)=>name==="${INDEX}"?own:require(name));` +
    'return its.exports}';
  return `${code.trimEnd().replace(`require("${DIAGNOSIS}")`, 'loadDiagnosis(module.exports)')}\n${load}\n`;
}

export async function writeBundle(): Promise<void> {
  const { code, diagnosis = '' } = await bundle();
  await mkdir(DIST, { recursive: true });
  await writeFile(path.join(DIST, 'index.js'), code);
  await writeFile(path.join(DIST, 'diagnosis.js'), diagnosis);
}

if (require.main === module) {
  void writeBundle();
}
