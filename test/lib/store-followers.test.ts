import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { App, Stack, type CfnResource } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as rds from 'aws-cdk-lib/aws-rds';
import { ConnectionTarget, ConnectionTest, ConnectionTests } from '../../lib/index';
import { STORE_FOLLOWERS } from '../../lib/gate/store-followers';
import { DeploymentOrder } from './apps/deployment-order';
import { buildStores, createAurora, createConnection, STORES } from './apps/stores';
import { createStack, resourcesOf } from './harness';

const TEST = 'Custom::GlueConnectionTest';
const FOLLOWERS: readonly string[] = STORE_FOLLOWERS.map(({ type }) => type);

function idsOf(order: DeploymentOrder, ...types: readonly string[]): string[] {
  return order.resources.filter(({ Type }) => types.includes(Type)).map(({ id }) => id);
}

test.each(Object.entries(STORES))('the test waits for what makes its store reachable: %s', (_, build) => {
  const order = new DeploymentOrder(buildStores(build).synth());
  const [tests, followers] = [idsOf(order, TEST), idsOf(order, ...FOLLOWERS)];

  expect(tests).toHaveLength(1);
  expect(followers.length).toBeGreaterThan(0);
  expect(followers.filter((follower) => !order.waits(tests[0]!, follower))).toEqual([]);
  expect(order.cycle()).toBeUndefined();
});

test('without applyTo too, by the connection, by an input, or by the secret that is given', () => {
  for (const target of ['connection', 'input', 'name']) {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const { cluster } = createAurora(stack);
    const host = cluster.clusterEndpoint.hostname;
    new ConnectionTest(stack, 'Test', {
      secret: target === 'name' ? cluster.secret : undefined,
      target: {
        connection: () => ConnectionTarget.fromConnection(createConnection(stack, host)),
        input: () =>
          ConnectionTarget.fromInput({
            connectionType: glue.ConnectionType.JDBC,
            connectionProperties: { JDBC_CONNECTION_URL: `jdbc:postgresql://${host}/orders`, SECRET_ID: 'orders' },
          }),
        name: () => ConnectionTarget.fromName('orders', { inVpc: false }),
      }[target]!(),
    });
    const order = new DeploymentOrder(app.synth());
    const [test] = idsOf(order, TEST);

    for (const instance of idsOf(order, 'AWS::RDS::DBInstance')) {
      expect(order.waits(test!, instance)).toBe(true);
    }
    expect(order.cycle()).toBeUndefined();
  }
});

describe('the test does not wait', () => {
  const dependsOn = (stack: Stack) => Object.values(resourcesOf(stack, TEST))[0]?.DependsOn ?? [];

  function createCluster(stack: Stack, id: string): { cluster: rds.CfnDBCluster; instance: CfnResource } {
    const cluster = new rds.CfnDBCluster(stack, id, { engine: 'aurora-mysql', dbClusterIdentifier: id.toLowerCase() });
    const instance = new rds.CfnDBInstance(stack, `${id}Instance`, {
      engine: 'aurora-mysql',
      dbClusterIdentifier: cluster.ref,
    });
    return { cluster, instance };
  }

  test('for the instances of another cluster', () => {
    const stack = createStack();
    createCluster(stack, 'Other');
    createConnection(stack, createCluster(stack, 'Own').cluster.attrEndpointAddress);
    ConnectionTests.applyTo(stack);

    expect(dependsOn(stack)).toContain('OwnInstance');
    expect(dependsOn(stack)).not.toContain('OtherInstance');
  });

  test('for an instance that waits for the test', () => {
    const stack = createStack();
    const { cluster, instance } = createCluster(stack, 'Own');
    const target = ConnectionTarget.fromConnection(createConnection(stack, cluster.attrEndpointAddress));
    new ConnectionTest(stack, 'Test', { target }).executeBefore(instance);

    expect(dependsOn(stack)).not.toContain('OwnInstance');
  });

  test('for an instance in a stack that waits for the stack of the test', () => {
    const app = new App();
    const [stack, instances] = [new Stack(app, 'Stack'), new Stack(app, 'Instances')];
    const cluster = new rds.CfnDBCluster(stack, 'Cluster', { engine: 'aurora-mysql' });
    createConnection(stack, cluster.attrEndpointAddress);
    new rds.CfnDBInstance(instances, 'Instance', { engine: 'aurora-mysql', dbClusterIdentifier: cluster.ref });
    ConnectionTests.applyTo(app);

    const order = new DeploymentOrder(app.synth());
    expect(order.cycle()).toBeUndefined();
    expect(stack.dependencies).toEqual([]);
  });

  test('by DependsOn for what its connection waits for anyway', () => {
    const stack = createStack();
    const { cluster } = createAurora(stack);
    createConnection(stack, cluster.clusterEndpoint.hostname, cluster.secret);
    ConnectionTests.applyTo(stack);

    const [attachment] = Object.keys(resourcesOf(stack, 'AWS::SecretsManager::SecretTargetAttachment'));
    const [instance] = Object.keys(resourcesOf(stack, 'AWS::RDS::DBInstance'));
    expect(dependsOn(stack)).toContain(instance);
    expect(dependsOn(stack)).not.toContain(attachment);
  });

  test('by DependsOn for what it refers to', () => {
    const stack = createStack();
    const { cluster } = createCluster(stack, 'Own');
    createConnection(stack, cluster.attrEndpointAddress);
    ConnectionTests.applyTo(stack);

    expect(dependsOn(stack)).not.toContain('Own');
  });
});

/** What names a store, and is nothing that the store needs to be reached. */
const OTHERS: readonly [property: RegExp, reason: string][] = [
  [/::DBCluster DBClusterIdentifier$|::DBInstance DBInstanceIdentifier$|::DBProxy DBProxyName$/, 'its own name'],
  [/::(Serverless)?Cluster Cluster(Name|Identifier)$|::Namespace Namespace|::Workgroup Workgroup/, 'its own name'],
  [/Snapshot |::GlobalCluster |SourceDB(Cluster|Instance)Identifier$/, 'a copy'],
  [/^AWS::RDS::DBProxyEndpoint DBProxyName$/, 'another endpoint, which leads to the proxy'],
  [/^AWS::RDS::DBProxyTargetGroup DB(Cluster|Instance)Identifiers$/, 'where a proxy leads to'],
  [/^AWS::SecretsManager::SecretTargetAttachment TargetId$/, 'where a secret leads to'],
  [/^AWS::Redshift::(EndpointAccess|EndpointAuthorization|UsageLimit) /, 'another endpoint, who may use it, a limit'],
  [/^AWS::MSK::(Channel|ClusterPolicy|Topic) /, 'what is in the store, or who else may use it'],
  [/^AWS::SecretsManager::(ResourcePolicy|RotationSchedule) /, 'who else may use it, or what changes it later'],
];

test("whatever names a store in CloudFormation's specification is in the table, or is known not to follow it", () => {
  const naming = loadAwsServiceSpecSync()
    .all('resource')
    .filter(({ cloudFormationType }) =>
      /^AWS::(DocDB|DocDBElastic|MSK|Neptune|RDS|Redshift|RedshiftServerless|SecretsManager)::/.test(
        cloudFormationType,
      ),
    )
    .flatMap(({ cloudFormationType: type, properties }) =>
      Object.keys(properties)
        .filter((name) =>
          /^(Source)?(DBCluster|DBInstance|Cluster)Identifiers?$|^(DBProxy|Namespace|Workgroup|Cluster)Name$|^ClusterArn$|^(Secret|Target)Id$/.test(
            name,
          ),
        )
        .map((property) => `${type} ${property}`),
    );
  const inTable = STORE_FOLLOWERS.map(({ type, property }) => `${type} ${property}`);
  const unknown = naming.filter((one) => !inTable.includes(one) && !OTHERS.some(([pattern]) => pattern.test(one)));

  expect(unknown).toEqual([]);
  expect(inTable.filter((one) => !naming.includes(one))).toEqual([]);
  expect(OTHERS.filter(([pattern]) => !naming.some((one) => pattern.test(one) && !inTable.includes(one)))).toEqual([]);
});
