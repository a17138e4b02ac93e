import type { PluginBuild } from 'esbuild';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Where a name comes from, and what it is called there. */
interface Origin {
  readonly file: string;
  readonly name: string;
}

const STATEMENT = /^(import|export) \{([^}]*)\} from "([^"]+)";$/gm;

/**
 * Makes imports from a package's index imports from the files behind it.
 *
 * esbuild counts all files behind an index as needed wherever one of them is. Whatever a file that is loaded on demand
 * needs of the SDK would be in the file that is loaded at the start.
 */
export function directImports(build: PluginBuild): (code: string, file: string) => Promise<string> {
  const resolved = new Map<string, Promise<string>>();
  const read = new Map<string, Promise<string>>();

  function resolve(specifier: string, from: string): Promise<string> {
    const resolveDir = path.dirname(from);
    const key = `${specifier.startsWith('.') ? resolveDir : ''} ${specifier}`;
    const known = resolved.get(key);
    const file =
      known ?? build.resolve(specifier, { resolveDir, kind: 'import-statement' }).then((found) => found.path);
    resolved.set(key, file);
    return file;
  }

  /** Follows a name through one index after another; undefined where a file does not say where it has the name from. */
  async function originOf(file: string, name: string): Promise<Origin> {
    if (path.basename(file) !== 'index.js') {
      return { file, name };
    }
    const text = read.get(file) ?? readFile(file, 'utf8');
    read.set(file, text);
    for (const [, kind, names = '', specifier = ''] of (await text).matchAll(STATEMENT)) {
      const found = kind === 'export' ? namesIn(names).find(({ alias }) => alias === name) : undefined;
      if (found !== undefined) {
        return originOf(await resolve(specifier, file), found.name);
      }
    }
    return { file, name };
  }

  return async (code, file) => {
    const changes = Array.from(code.matchAll(STATEMENT), async ([statement, kind, names = '', specifier = '']) => {
      if (kind === 'export' || !/^(@aws-sdk|@smithy)\//.test(specifier)) {
        return [statement, statement] as const;
      }
      const from = await resolve(specifier, file);
      const lines = namesIn(names).map(async ({ name, alias }) => {
        const origin = await originOf(from, name);
        return `import { ${origin.name} as ${alias} } from ${JSON.stringify(origin.file)};`;
      });
      return [statement, (await Promise.all(lines)).join('')] as const;
    });
    const replaced = new Map(await Promise.all(changes));
    return code.replace(STATEMENT, (statement) => replaced.get(statement) ?? statement);
  };
}

/** Of what stands between the braces. */
function namesIn(list: string): { readonly name: string; readonly alias: string }[] {
  return list
    .split(',')
    .map((part) => part.trim().split(' as '))
    .filter(([name]) => name !== '')
    .map(([name = '', alias = name]) => ({ name, alias }));
}
