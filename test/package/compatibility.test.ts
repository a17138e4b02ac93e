import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { incompatibilities } from '../../tools/package/compatibility';
import { PackedPackage } from './packed';

jest.setTimeout(300_000);

let packed: PackedPackage;
beforeAll(() => {
  packed = PackedPackage.create();
});
afterAll(() => packed.remove());

test('the API is compatible with itself', () => {
  expect(incompatibilities(packed.sources, packed.sources)).toBe('');
});

test('a method that a release had is missed', () => {
  const release = releaseWhere(({ methods }) =>
    methods.push({ name: 'testAgain', docs: { stability: 'experimental' } }),
  );

  expect(incompatibilities(release, packed.sources)).toContain(
    'METHOD cdk-glue-connection-test.ConnectionTest.testAgain: has been removed',
  );
});

interface JsiiClass {
  readonly methods: object[];
}

/** A copy of the package whose `ConnectionTest` was another one. */
function releaseWhere(change: (connectionTest: JsiiClass) => void): string {
  const release = path.join(packed.folder, 'release');
  cpSync(packed.sources, release, { recursive: true, verbatimSymlinks: true });
  const file = path.join(release, '.jsii.gz');
  const assembly = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { types: Record<string, JsiiClass> };
  change(assembly.types['cdk-glue-connection-test.ConnectionTest']!);
  writeFileSync(file, gzipSync(JSON.stringify(assembly)));
  return release;
}
