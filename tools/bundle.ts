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
  sourcemap: 'inline',
  format: 'esm',
  splitting: true,
  // The SDK's CommonJS build, which esbuild would pick for Node, can't be tree-shaken.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': './lambda/environment-credentials.ts' },
  plugins: [slimSdk],
} satisfies BuildOptions;

/** What imports the modules: it is made, too. */
const ENTRY = 'entry';

/** Makes one file of the modules. */
const oneFile = {
  ...common,
  entryPoints: [ENTRY],
  outfile: 'lambda/dist/index.js',
  write: false,
  metafile: true,
  sourcemap: 'external',
  format: 'cjs',
  minify: true,
  banner: { js: 'var shared={};' },
} satisfies BuildOptions;

interface Bundle {
  readonly code: string;
  /** The files that the code is made of, relative to the project. */
  readonly sources: readonly string[];
  /** From the code to these files. */
  readonly map: string;
  /** Those of which a passing Create evaluates something. */
  readonly atOnce: ReadonlySet<string>;
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
  const atOnce = evaluatedAtOnce(split.metafile);
  const whole = await esbuild({ ...oneFile, external, plugins: [fromMemory(split.outputFiles, atOnce)] });
  const sources = usedIn(whole.metafile)
    .map((module) => split.metafile.outputs[module.slice(`${MEMORY}:`.length)])
    .flatMap((module) => usedIn({ outputs: module ? { module } : {} }));
  return {
    code: textOf(whole.outputFiles, '.js'),
    map: textOf(whole.outputFiles, '.map'),
    sources: sources.sort(),
    atOnce: new Set([...atOnce].flatMap((module) => Object.keys(split.metafile.outputs[module]?.inputs ?? {}))),
  };
}

export async function writeBundle(): Promise<void> {
  const { code } = await bundle();
  await mkdir(path.join(ROOT, 'lambda/dist'), { recursive: true });
  await writeFile(path.join(ROOT, 'lambda/dist/index.js'), code);
}

function textOf(files: readonly OutputFile[], ending: string): string {
  return files.find((file) => file.path.endsWith(ending))?.text ?? '';
}

const INDEX = path.join(modules.outdir, 'index.js');

/** The handler's module and all that it imports, but not what is imported on demand. */
function evaluatedAtOnce({ outputs }: Metafile): ReadonlySet<string> {
  const found = new Set([INDEX]);
  for (const module of found) {
    const imports = outputs[module]?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
    imports.filter((one) => one.path in outputs).forEach((one) => found.add(one.path));
  }
  return found;
}

const MEMORY = 'memory';
const SHARED = 'shared';

/**
 * Files that were made but not written.
 *
 * esbuild puts whatever a module imports that is loaded on demand into a function of its own, to evaluate it with that
 * module. For what is evaluated at once, that would mean to parse most of the code twice at each start: such imports
 * find it in a variable instead.
 */
function fromMemory(files: readonly OutputFile[], atOnce: ReadonlySet<string>): Plugin {
  const texts = new Map(files.map((file) => [path.relative(ROOT, file.path), file.text]));
  const chunks = [...atOnce].filter((module) => module !== INDEX);
  const entry = [
    ...chunks.map((chunk, index) => `import * as chunk${index} from './${chunk}';`),
    ...chunks.map((chunk, index) => `${SHARED}['${chunk}'] = chunk${index};`),
    `export * from './${INDEX}';`,
  ];
  return {
    name: MEMORY,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${ENTRY}$`) }, () => ({ path: ENTRY, namespace: MEMORY }));
      build.onResolve({ filter: /^\.{0,2}\// }, ({ path: name, resolveDir, importer }) => {
        const file = path.relative(ROOT, path.resolve(resolveDir, name));
        const isShared = atOnce.has(file) && !atOnce.has(importer) && importer !== ENTRY;
        return { path: file, namespace: isShared ? SHARED : MEMORY };
      });
      build.onLoad({ filter: /.*/, namespace: MEMORY }, (file) => ({
        contents: file.path === ENTRY ? entry.join('\n') : texts.get(file.path),
        resolveDir: path.join(ROOT, path.dirname(file.path)),
      }));
      build.onLoad({ filter: /.*/, namespace: SHARED }, (file) => ({
        contents: `module.exports = ${SHARED}['${file.path}'];`,
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
