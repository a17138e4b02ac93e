import { build as esbuild } from 'esbuild';
import { SourceMap } from 'node:module';
import { bundle as bundleOf } from '../tools/bundle';
import { compared, single, type Benchmark, type Row } from './benchmark';

/** How many packages are explained. */
const LARGEST = 10;

type Bundle = Awaited<ReturnType<typeof bundleOf>>;

/** A part of the code, in bytes. */
interface Part {
  readonly source: string;
  readonly bytes: number;
}

export const bundle: Benchmark = {
  title: 'Bundle: what is loaded',
  async measure() {
    const ours = await bundleOf([], 'lambda/index.ts', true);
    const floor = await bundleOf([], 'bench/handlers/floor.ts');
    const usual = await withUsualSettings();
    const all = [kb(Buffer.byteLength(ours.code))];
    return [
      compared('all together', 'KB', all, ['floor', [kb(Buffer.byteLength(floor.code))]], {
        target: { of: 'value', atMost: 280 },
      }),
      compared('all together', 'KB', all, ['Glue alone, as esbuild does it', [kb(usual)]]),
      ...largest(partsOf(ours)),
    ];
  },
};

/** Of 1,000 bytes, as the targets are. */
function kb(bytes: number): number {
  return bytes / 1000;
}

/** Glue's client as it is bundled for Node.js where nobody thinks about it. */
async function withUsualSettings(): Promise<number> {
  const contents = "export { GlueClient, TestConnectionCommand } from '@aws-sdk/client-glue';";
  const { outputFiles } = await esbuild({
    stdin: { contents, resolveDir: __dirname },
    ...{ bundle: true, platform: 'node', minify: true, write: false },
  });
  return outputFiles.reduce((total, { contents: { length } }) => total + length, 0);
}

/** What each file has contributed to the code, character by character. */
function partsOf({ code, map, sources }: Bundle): Part[] {
  const sourceMap = new SourceMap(JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0]);
  const bytes = new Map<string, number>();
  code.split('\n').forEach((line, row) => {
    Array.from(line).forEach((character, column) => {
      const entry = sourceMap.findEntry(row, column);
      const source = 'originalSource' in entry ? entry.originalSource : '';
      bytes.set(source, (bytes.get(source) ?? 0) + Buffer.byteLength(character));
    });
  });
  // The map's names are relative to the bundle.
  return [...bytes].map(([name, count]) => {
    const end = name.replace(/^(\.\.\/)+/, '');
    const source = sources.find((one) => one.endsWith(end)) ?? end;
    return { source, bytes: count };
  });
}

function bytesOf(parts: readonly Part[]): number {
  return parts.reduce((total, { bytes }) => total + bytes, 0);
}

function largest(parts: readonly Part[]): Row[] {
  const names = [...new Set(parts.map(({ source }) => packageOf(source)))];
  const packages = names.map((name) => ({ name, files: parts.filter(({ source }) => packageOf(source) === name) }));
  return packages
    .sort((a, b) => bytesOf(b.files) - bytesOf(a.files))
    .slice(0, LARGEST)
    .map(({ name, files }) => {
      const [first] = [...files].sort((a, b) => b.bytes - a.bytes);
      const file = first?.source.split('/').slice(-2).join('/') ?? '';
      const note = `${name}: the largest of ${files.length} files has ${kb(first?.bytes ?? 0).toFixed(1)} KB, ${file}`;
      return single(`— ${name}`, 'KB', [kb(bytesOf(files))], { note });
    });
}

function packageOf(source: string): string {
  return /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? 'lambda/';
}
