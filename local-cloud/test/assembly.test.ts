import { App, CfnOutput, CfnResource, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StackEvent } from '../src/cloudformation';
import { LocalCloud } from '../src/local-cloud';

jest.setTimeout(60_000);

const SECRET = 'AWS::SecretsManager::Secret';

let outdir: string;
let cloud: LocalCloud;
let events: StackEvent[];
beforeEach(async () => {
  outdir = mkdtempSync(path.join(tmpdir(), 'assembly-test-'));
  events = [];
  cloud = await LocalCloud.start({ onEvent: (event) => events.push(event) });
});
afterEach(async () => {
  await cloud.stop();
  rmSync(outdir, { recursive: true });
});

const newApp = () => new App({ outdir, analyticsReporting: false });

function secret(stack: Stack, value: string) {
  return new CfnResource(stack, 'Secret', { type: SECRET, properties: { SecretString: value } });
}

test('a stack of a stage is deployed from the assembly of the stage, and from that of the app', async () => {
  const app = newApp();
  const stage = new Stage(app, 'Prod');
  const producer = new Stack(stage, 'Producer');
  new CfnOutput(producer, 'Arn', { value: secret(producer, 'value').ref, exportName: 'arn' });
  secret(new Stack(stage, 'Consumer', { stackName: 'the-consumer' }), Fn.importValue('arn'));
  app.synth();

  const inStage = path.join(outdir, 'assembly-Prod');
  expect(await cloud.deploy(inStage, 'Prod-Producer')).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(await cloud.deploy(outdir, 'the-consumer')).toMatchObject({ status: 'CREATE_COMPLETE', notModelled: [] });
});

test('fails when the assembly has no such stack, and names those that it has', async () => {
  const app = newApp();
  secret(new Stack(app, 'Orders'), 'value');
  secret(new Stack(new Stage(app, 'Prod'), 'Orders'), 'value');
  app.synth();
  await expect(cloud.deploy(outdir, 'ProdOrders')).rejects.toThrow(
    `no stack 'ProdOrders' in ${outdir}, which has: Prod-Orders, Orders`,
  );
});

test('fails when stages have stacks of the same name: one of their assemblies has to be given', async () => {
  const app = newApp();
  for (const name of ['One', 'Two']) {
    secret(new Stack(new Stage(app, name), 'Orders', { stackName: 'Orders' }), name);
  }
  app.synth();
  await expect(cloud.deploy(outdir, 'Orders')).rejects.toThrow(
    /^several stacks 'Orders' in .*assembly-One.*assembly-Two/,
  );
  expect((await cloud.deploy(path.join(outdir, 'assembly-Two'), 'Orders')).status).toBe('CREATE_COMPLETE');
});

test('nested stacks find their templates among the assets', async () => {
  const app = newApp();
  const stack = new Stack(new Stage(app, 'Prod'), 'Orders');
  const nested = new NestedStack(stack, 'Nested');
  const innermost = new NestedStack(nested, 'Innermost');
  new CfnOutput(stack, 'Name', { value: secret(innermost, 'value').ref });
  app.synth();

  const { status, outputs, notModelled } = await cloud.deploy(outdir, 'Prod-Orders');
  expect({ status, notModelled }).toEqual({ status: 'CREATE_COMPLETE', notModelled: [] });
  expect(outputs.Name).toMatch(/^arn:aws:secretsmanager:/);
  const { stackName } = events.find(({ resourceType }) => resourceType === SECRET)!;
  expect(stackName).toMatch(/^Prod-Orders-NestedNestedStack\w+-[A-Z0-9]{12}-InnermostNestedStack\w+-[A-Z0-9]{12}$/);
});

test('fails when a template is not among the assets', async () => {
  const app = newApp();
  new CfnResource(new Stack(app, 'Orders'), 'Nested', {
    type: 'AWS::CloudFormation::Stack',
    properties: { TemplateURL: 'https://s3.us-east-1.amazonaws.com/bucket/nothing.json' },
  });
  app.synth();
  expect((await cloud.deploy(outdir, 'Orders')).status).toBe('ROLLBACK_COMPLETE');
  expect(events.map(({ reason }) => reason)).toContain('S3 error: The specified bucket does not exist');
});
