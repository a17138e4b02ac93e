import { build as esbuild, type BuildOptions, type Plugin } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

const ROOT = path.resolve(__dirname, '..');

/** Removes what the SDK's clients load but this function never uses. */
const slimSdk: Plugin = {
  name: 'slim-sdk',
  setup(build) {
    // A client reads only its version from its `package.json`; the rest of that file is 2 KB.
    build.onLoad({ filter: /@aws-sdk.client-[^/\\]+.package\.json$/ }, async (file) => {
      const { version } = JSON.parse(await readFile(file.path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    // Each exception repeats its name and its fault, which its constructor has set already.
    build.onLoad({ filter: /@aws-sdk.client-[^/\\]+.dist-es.models.errors\.js$/ }, async (file) => {
      const code = await readFile(file.path, 'utf8');
      const repeated =
        /^ +(?:(?:name|\$fault) = "\w+"|static shapeId = "[^"]+"|Object\.setPrototypeOf\(this, \w+\.prototype\));\n/gm;
      return { contents: code.replace(repeated, '') };
    });
    // STS signs for several Regions only where its endpoint asks for that, and none does.
    build.onLoad({ filter: /@aws-sdk.signature-v4-multi-region.dist-es.index\.js$/ }, () => ({
      contents:
        "import { SignatureV4 } from '@smithy/signature-v4';" +
        "export class SignatureV4MultiRegion extends SignatureV4 { static sigv4aDependency() { return 'none'; } }",
    }));
    // Only operations that stream events need this module, and the function calls none.
    build.onLoad({ filter: /@smithy.core.dist-es.submodules.event-streams.index\.js$/ }, () => ({ contents: '' }));
  },
};

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'none',
  // The SDK's CommonJS build, which esbuild would pick for Node, can't be tree-shaken.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': './lambda/base/environment-credentials.ts' },
  plugins: [slimSdk],
  outfile: 'lambda/dist/index.js',
  write: false,
  metafile: true,
  sourcemap: 'external',
} satisfies BuildOptions;

interface Bundle {
  readonly code: string;
  /** The files that the code is made of, relative to the project. */
  readonly sources: readonly string[];
  /** From the code to these files. */
  readonly map: string;
}

/**
 * Bundles the function's code into one file.
 *
 * @param external packages that are left out
 * @param handler the file of the handler
 */
export async function bundle(external: string[] = [], handler = 'lambda/index.ts'): Promise<Bundle> {
  const { outputFiles, metafile } = await esbuild({ ...OPTIONS, entryPoints: [handler], external });
  const text = (ending: string) => outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  const sources = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((name) => (inputs[name]?.bytesInOutput ?? 0) > 0),
  );
  return { code: text('.js'), map: text('.map'), sources: sources.sort() };
}

export async function writeBundle(): Promise<void> {
  const { code } = await bundle();
  await mkdir(path.join(ROOT, 'lambda/dist'), { recursive: true });
  await writeFile(path.join(ROOT, 'lambda/dist/index.js'), code);
}

if (require.main === module) {
  void writeBundle();
}
