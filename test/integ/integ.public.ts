/**
 * Connections outside a VPC: by name, and inputs. The store is a PostgreSQL of RDS that the Internet reaches; or, with
 * `-c storeUrl=… -c storePassword=…`, one that there is, with a user `orders`.
 */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, CfnOutput, SecretValue } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTarget, SecretReference } from '../../lib/index';
import { jdbcUrl, store } from './store';
import { VerifyStack } from './verify-stack';

const app = new App();
const stack = new VerifyStack(app, 'GlueVerifyPublic');
const storeUrl = stack.context('storeUrl');
const { url, secret, tls } = storeUrl === undefined ? ownStore() : givenStore(storeUrl);
const wrong = new secretsmanager.Secret(stack, 'OtherPassword', {
  generateSecretString: { secretStringTemplate: '{"username":"orders"}', generateStringKey: 'password' },
});
new CfnOutput(stack, 'SecretArn', { value: secret.secretArn });
new CfnOutput(stack, 'StoreUrl', { value: url });

interface Store {
  readonly url: string;
  readonly secret: secretsmanager.ISecret;
  readonly tls: string;
}

function ownStore(): Store {
  const vpcSubnets = { subnetType: ec2.SubnetType.PUBLIC };
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'Public', ...vpcSubnets, cidrMask: 26 }],
  });
  const instance = store(stack, { vpc, vpcSubnets, publiclyAccessible: true });
  // Nobody documents from which addresses Glue tests a connection that is in no VPC.
  instance.connections.allowDefaultPortFromAnyIpv4();
  return { url: jdbcUrl(instance), secret: instance.secret!, tls: 'true' };
}

function givenStore(given: string): Store {
  const password = SecretValue.unsafePlainText(process.env.VERIFY_STORE_PASSWORD ?? '');
  const user = { username: SecretValue.unsafePlainText('orders'), password };
  return { url: given, secret: new secretsmanager.Secret(stack, 'Given', { secretObjectValue: user }), tls: 'false' };
}

function jdbc(secretId: string): Omit<glue.CfnConnection.ConnectionInputProperty, 'validateCredentials'> {
  return {
    connectionType: 'JDBC',
    connectionProperties: { JDBC_CONNECTION_URL: url, JDBC_ENFORCE_SSL: tls, SECRET_ID: secretId },
  };
}

stack.reportConnection('Classic', stack.connection('Classic', jdbc(secret.secretArn)));
stack.reportConnection('WrongPassword', stack.connection('WrongPassword', jdbc(wrong.secretArn)));
stack.report(
  'InputOfSecret',
  ConnectionTarget.fromInput({
    connectionType: glue.ConnectionType.JDBC,
    connectionProperties: { JDBC_CONNECTION_URL: url, JDBC_ENFORCE_SSL: tls, SECRET_ID: secret.secretArn },
  }),
);
stack.report(
  'InputOfPassword',
  ConnectionTarget.fromInput({
    connectionType: glue.ConnectionType.JDBC,
    connectionProperties: { JDBC_CONNECTION_URL: url, JDBC_ENFORCE_SSL: tls, USERNAME: 'orders' },
    secretConnectionProperties: { PASSWORD: SecretReference.fromSecretsManager(secret, { jsonField: 'password' }) },
  }),
);

new IntegTest(app, 'Public', { testCases: [stack] });
