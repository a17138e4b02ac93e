import { build as esbuild, type BuildOptions, type Metafile, type OutputFile, type Plugin } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

const ROOT = path.resolve(__dirname, '..');

/** Takes out of the SDK what no import can leave out. */
const slimSdk: Plugin = {
  name: 'slim-sdk',
  setup(build) {
    // A client takes its version from its `package.json`: that alone, without 2 KB of scripts and dependencies.
    build.onLoad({ filter: /@aws-sdk.client-[^/\\]+.package\.json$/ }, async (file) => {
      const { version } = JSON.parse(await readFile(file.path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    // It is only loaded for operations that stream events, of which the function calls none.
    build.onLoad({ filter: /@smithy.core.dist-es.submodules.event-streams.index\.js$/ }, () => ({ contents: '' }));
  },
};

const common: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
};

/** A handler, what it loads on demand, and what these share, each as a module without what nobody uses. */
const modules = {
  ...common,
  outdir: 'lambda/dist/modules',
  write: false,
  metafile: true,
  format: 'esm',
  splitting: true,
  // The SDK's CommonJS build, which esbuild would pick for Node, can't be tree-shaken.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': './lambda/environment-credentials.ts' },
  plugins: [slimSdk],
} satisfies BuildOptions;

/** Makes one file of the modules. */
const oneFile = {
  ...common,
  entryPoints: [path.join(ROOT, modules.outdir, 'index.js')],
  write: false,
  metafile: true,
  format: 'cjs',
  minify: true,
} satisfies BuildOptions;

interface Bundle {
  readonly code: string;
  /** The files that the code is made of, relative to the project. */
  readonly sources: readonly string[];
  /** Of what the code is made, in both steps. */
  readonly metafiles: { readonly split: Metafile; readonly whole: Metafile };
}

/**
 * The function's whole code, in two steps: where esbuild makes one file of what is loaded on demand, it keeps all of it,
 * used or not; where it makes several, it does not.
 *
 * @param external packages that are left out
 * @param handler the file of the handler
 */
export async function bundle(external: string[] = [], handler = 'lambda/index.ts'): Promise<Bundle> {
  const split = await esbuild({ ...modules, entryPoints: [{ in: handler, out: 'index' }], external });
  const whole = await esbuild({ ...oneFile, external, plugins: [fromMemory(split.outputFiles)] });
  const sources = usedIn(whole.metafile)
    .map((module) => split.metafile.outputs[module.slice(`${MEMORY}:`.length)])
    .flatMap((module) => usedIn({ outputs: module ? { module } : {} }));
  return {
    code: whole.outputFiles.map(({ text }) => text).join(''),
    sources: sources.sort(),
    metafiles: { split: split.metafile, whole: whole.metafile },
  };
}

export async function writeBundle(): Promise<void> {
  const { code } = await bundle();
  await mkdir(path.join(ROOT, 'lambda/dist'), { recursive: true });
  await writeFile(path.join(ROOT, 'lambda/dist/index.js'), code);
}

const MEMORY = 'memory';

/** Files that were made but not written. */
function fromMemory(files: readonly OutputFile[]): Plugin {
  const texts = new Map(files.map((file) => [path.relative(ROOT, file.path), file.text]));
  return {
    name: MEMORY,
    setup(build) {
      build.onResolve({ filter: /^\.{0,2}\// }, ({ path: name, resolveDir }) => ({
        path: path.relative(ROOT, path.resolve(resolveDir, name)),
        namespace: MEMORY,
      }));
      build.onLoad({ filter: /.*/, namespace: MEMORY }, (file) => ({
        contents: texts.get(file.path),
        resolveDir: path.join(ROOT, path.dirname(file.path)),
      }));
    },
  };
}

/** The files of which there is something in the output. */
function usedIn({ outputs }: Pick<Metafile, 'outputs'>): string[] {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((name) => (inputs[name]?.bytesInOutput ?? 0) > 0),
  );
}

if (require.main === module) {
  void writeBundle();
}
