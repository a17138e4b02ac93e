import { LocalCloud, PostgresServer, type StackEvent } from '@cdk-glue-connection-test/local-cloud';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { exampleText } from './provided-cloud';

jest.setTimeout(60_000);

const folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-example-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Resource {
  readonly Type: string;
  readonly DependsOn?: readonly string[];
}

/** Synthesizes the example; with an address, the connection leads there. */
async function synthesize(name: string, jdbcUrl?: string): Promise<string> {
  const assembly = path.join(folder, name);
  process.env.CDK_OUTDIR = assembly;
  process.env.CDK_CONTEXT_JSON = JSON.stringify(jdbcUrl === undefined ? {} : { jdbcUrl });
  await jest.isolateModulesAsync(async () => {
    await import('../../examples/vpc/app');
  });
  delete process.env.CDK_OUTDIR;
  delete process.env.CDK_CONTEXT_JSON;
  return assembly;
}

test('in the example of the README, each waits for what the README says', async () => {
  const assembly = await synthesize('aurora');
  const read = (file: string) => readFileSync(path.join(assembly, file), 'utf8');
  const { Resources } = JSON.parse(read('OrdersInVpc.template.json')) as { Resources: Record<string, Resource> };
  const namesOf = (type: string) => Object.keys(Resources).filter((name) => Resources[name]!.Type === type);
  const [connectionTest = ''] = namesOf('Custom::GlueConnectionTest');
  const [writer = ''] = namesOf('AWS::RDS::DBInstance');

  expect(read('OrdersInVpc.metadata.json')).not.toContain('cdk-glue-connection-test:');
  expect([...Resources[connectionTest]!.DependsOn!].sort()).toEqual(
    [...namesOf('AWS::RDS::DBInstance'), ...namesOf('AWS::EC2::SecurityGroupIngress')].sort(),
  );
  // The instance itself waits for the routes of the private subnets.
  expect(Resources[writer]!.DependsOn!.map((name) => Resources[name]!.Type)).toContain('AWS::EC2::Route');
  expect(namesOf('AWS::Glue::Job').map((name) => Resources[name]!.DependsOn)).toEqual([[connectionTest]]);
});

test('in local-cloud it is deployed with the address of a PostgreSQL, and the job after its test', async () => {
  const password = randomBytes(12).toString('base64url');
  const database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
  const events: StackEvent[] = [];
  const cloud = await LocalCloud.start({ onEvent: (event) => events.push(event) });
  cloud.secretsManager.create('orders/database', JSON.stringify({ username: 'orders', password }));
  try {
    const assembly = await synthesize('local', `jdbc:postgresql://${database.host}:${database.port}/orders`);
    const { status } = await cloud.deploy(assembly, 'OrdersInVpc');

    expect([status, events.find((event) => event.status.endsWith('_FAILED'))?.reason]).toEqual([
      'CREATE_COMPLETE',
      undefined,
    ]);
    const ends = events.filter((event) => event.status === 'CREATE_COMPLETE').map(({ resourceType }) => resourceType);
    expect(ends).toEqual(expect.arrayContaining(['Custom::GlueConnectionTest', 'AWS::Glue::Job']));
    expect(ends.indexOf('Custom::GlueConnectionTest')).toBeLessThan(ends.indexOf('AWS::Glue::Job'));
  } finally {
    await cloud.stop();
    await database.stop();
  }
});

test('the README shows a part of the example, word for word', () => {
  const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
  const [, shown = 'nothing'] = /^```ts\n(const vpc = [^]*?)^```$/m.exec(readme) ?? [];

  expect(exampleText('vpc/app.ts').replaceAll(/^ {4}/gm, '')).toContain(shown);
});
