import {
  App,
  BootstraplessSynthesizer,
  CliCredentialsStackSynthesizer,
  DefaultStackSynthesizer,
  LegacyStackSynthesizer,
  Stack,
  Stage,
  Validations,
} from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as glue from 'aws-cdk-lib/aws-glue';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import { ConnectionTarget, ConnectionTest } from '../../lib/index';
import { asText, connectionsTested, createConnection, createStack, onlyResourceOf, testResourceOf } from './harness';

const target = ConnectionTarget.fromName('orders', { inVpc: false });
const env = { account: '111122223333', region: 'eu-west-1' };

interface Code {
  readonly S3Bucket: unknown;
}

function bucketOf(stack: Stack): string {
  return asText((onlyResourceOf(stack, 'AWS::Lambda::Function').Properties.Code as Code).S3Bucket);
}

describe('the function comes from the bucket of', () => {
  test.each([
    ['the bootstrapped environment', new DefaultStackSynthesizer(), /^cdk-hnb659fds-assets-111122223333-eu-west-1$/],
    [
      'an environment with a qualifier',
      new DefaultStackSynthesizer({ qualifier: 'orders' }),
      /^cdk-orders-assets-111122223333-eu-west-1$/,
    ],
    ['an own bucket', new DefaultStackSynthesizer({ fileAssetsBucketName: 'assets' }), /^assets$/],
    ["the CLI's credentials", new CliCredentialsStackSynthesizer(), /^cdk-hnb659fds-assets-111122223333-eu-west-1$/],
    ['the legacy bootstrapping', new LegacyStackSynthesizer(), /^\$\{AssetParameters\w+\}$/],
  ])('%s', (_, synthesizer, bucket) => {
    const stack = createStack({ env, synthesizer });
    const reason = 'a parameter of the legacy synthesizer, which nothing refers to';
    Validations.of(stack).acknowledge({ id: 'CloudFormation-Validate::W2001', reason });
    new ConnectionTest(stack, 'Test', { target });

    expect(bucketOf(stack)).toMatch(bucket);
  });
});

test('without any bootstrapping there is no bucket for the function, and the error says so', () => {
  const stack = createStack({ synthesizer: new BootstraplessSynthesizer() });

  expect(() => new ConnectionTest(stack, 'Test', { target })).toThrow(
    'Cannot add assets to a Stack that uses the BootstraplessSynthesizer',
  );
});

test('a stage has a test of its own in each environment', () => {
  const app = new App();
  const stacks = ['Test', 'Prod'].map((id) => {
    const stack = new Stack(new Stage(app, id, { env }), 'Orders');
    const connection = createConnection(stack);
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });
    return stack;
  });

  const [first, second] = stacks.map((stack) => Template.fromStack(stack).toJSON());
  expect(testResourceOf(stacks[0]!).Properties.ConnectionName).toBeDefined();
  expect(first).toEqual(second);
});

test('a pipeline deploys a stage with a test to another account', () => {
  const app = new App();
  const stack = new Stack(app, 'Pipeline', { env });
  const input = CodePipelineSource.codeCommit(
    codecommit.Repository.fromRepositoryName(stack, 'Repository', 'r'),
    'main',
  );
  const synth = new ShellStep('Synth', { input, commands: ['npx cdk synth'] });
  const pipeline = new CodePipeline(stack, 'Pipeline', { crossAccountKeys: true, synth });
  const stage = new Stage(app, 'Prod', { env: { account: '444455556666', region: 'eu-west-1' } });
  const orders = new Stack(stage, 'Orders');
  new ConnectionTest(orders, 'Test', { target });
  pipeline.addStage(stage);

  const { Stages } = onlyResourceOf(stack, 'AWS::CodePipeline::Pipeline').Properties as { Stages: { Name: string }[] };
  expect(Stages.map(({ Name }) => Name)).toEqual(['Source', 'Build', 'UpdatePipeline', 'Assets', 'Prod']);
  expect(bucketOf(orders)).toBe('cdk-hnb659fds-assets-444455556666-eu-west-1');
});

describe('a connection of another account', () => {
  const catalog = { CatalogId: '444455556666' };

  test('that is imported is tested in its catalog', () => {
    const stack = createStack({ env });
    const arn = 'arn:aws:glue:eu-west-1:444455556666:connection/orders';
    const connection = glue.Connection.fromConnectionArn(stack, 'Orders', arn);
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    expect(testResourceOf(stack).Properties).toMatchObject({ ...catalog, ConnectionName: 'orders' });
    expect(connectionsTested(stack)).toEqual([arn.replace('arn:aws:', 'arn:${AWS::Partition}:')]);
  });

  test('that a stack of this app creates is tested in its catalog, by its name', () => {
    const app = new App();
    const data = new Stack(app, 'Data', { env: { ...env, account: '444455556666' } });
    const connection = createConnection(data, 'Orders', { connectionName: 'orders' });
    const stack = new Stack(app, 'Stack', { env });
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    expect(testResourceOf(stack).Properties).toMatchObject({ ...catalog, ConnectionName: 'orders' });
    expect(stack.dependencies).toEqual([data]);
  });
});

describe.each([
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
])('in the partition %s', (partition, region) => {
  test.each([{}, { '@aws-cdk/core:enablePartitionLiterals': true }])('no ARN is of another one, with %j', (context) => {
    const stack = createStack({ env: { ...env, region } }, context);
    const target = ConnectionTarget.fromName('orders', { inVpc: true });
    new ConnectionTest(stack, 'Test', { target });

    const template = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(template).not.toMatch(/arn:aws:/);
    const expected = Object.keys(context).length === 0 ? '${AWS::Partition}' : partition;
    expect(connectionsTested(stack)).toEqual([`arn:${expected}:glue:${region}:111122223333:connection/orders`]);
    Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
  });
});
