import type { Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { directImports } from './direct-imports';

/** Removes what the SDK's clients load but this function never uses. */
export const slimSdk: Plugin = {
  name: 'slim-sdk',
  setup(build) {
    const direct = directImports(build);
    // A client reads only its version from its `package.json`; the rest of that file is 2 KB.
    build.onLoad({ filter: /@aws-sdk.client-[^/\\]+.package\.json$/ }, async (file) => {
      const { version } = JSON.parse(await readFile(file.path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    // STS signs for several Regions only where its endpoint asks for that, and none does.
    build.onLoad({ filter: /@aws-sdk.signature-v4-multi-region.dist-es.SignatureV4MultiRegion\.js$/ }, () => ({
      contents:
        "import { SignatureV4 } from '@smithy/signature-v4';" +
        "export class SignatureV4MultiRegion extends SignatureV4 { static sigv4aDependency() { return 'none'; } }",
    }));
    // Only operations that stream events need this module, and the function calls none.
    build.onLoad({ filter: /@smithy.core.dist-es.submodules.event-streams.index\.js$/ }, () => ({ contents: '' }));
    build.onLoad({ filter: /[/\\]@(?:aws-sdk|smithy)[/\\].*[/\\]dist-es[/\\].*\.js$/ }, async (file) => {
      const change = CHANGES.find(({ files }) => files.test(file.path));
      const code = await readFile(file.path, 'utf8');
      return { contents: await direct(change?.apply(code) ?? code, file.path) };
    });
  },
};

const CHANGES: readonly { readonly files: RegExp; readonly apply: (code: string) => string }[] = [
  {
    // esbuild keeps each schema that has a computed key, whether or not it is used: half a megabyte of EC2's.
    files: /@aws-sdk.client-[^/\\]+.dist-es.schemas.schemas_\d+\.js$/,
    apply(code) {
      const constants = new Map(
        Array.from(code.matchAll(/^const (_\w+) = ("\w+");$/gm), ([, name, text]) => [name, text]),
      );
      return code.replace(/\[(_\w+)\]: /g, (key, name: string) => `${constants.get(name) ?? key}: `);
    },
  },
  {
    // Each exception repeats its name and its fault, which its constructor has set already.
    files: /@aws-sdk.client-[^/\\]+.dist-es.models.errors\.js$/,
    apply: (code) =>
      code.replace(
        /^ +(?:(?:name|\$fault) = "\w+"|static shapeId = "[^"]+"|Object\.setPrototypeOf\(this, \w+\.prototype\));\n/gm,
        '',
      ),
  },
  {
    // Nothing imports from it what it only passes on, see `direct-imports.ts`; the rest of it is code.
    files: /@smithy.core.dist-es.submodules.serde.index\.js$/,
    apply: (code) => code.replace(/^export \{[^}]*\} from "[^"]+";\n/gm, ''),
  },
];
