import { LocalCloud, PostgresServer, type StackEvent } from '@cdk-glue-connection-test/local-cloud';
import { App, SecretValue, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { randomBytes } from 'node:crypto';
import { ConnectionTests } from '../../lib/index';

jest.setTimeout(60_000);

let cloud: LocalCloud;
const events: StackEvent[] = [];
beforeAll(async () => {
  cloud = await LocalCloud.start({ onEvent: (event) => events.push(event) });
});
afterAll(() => cloud.stop());

test('an app with a database of RDS is deployed, whose connection uses the attached secret', async () => {
  const password = randomBytes(12).toString('base64url');
  const database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Attached');
  const instance = new rds.DatabaseInstance(stack, 'Database', {
    vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0 }),
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_18 }),
    credentials: rds.Credentials.fromSecret(
      new secretsmanager.Secret(stack, 'Credentials', {
        secretObjectValue: {
          username: SecretValue.unsafePlainText('orders'),
          password: SecretValue.unsafePlainText(password),
        },
      }),
    ),
  });
  new glue.Connection(stack, 'Orders', {
    type: glue.ConnectionType.JDBC,
    // Where there is a database here.
    properties: { JDBC_CONNECTION_URL: `jdbc:postgresql://${database.host}:${database.port}/orders` },
    secret: instance.secret,
  });
  ConnectionTests.applyTo(app);
  const { status, notModelled } = await cloud.deploy(app.synth().directory, 'Attached');
  await database.stop();

  expect(events.filter((event) => event.status.endsWith('_FAILED'))).toEqual([]);
  expect(status).toBe('CREATE_COMPLETE');
  expect(notModelled).toContain('AWS::RDS::DBInstance');
});
