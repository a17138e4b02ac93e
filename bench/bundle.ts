import type { Metafile } from 'esbuild';
import { bundle as bundleOf } from '../lambda/bundle';
import { compared, single, type Benchmark, type Row } from './benchmark';
import { build as esbuild } from 'esbuild';

/** How many packages are explained. */
const LARGEST = 10;

type Metafiles = Awaited<ReturnType<typeof bundleOf>>['metafiles'];

export const bundle: Benchmark = {
  title: 'Bundle: what is loaded',
  async measure() {
    const { code, metafiles } = await bundleOf();
    const floor = await bundleOf([], 'bench/handlers/floor.ts');
    const usual = await withUsualSettings();
    const bytes = bytesByModule(metafiles);
    const onTheWay = [...evaluatedAtOnce(metafiles.split)].reduce((total, module) => total + (bytes.get(module) ?? 0), 0);
    const all = Buffer.byteLength(code);
    const floorBytes = Buffer.byteLength(floor.code);
    return [
      single('evaluated by a passing Create', 'KB', [kb(onTheWay)], { target: { of: 'value', atMost: 230 } }),
      compared('all together', 'KB', [kb(all)], ['floor', [kb(floorBytes)]], { target: { of: 'value', atMost: 400 } }),
      compared('all together', 'KB', [kb(all)], ['Glue alone, as esbuild does it', [kb(usual)]]),
      ...largest(metafiles, bytes),
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
  return outputFiles[0].contents.length;
}

/** The minified bytes of each module of the first step. */
function bytesByModule({ whole }: Metafiles): ReadonlyMap<string, number> {
  const inputs = Object.values(whole.outputs).flatMap((output) => Object.entries(output.inputs));
  return new Map(inputs.map(([name, { bytesInOutput }]) => [name.replace(/^memory:/, ''), bytesInOutput]));
}

/** The handler's module and those that it imports, but not what is imported on demand. */
function evaluatedAtOnce({ outputs }: Metafile): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string) => {
    if (!found.has(name)) {
      found.add(name);
      const imports = outputs[name]?.imports ?? [];
      imports.filter(({ kind }) => kind === 'import-statement').forEach((one) => add(one.path));
    }
  };
  add(Object.keys(outputs).find((name) => name.endsWith('/index.js')) ?? '');
  return found;
}

/** A module's minified bytes are shared among its sources as its bytes before that are. */
function largest({ split }: Metafiles, bytes: ReadonlyMap<string, number>): Row[] {
  const packages = new Map<string, { atOnce: number; onDemand: number; largest: [string, number] }>();
  const atOnce = evaluatedAtOnce(split);
  for (const [module, output] of Object.entries(split.outputs)) {
    const inputs = Object.entries(output.inputs);
    const total = inputs.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
    for (const [source, { bytesInOutput }] of inputs.filter(() => total > 0)) {
      const share = (bytesInOutput / total) * (bytes.get(module) ?? 0);
      const name = packageOf(source);
      const known = packages.get(name) ?? { atOnce: 0, onDemand: 0, largest: ['', 0] };
      known[atOnce.has(module) ? 'atOnce' : 'onDemand'] += share;
      known.largest = share > known.largest[1] ? [source, share] : known.largest;
      packages.set(name, known);
    }
  }
  const total = (one: { atOnce: number; onDemand: number }) => one.atOnce + one.onDemand;
  return [...packages]
    .sort(([, a], [, b]) => total(b) - total(a))
    .slice(0, LARGEST)
    .map(([name, sizes]) => {
      const [source, share] = sizes.largest;
      const file = source.split('/').slice(-2).join('/');
      const note = `${name}: ${kb(sizes.onDemand).toFixed(1)} KB of it on demand; ${kb(share).toFixed(1)} KB are ${file}`;
      return single(`— ${name}`, 'KB', [kb(total(sizes))], { note });
    });
}

function packageOf(source: string): string {
  return /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? 'lambda/';
}
