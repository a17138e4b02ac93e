import { App, Aws, CfnParameter, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { AwsStub, exception, output } from '../../test/lambda/aws-stub';
import { healthyNetwork } from '../../test/lambda/network/network';
import type { Report } from '../src/run/report';
import { environment, run } from './cli';

jest.setTimeout(60_000);

const ACCOUNT = '111122223333';

function connection(scope: Construct, id: string, name?: string, catalogId: string = Aws.ACCOUNT_ID): void {
  new glue.CfnConnection(scope, id, { catalogId, connectionInput: { connectionType: 'JDBC', name } });
}

/** An app with a connection of each kind of name, in all kinds of places. */
function synthesize(): string {
  // As the CDK CLI asks for: with it, a template tells where those of its nested stacks are.
  const context = { 'aws:cdk:enable-asset-metadata': true };
  const app = new App({ context, outdir: mkdtempSync(path.join(tmpdir(), 'cli-app-')), analyticsReporting: false });
  const ireland = new Stack(app, 'Ireland', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  connection(ireland, 'Literal', 'literal');
  connection(ireland, 'Unnamed');
  connection(ireland, 'Later', 'later');
  connection(ireland, 'Foreign', 'foreign-catalog', '999999999999');
  const stage = new CfnParameter(ireland, 'StageName', { default: 'dev' });
  const secret = new CfnParameter(ireland, 'Hidden', { default: 'hidden', noEcho: true });
  connection(ireland, 'Joined', Fn.join('-', ['joined', stage.valueAsString]));
  connection(ireland, 'Sub', Fn.sub('${AWS::StackName}-${StageName}-${Own}-${!x}', { Own: Aws.REGION }));
  connection(ireland, 'NoEcho', Fn.join('-', ['no-echo', secret.valueAsString]));
  const nested = new NestedStack(ireland, 'Nested', { parameters: { Passed: stage.valueAsString } });
  new CfnParameter(nested, 'Passed');
  connection(nested, 'InNested', Fn.sub('nested-${Passed}'));
  connection(new Stack(app, 'Anywhere'), 'Agnostic', 'agnostic');
  connection(
    new Stack(app, 'Other', { env: { account: '444455556666', region: 'eu-west-1' } }),
    'There',
    'other-account',
  );
  const prod = new Stage(app, 'Prod', { env: { account: ACCOUNT, region: 'eu-central-1' } });
  connection(new Stack(prod, 'Frankfurt'), 'InStage', 'in-stage');
  return app.synth().directory;
}

const THERE = [
  ...['literal', 'joined-dev', 'Ireland-dev-eu-west-1-${x}', 'nested-dev', 'agnostic', 'in-stage', 'another'],
  ...['foreign-catalog', 'other-account', 'no-echo-hidden'],
];

let folder: string;
let aws: AwsStub;
beforeAll(() => {
  folder = synthesize();
});
beforeEach(async () => {
  aws = await AwsStub.start();
  aws.script('GetConnections', '', output({ ConnectionList: THERE.map((Name) => ({ Name, ConnectionType: 'JDBC' })) }));
});
afterEach(() => aws.close());

const testedByRegion = () =>
  aws.callsOf(/^TestConnection$/).map(({ region, input }) => `${region} ${String(input.ConnectionName)}`);

test('takes the connections that exist, each in the Region of its stack', async () => {
  const { code, stdout } = await run(['--app', folder, '--concurrency', '1'], environment(aws.url));

  expect(testedByRegion().sort()).toEqual([
    'eu-central-1 in-stage',
    'eu-west-1 Ireland-dev-eu-west-1-${x}',
    'eu-west-1 agnostic',
    'eu-west-1 joined-dev',
    'eu-west-1 literal',
    'eu-west-1 nested-dev',
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain('✔ eu-central-1 in-stage');
});

test('says of each other why it is not tested', async () => {
  const { stdout } = await run(['--app', folder, '--json'], environment(aws.url));
  const { omitted } = JSON.parse(stdout) as Report;

  expect(Object.fromEntries(omitted.map(({ name, reason }) => [name, reason]))).toEqual({
    'Ireland/Unnamed': 'its name is only known at deployment; test it by its name',
    'Ireland/NoEcho': 'its name is only known at deployment; test it by its name',
    later: 'it does not exist in eu-west-1 yet',
    'foreign-catalog': 'it is in a Data Catalog of another account; test it by its name with --catalog-id',
    'other-account': 'it is in account 444455556666, and these credentials belong to account 111122223333',
  });
});

test('--region takes the stacks of that Region, and those for any', async () => {
  const { stdout } = await run(['--app', folder, '--region', 'eu-central-1', '--json'], environment(aws.url));
  const { omitted } = JSON.parse(stdout) as Report;

  expect(testedByRegion().sort()).toEqual(['eu-central-1 agnostic', 'eu-central-1 in-stage']);
  expect(omitted.find(({ name }) => name === 'literal')?.reason).toBe(
    'it is in eu-west-1, but --region is eu-central-1',
  );
});

test('the network of a connection is examined in its own Region, or not at all', async () => {
  const network = healthyNetwork();
  network.subnets.pop();
  aws.network = network;
  aws.script(
    'TestConnection',
    'in-stage',
    exception('InvalidInputException', 'Could not find S3 endpoint or NAT gateway'),
  );
  const PhysicalConnectionRequirements = { SubnetId: 'subnet-0a', SecurityGroupIdList: ['sg-glue'] };
  aws.script('GetConnection', 'in-stage', output({ Connection: { PhysicalConnectionRequirements } }));
  const args = ['--app', folder, '--filter', 'in-stage'];
  const { code, stdout } = await run(args, environment(aws.url));

  expect(code).toBe(1);
  expect(stdout).toMatch(/^Found: .*subnet-0a/m);
  const regions = aws.callsOf(/^Describe/).map(({ region }) => region);
  expect([...new Set(regions)]).toEqual(['eu-central-1']);

  await run([...args, '--no-diagnosis'], environment(aws.url));
  expect(aws.callsOf(/^Describe/)).toHaveLength(regions.length);
});

test('fails where nothing of the app can be tested, and says why', async () => {
  aws.script('GetConnections', '', output({ ConnectionList: [] }));
  const { code, stderr } = await run(['--app', folder, '--region', 'us-east-1'], environment(aws.url));

  expect(code).toBe(2);
  expect(stderr).toContain(`no connection of the app in '${folder}' can be tested`);
  expect(stderr).toContain('agnostic: it does not exist in us-east-1 yet');
});
