import { App, Aws, Stack, type Environment } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTarget, ConnectionTest, ConnectionTests } from '../../../lib/index';
import { ACCOUNT, buildPlaces, CATALOG_IDS, HERE } from '../apps/places';
import { createStack, resourcesOf, testResourceOf } from '../harness';

const ids = (stacks: readonly Stack[]) => stacks.map(({ node }) => node.id);
const ELSEWHERE = { ...HERE, region: 'us-east-1' };
const OTHER_ACCOUNT = { ...HERE, account: '444455556666' };

describe.each(Object.entries(CATALOG_IDS))('where connections name their catalog by %s', (_, catalogId) => {
  test.each<[string, Environment | undefined, Environment | undefined]>([
    ['the same environment', HERE, HERE],
    ['an environment, and the other none', HERE, undefined],
    ['none, and the other an environment', undefined, HERE],
    ['none both', undefined, undefined],
    ['an account, and the other an environment', { account: ACCOUNT }, HERE],
    ['a region, and the other an environment', { region: 'eu-west-1' }, HERE],
  ])('a job in another stack waits: one has %s', (_name, connection, job) => {
    const { app, jobs } = buildPlaces({ Connections: connection }, job, catalogId);
    app.synth();

    expect(ids(jobs.dependencies)).toEqual(['Connections']);
    Annotations.fromStack(jobs).hasNoWarning('*', Match.anyValue());
  });

  test.each<[string, Environment, Environment]>([
    ['region', HERE, ELSEWHERE],
    ['account', OTHER_ACCOUNT, { ...HERE, account: '777788889999' }],
    ['region, and one has no account', { region: 'us-east-1' }, HERE],
  ])('a job of another %s does not', (_name, connection, job) => {
    const { app, jobs } = buildPlaces({ Connections: connection }, job, ({ account }) => account);
    app.synth();

    expect(jobs.dependencies).toEqual([]);
  });

  test('the call does not name the account as a catalog, if it is known to be its own', () => {
    const { stacks } = buildPlaces({ Connections: HERE }, HERE, catalogId);

    expect(testResourceOf(stacks[0]!).Properties.CatalogId).toBeUndefined();
  });
});

test('of several stacks, a job waits for the one that is in its environment', () => {
  const { app, jobs } = buildPlaces({ Dev: OTHER_ACCOUNT, Prod: HERE, Unknown: undefined }, HERE);
  app.synth();

  expect(ids(jobs.dependencies)).toEqual(['Prod']);
});

test.each<[Record<string, Environment | undefined>, Environment | undefined]>([
  [{ Dev: OTHER_ACCOUNT, Prod: HERE }, undefined],
  [{ Dev: undefined, Prod: undefined }, HERE],
  [{ Dev: undefined, Prod: undefined }, undefined],
])('where any of several stacks may be meant, nothing waits, and a warning says so: %j, %j', (connections, job) => {
  const { app, jobs } = buildPlaces(connections, job);
  app.synth();

  expect(jobs.dependencies).toEqual([]);
  Annotations.fromStack(jobs).hasWarning(
    '/Jobs/Job',
    Match.stringLikeRegexp(
      "Jobs/Job names the connection 'orders', but does not wait for a test of it, since the name may belong to any of these stacks: " +
        "Dev, Prod; set 'env' with account and Region for the stacks, call executeBefore, or acknowledge this warning .*" +
        'cdk-glue-connection-test:ambiguousConnection',
    ),
  );
});

test('an ARN tells the place, whatever the stack around it is', () => {
  const app = new App();
  const stack = new Stack(app, 'Connections', { env: HERE });
  new glue.CfnConnection(stack, 'Orders', {
    catalogId: Aws.ACCOUNT_ID,
    connectionInput: { name: 'orders', connectionType: 'JDBC' },
  });
  const integrations = [HERE, ELSEWHERE].map(({ region }) => {
    const other = new Stack(app, `In-${region}`, { env: OTHER_ACCOUNT });
    new glue.CfnIntegration(other, 'Integration', {
      integrationName: 'orders',
      sourceArn: `arn:aws:glue:${region}:${ACCOUNT}:connection/orders`,
      targetArn: 'arn:aws:glue:eu-west-1:444455556666:database/orders',
    });
    return other;
  });
  ConnectionTests.applyTo(app);
  app.synth();

  expect(integrations.map(({ dependencies }) => ids(dependencies))).toEqual([['Connections'], []]);
});

test('a trigger in another stack waits that starts a job by its name, where one has no environment', () => {
  const app = new App();
  const stack = new Stack(app, 'Jobs', { env: HERE });
  const connection = new glue.CfnConnection(stack, 'Orders', {
    catalogId: Aws.ACCOUNT_ID,
    connectionInput: { name: 'orders', connectionType: 'JDBC' },
  });
  new glue.CfnJob(stack, 'Job', {
    name: 'nightly',
    role: 'arn:aws:iam::111122223333:role/glue',
    command: { name: 'glueetl' },
    connections: { connections: [connection.ref] },
  });
  const triggers = new Stack(app, 'Triggers');
  new glue.CfnTrigger(triggers, 'Trigger', { type: 'ON_DEMAND', actions: [{ jobName: 'nightly' }] });
  ConnectionTests.applyTo(app);
  app.synth();

  expect(ids(triggers.dependencies)).toEqual(['Jobs']);
});

test('a test by name and the account as a pseudo parameter is a test of the connection', () => {
  const stack = createStack({ env: HERE });
  new glue.CfnConnection(stack, 'Orders', {
    catalogId: Aws.ACCOUNT_ID,
    connectionInput: { name: 'orders', connectionType: 'JDBC' },
  });
  const target = ConnectionTarget.fromName('orders', { catalogId: Aws.ACCOUNT_ID, inVpc: false });
  new ConnectionTest(stack, 'Test', { target });
  ConnectionTests.applyTo(stack);

  expect(Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'))).toHaveLength(1);
});
