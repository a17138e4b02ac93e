import type { Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';

/** Removes what the SDK's clients load but this function never uses. */
export const slimSdk: Plugin = {
  name: 'slim-sdk',
  setup(build) {
    // A client reads only its version from its `package.json`; the rest of that file is 2 KB.
    build.onLoad({ filter: /@aws-sdk.client-[^/\\]+.package\.json$/ }, async (file) => {
      const { version } = JSON.parse(await readFile(file.path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    // esbuild keeps each schema that has a computed key, whether or not it is used: half a megabyte of EC2's, a third of
    // Glue's.
    build.onLoad({ filter: /@aws-sdk.client-[^/\\]+.dist-es.schemas.schemas_\d+\.js$/ }, async (file) => {
      const code = await readFile(file.path, 'utf8');
      const constants = new Map(
        Array.from(code.matchAll(/^const (_\w+) = ("\w+");$/gm), ([, name, text]) => [name, text]),
      );
      return { contents: code.replace(/\[(_\w+)\]: /g, (key, name: string) => `${constants.get(name) ?? key}: `) };
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
