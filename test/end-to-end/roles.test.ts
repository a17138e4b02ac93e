import { parseTemplateText } from '@cdk-glue-connection-test/local-cloud';
import { App, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { mkdtempSync } from 'node:fs';
import * as path from 'node:path';
import { FAULTS } from '../../bin/faults';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider } from '../../lib/index';
import { buildTemplate, toText } from '../../tools/template/build';
import { OrdersDeployment, STACK_NAME, TEST, without, type Template } from './harness';

jest.setTimeout(120_000);

let orders: OrdersDeployment;
beforeAll(async () => {
  orders = await OrdersDeployment.start();
});
afterEach(async () => {
  await orders.destroy();
});
afterAll(async () => {
  await orders.stop();
});

const isTest = ({ Type }: { Type: string }) => Type === TEST;

function deploy(edit?: (template: Template) => void) {
  return orders.deploy({ props: FAULTS.none.stackProps(orders.database), password: orders.password, edit });
}

/** Changes what the template says of the role of the test. */
function editTrust(change: (statement: Record<string, unknown>) => void) {
  return (template: Template): void => {
    const [, role] = Object.entries(template.Resources).find(([id]) => id.startsWith('OrdersTestRole'))!;
    (role.Properties.AssumeRolePolicyDocument as { Statement: Record<string, unknown>[] }).Statement.forEach(change);
    without()(template);
  };
}

test('a connection without a name is tested as a role of its own, which goes with the stack', async () => {
  expect((await deploy()).status).toBe('CREATE_COMPLETE');
  expect(orders.eventsOf('AWS::IAM::Role').filter((status) => status === 'CREATE_COMPLETE')).toHaveLength(3);
  expect((await orders.destroy())?.status).toBe('DELETE_COMPLETE');
  expect(orders.eventsOf('AWS::IAM::Role').filter((status) => status === 'DELETE_COMPLETE')).toHaveLength(3);
});

test('what the role may not do is refused, though other roles may, and the reason names its session', async () => {
  await deploy(without('glue:TestConnection'));

  expect(orders.failures(TEST)[0]).toMatch(
    /assumed-role\/Orders-OrdersTestRole\w+-\w+\/OrdersTest\w+ is not authorized to perform: glue:TestConnection/,
  );
});

test("the function's own role may not test such a connection", async () => {
  await deploy((template) => {
    Object.values(template.Resources)
      .filter(isTest)
      .forEach(({ Properties }) => delete Properties.RoleArn);
    without()(template);
  });

  expect(orders.failures(TEST)[0]).toMatch(
    /assumed-role\/Orders-GlueConnectionTestProviderRole\S+ is not authorized to perform: glue:TestConnection/,
  );
});

test.each<[string, (statement: Record<string, unknown>) => void]>([
  ['trusts another role', (one) => (one.Principal = { AWS: 'arn:aws:iam::111122223333:role/another' })],
  ['is for another stack', (one) => (one.Condition = { StringEquals: { 'sts:ExternalId': 'another' } })],
])('fails, naming STS, when the role of the test %s', async (_, change) => {
  expect((await deploy(editTrust(change))).status).toBe('ROLLBACK_COMPLETE');
  expect(orders.failures(TEST)[0]).toMatch(
    /\nSTS: role arn:\S+:role\/Orders-OrdersTestRole\S+: User: \S+ is not authorized/,
  );
  expect(orders.failures(TEST)[0]).toContain("Let the trust policy of the role name the function's role");
});

test('a function that is deployed once tests what its own role may not, as roles of the stacks that use it', async () => {
  const { cloud, database, password, folder } = orders;
  cloud.secretsManager.create('orders/database', JSON.stringify({ username: 'orders', password }));
  const provider = await cloud.deployTemplate(parseTemplateText(toText(buildTemplate())), 'provider', {
    parameters: { ConnectionNamePattern: 'nothing-of-this-name' },
  });
  const { ServiceToken = '', RoleArn = '' } = provider.outputs as Record<string, string>;
  const app = new App({ outdir: mkdtempSync(path.join(folder, 'imported-')), analyticsReporting: false });
  const stack = new Stack(app, STACK_NAME);
  const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'orders/database');
  const options = { role: iam.Role.fromRoleArn(stack, 'ProviderRole', RoleArn) };
  for (const connectionName of ['orders', undefined]) {
    const id = connectionName ?? 'unnamed';
    const connection = new glue.Connection(stack, id, {
      connectionName,
      type: glue.ConnectionType.JDBC,
      properties: { JDBC_CONNECTION_URL: `jdbc:postgresql://${database.host}:${database.port}/orders` },
      secret,
    });
    new ConnectionTest(stack, `${id}Test`, {
      target: ConnectionTarget.fromConnection(connection),
      secret,
      provider: ConnectionTestProvider.fromServiceToken(stack, `${id}Provider`, ServiceToken, options),
    });
  }
  app.synth();

  expect((await cloud.deploy(app.outdir, STACK_NAME)).status).toBe('CREATE_COMPLETE');
  expect((await orders.destroy())?.status).toBe('DELETE_COMPLETE');
  expect((await cloud.cloudFormation.deleteStack('provider'))?.status).toBe('DELETE_COMPLETE');
});
