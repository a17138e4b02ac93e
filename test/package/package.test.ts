import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { run } from '../../tools/package/run';
import { INSTALLED, PackedPackage } from './packed';

jest.setTimeout(300_000);

const BIN = path.join(INSTALLED, '.bin');

let packed: PackedPackage;
let project: string;
beforeAll(() => {
  packed = PackedPackage.create();
  project = packed.install();
  cpSync(path.join(__dirname, 'consumers'), project, { recursive: true });
});
afterAll(() => packed.remove());

test('it holds what its users need, and nothing else', () => {
  const sources = readdirSync(path.join(packed.sources, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.d)\.ts$/.test(file),
  );
  const rules = readdirSync(path.join(packed.sources, 'lambda/network/rules')).filter((file) =>
    /(?<!\.d)\.ts$/.test(file),
  );
  const compiled = (file: string) => [file.replace(/ts$/, 'js'), file.replace(/ts$/, 'd.ts')];
  const isExample = (file: string) => file.startsWith('examples/');

  expect(packed.files.filter((file) => !isExample(file)).sort()).toEqual(
    [
      '.jsii',
      '.jsii.gz',
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES',
      'dist/glue-connection-sweep.template.json',
      'dist/glue-connection-test-provider.template.json',
      'docs/cloudformation.md',
      'docs/monitor.md',
      'docs/network.md',
      'docs/sweep.md',
      'lambda/contract.d.ts',
      'lambda/sweep/contract.d.ts',
      'lambda/dist/diagnosis.js',
      'lambda/dist/index.js',
      'lambda/dist/monitor.js',
      'lambda/monitor/contract.d.ts',
      'lambda/dist/sweep.js',
      'lambda/dist/sweep-resource.js',
      'lambda/sweep-resource/contract.d.ts',
      ...['base/redaction/secret-names.ts', 'network/store-address.ts', ...rules.map((file) => `network/rules/${file}`)]
        .flatMap(compiled)
        .map((file) => `lambda/${file}`),
      ...sources.flatMap(compiled).map((file) => `lib/${file}`),
      'package.json',
      'schema/custom-glue-connection-sweep.schema.json',
      'schema/custom-glue-connection-test.schema.json',
      'schema/template.schema.json',
    ].sort(),
  );
  expect(packed.files.filter(isExample).map((file) => path.extname(file))).not.toEqual([]);
});

// The function's code is in it three times, as files and in both templates: that is more than half of it.
test('it is smaller than 700 KB to download, and than 2.3 MB when it is unpacked', () => {
  expect(packed.size).toBeLessThan(700_000);
  expect(packed.unpackedSize).toBeLessThan(2_300_000);
});

describe('the README', () => {
  const INSIDE =
    /^https:\/\/(?:github\.com|raw\.githubusercontent\.com)\/[\w-]+\/[\w-]+\/(?:blob\/)?v\d+\.\d+\.\d+\/([^?#]*)/;
  const read = (folder: string) => readFileSync(path.join(folder, 'README.md'), 'utf8');
  const installed = () => path.join(project, 'node_modules/cdk-glue-connection-test');
  const linksIn = (markdown: string) => Array.from(markdown.matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link);

  test('has absolute links, whose files are in the repository', () => {
    const links = linksIn(read(installed()));
    const inside = links.flatMap((link) => INSIDE.exec(link)?.slice(1) ?? []);

    expect(links.filter((link) => !link.startsWith('https://'))).toEqual([]);
    expect(inside.length).toBeGreaterThan(20);
    expect(inside.filter((file) => !existsSync(path.join(packed.sources, file)))).toEqual([]);
  });

  test('is the same for the other languages, which take it from the assembly', () => {
    const json = gunzipSync(readFileSync(path.join(installed(), '.jsii.gz'))).toString();
    const assembly = JSON.parse(json) as { readonly readme: { readonly markdown: string } };

    expect(assembly.readme.markdown.trim()).toBe(read(installed()).trim());
  });

  test('is left as it was in the sources', () => {
    expect(read(packed.sources)).toBe(read(path.join(__dirname, '../..')));
  });
});

test('publint finds nothing in it', () => {
  expect(run(packed.folder, path.join(BIN, 'publint'), 'run', '--strict', packed.archive)).toContain('All good!');
});

test('API.md is what the API is', () => {
  // The program gives the file its extension.
  const file = path.join(packed.folder, 'api');
  run(packed.sources, path.join(BIN, 'jsii-docgen'), '--output', file);

  // `npm run api` writes it anew.
  expect(readFileSync(`${file}.md`, 'utf8')).toBe(readFileSync(path.join(packed.sources, 'API.md'), 'utf8'));
});

test('an empty project has nothing of it but itself and its peers', () => {
  const names = readdirSync(path.join(project, 'node_modules')).filter((name) => !name.startsWith('.'));

  expect(names.sort()).toEqual(['aws-cdk-lib', 'cdk-glue-connection-test', 'constructs']);
});

test.each(['app.cjs', 'app.mjs'])('it is used from %s', (file) => {
  expectToSynthesize(file);
});

test.each([
  ['CommonJS', 'nodenext', 'commonjs'],
  ['ESM', 'nodenext', 'module'],
  ['a bundler', 'bundler', 'module'],
])('it is used from TypeScript, for %s', (_, moduleResolution, type) => {
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name: 'project', private: true, type }));
  const compilerOptions = {
    target: 'es2022',
    // The second is what aws-cdk-lib's own types need.
    lib: ['es2022', 'esnext.disposable'],
    module: 'nodenext',
    strict: true,
    types: [],
    ...(moduleResolution === 'bundler' && { module: 'es2022', moduleResolution }),
    outDir: 'out',
  };
  writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['app.ts'] }));

  run(project, path.join(BIN, 'tsc'), '--project', '.');

  expectToSynthesize('out/app.js');
});

/** Runs the app, and looks for the test and the function's code in what it has synthesized. */
function expectToSynthesize(app: string): void {
  const assembly = path.join(project, `cdk.out-${path.basename(app)}`);
  run(project, 'env', `CDK_OUTDIR=${assembly}`, process.execPath, app);

  expect(readFileSync(path.join(assembly, 'Orders.template.json'), 'utf8')).toContain('"Custom::GlueConnectionTest"');
  const assets = readdirSync(assembly).filter((name) => existsSync(path.join(assembly, name, 'index.js')));
  expect(assets).toHaveLength(1);
}
