import { App, NestedStack, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider, ConnectionTests } from '../../../lib/index';

/** Indices are taken modulo of what there is. */
export interface AppPlan {
  readonly stacks: number;
  readonly scopes: readonly { readonly parent: number; readonly isNestedStack: boolean }[];
  readonly connections: readonly {
    readonly scope: number;
    readonly isNamed: boolean;
    readonly isL1: boolean;
    readonly secret: 'none' | 'own' | 'imported';
    readonly isTestedByHand: boolean;
    /** The scopes of a cluster whose endpoint it names, and of the cluster's instance. */
    readonly store?: { readonly cluster: number; readonly instance: number } | undefined;
    /** The scopes of a subnet with its group, of its routes, and of the group's rule. */
    readonly network?: { readonly subnet: number; readonly routes: number; readonly rule: number } | undefined;
  }[];
  readonly users: readonly {
    readonly scope: number;
    readonly kind: 'job' | 'crawler' | 'trigger';
    readonly connection: number;
    readonly byName: boolean;
  }[];
  /** A test that was made by hand is executed before a scope. */
  readonly executeBefore: readonly { readonly test: number; readonly scope: number }[];
  /** One construct depends on an other. */
  readonly dependencies: readonly { readonly from: number; readonly to: number }[];
}

const index = fc.nat(40);

export const APP_PLAN = appPlan({ connections: 4 });

/** Apps with at most so many connections. */
export function appPlan({ connections }: { readonly connections: number }): fc.Arbitrary<AppPlan> {
  return fc.record({
    stacks: fc.integer({ min: 1, max: 3 }),
    scopes: fc.array(fc.record({ parent: index, isNestedStack: fc.boolean() }), { maxLength: 4 }),
    connections: fc.array(
      fc.record({
        scope: index,
        isNamed: fc.boolean(),
        isL1: fc.boolean(),
        secret: fc.constantFrom('none', 'own', 'imported'),
        isTestedByHand: fc.boolean(),
        store: fc.option(fc.record({ cluster: index, instance: index }), { nil: undefined, freq: 3 }),
        network: fc.option(fc.record({ subnet: index, routes: index, rule: index }), { nil: undefined, freq: 3 }),
      }),
      { minLength: 1, maxLength: connections },
    ),
    users: fc.array(
      fc.record({
        scope: index,
        kind: fc.constantFrom('job', 'crawler', 'trigger'),
        connection: index,
        byName: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    executeBefore: fc.array(fc.record({ test: index, scope: index }), { maxLength: 2 }),
    dependencies: fc.array(fc.record({ from: index, to: index }), { maxLength: 3 }),
  });
}

/** Builds the app; twice the same plan is twice the same app. */
export function buildApp(
  plan: AppPlan,
  options: { readonly applyTests: boolean; readonly maxConcurrency?: number },
): App {
  const providerProps = { maxConcurrency: options.maxConcurrency };
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    context: {
      'aws:cdk:disable-asset-staging': true,
      'aws:cdk:disable-stack-trace': true,
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:enable-path-metadata': true,
    },
  });
  const scopes: Construct[] = Array.from({ length: plan.stacks }, (_, number) => new Stack(app, `Stack${number}`));
  for (const [number, { parent, isNestedStack }] of plan.scopes.entries()) {
    const scope = pick(scopes, parent);
    scopes.push(isNestedStack ? new NestedStack(scope, `Nested${number}`) : new Construct(scope, `Scope${number}`));
  }
  const connections = plan.connections.map((connection, number) => {
    const scope = pick(scopes, connection.scope);
    const host = makeStore(scopes, number, connection.store);
    const network = makeNetwork(scopes, number, connection.network);
    return {
      ...makeConnection(scope, number, connection, { host, network }),
      isTestedByHand: connection.isTestedByHand,
      scope,
    };
  });
  const tests = connections
    .filter(({ isTestedByHand }) => isTestedByHand)
    .map(({ target, scope }, number) => {
      const provider = ConnectionTestProvider.getOrCreate(scope, providerProps);
      return new ConnectionTest(scope, `ByHand${number}`, { target: target(), provider });
    });
  const users = plan.users.map((user, number) => {
    const { name, literal } = pick(connections, user.connection);
    return makeUser(pick(scopes, user.scope), number, user.kind, user.byName && literal !== undefined ? literal : name);
  });
  for (const { test, scope } of tests.length > 0 ? plan.executeBefore : []) {
    ignoringRefusal(() => pick(tests, test).executeBefore(pick(scopes, scope)));
  }
  const constructs = [...scopes, ...connections.map(({ construct }) => construct), ...users];
  for (const { from, to } of plan.dependencies) {
    // CDK refuses a dependency that closes a cycle of stacks, and one on what contains the construct.
    ignoringRefusal(() => pick(constructs, from).node.addDependency(pick(constructs, to)));
  }
  if (options.applyTests) {
    ConnectionTests.applyTo(app, { providerProps });
  }
  return app;
}

/** An Aurora cluster, whose instance only refers to it. */
function makeStore(
  scopes: readonly Construct[],
  number: number,
  plan: AppPlan['connections'][number]['store'],
): string {
  if (plan === undefined) {
    return 'db';
  }
  const engine = 'aurora-mysql';
  const cluster = new rds.CfnDBCluster(pick(scopes, plan.cluster), `Cluster${number}`, { engine });
  new rds.CfnDBInstance(pick(scopes, plan.instance), `Instance${number}`, { engine, dbClusterIdentifier: cluster.ref });
  return cluster.attrEndpointAddress;
}

/** A subnet and a group, to which routes and a rule only refer. */
function makeNetwork(scopes: readonly Construct[], number: number, plan: AppPlan['connections'][number]['network']) {
  if (plan === undefined) {
    return undefined;
  }
  const scope = pick(scopes, plan.subnet);
  const { ref: vpcId } = new ec2.CfnVPC(scope, `Vpc${number}`, { cidrBlock: '10.0.0.0/16' });
  const subnet = new ec2.CfnSubnet(scope, `Subnet${number}`, { vpcId, cidrBlock: '10.0.0.0/24' });
  const group = new ec2.CfnSecurityGroup(scope, `Group${number}`, { vpcId, groupDescription: 'group' });
  const routes = pick(scopes, plan.routes);
  const table = new ec2.CfnRouteTable(routes, `Table${number}`, { vpcId });
  new ec2.CfnSubnetRouteTableAssociation(routes, `Association${number}`, {
    subnetId: subnet.ref,
    routeTableId: table.ref,
  });
  new ec2.CfnRoute(routes, `Route${number}`, {
    routeTableId: table.ref,
    destinationCidrBlock: '0.0.0.0/0',
    natGatewayId: 'nat-1',
  });
  const groupId = group.attrGroupId;
  new ec2.CfnSecurityGroupIngress(pick(scopes, plan.rule), `Rule${number}`, {
    groupId,
    sourceSecurityGroupId: groupId,
    ipProtocol: '-1',
  });
  return { subnetId: subnet.ref, groupId };
}

function makeConnection(
  scope: Construct,
  number: number,
  plan: AppPlan['connections'][number],
  { host, network }: { readonly host: string; readonly network: ReturnType<typeof makeNetwork> },
) {
  const literal = plan.isNamed ? `connection-${number}` : undefined;
  const secretId = {
    none: () => undefined,
    own: () => new secretsmanager.Secret(scope, `Secret${number}`).secretArn,
    imported: () => `orders/${number}`,
  }[plan.secret]();
  const properties = {
    JDBC_CONNECTION_URL: `jdbc:postgresql://${host}/orders`,
    ...(secretId && { SECRET_ID: secretId }),
  };
  if (plan.isL1) {
    const connection = new glue.CfnConnection(scope, `Connection${number}`, {
      catalogId: Stack.of(scope).account,
      connectionInput: {
        name: literal,
        connectionType: 'JDBC',
        connectionProperties: properties,
        physicalConnectionRequirements: network && {
          subnetId: network.subnetId,
          securityGroupIdList: [network.groupId],
        },
      },
    });
    const target = () => ConnectionTarget.fromCfnConnection(connection);
    return { construct: connection as Construct, name: connection.ref, literal, target };
  }
  const connection = new glue.Connection(scope, `Connection${number}`, {
    connectionName: literal,
    type: glue.ConnectionType.JDBC,
    properties,
    ...(network && {
      network: glue.ConnectionNetwork.subnet(
        ec2.Subnet.fromSubnetAttributes(scope, `ImportedSubnet${number}`, {
          subnetId: network.subnetId,
          availabilityZone: 'eu-west-1a',
        }),
      ),
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(scope, `ImportedGroup${number}`, network.groupId)],
    }),
  });
  const target = () => ConnectionTarget.fromConnection(connection);
  return { construct: connection as Construct, name: connection.connectionName, literal, target };
}

function makeUser(scope: Construct, number: number, kind: AppPlan['users'][number]['kind'], name: string): Construct {
  const id = `User${number}`;
  const role = 'arn:aws:iam::111122223333:role/glue';
  if (kind === 'crawler') {
    return new glue.CfnCrawler(scope, id, {
      role,
      targets: { jdbcTargets: [{ connectionName: name, path: 'orders/%' }] },
    });
  }
  const job = new glue.CfnJob(scope, id, { role, command: { name: 'glueetl' }, connections: { connections: [name] } });
  if (kind === 'trigger') {
    new glue.CfnTrigger(scope, `${id}Trigger`, { type: 'ON_DEMAND', actions: [{ jobName: job.ref }] });
  }
  return job;
}

function ignoringRefusal(operation: () => void): void {
  try {
    operation();
  } catch {
    // The user would be told, and take it back.
  }
}

function pick<T>(items: readonly T[], number: number): T {
  return items[number % items.length] as T;
}
