/** Connections that can't work, and need no store: what does Glue say of each? */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, ArnFormat, Duration } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  OnFailure,
  type ConnectionTestOptions,
} from '../../lib/index';
import { VerifyStack } from './verify-stack';

const app = new App();
const stack = new VerifyStack(app, 'GlueVerifyTexts');

/** Nobody answers there: https://www.rfc-editor.org/rfc/rfc5737 */
const SILENT = 'jdbc:postgresql://192.0.2.1:5432/orders';
const UNKNOWN = 'jdbc:postgresql://db.invalid:5432/orders';
// Made up: nothing listens where they would be used.
const USER = { USERNAME: 'orders', PASSWORD: 'made-up' };

const seconds = Number(stack.context('silentSeconds') ?? 600);
const patient: ConnectionTestOptions = { timeout: Duration.seconds(seconds) };

function jdbc(id: string, properties: Readonly<Record<string, string>>, options?: ConnectionTestOptions): void {
  const connection = stack.connection(id, { connectionType: 'JDBC', connectionProperties: properties });
  stack.reportConnection(id, connection, options);
}

const role = new iam.Role(stack, 'PassedRole', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });
jdbc('Silent', { JDBC_CONNECTION_URL: SILENT, ...USER }, patient);
jdbc('UnknownHost', { JDBC_CONNECTION_URL: UNKNOWN, ...USER });
jdbc('WrongUrl', { JDBC_CONNECTION_URL: 'postgresql//nothing', ...USER });
jdbc('NoSuchSecret', { JDBC_CONNECTION_URL: UNKNOWN, SECRET_ID: 'glue-verify-no-such-secret' });
jdbc('WithRole', { JDBC_CONNECTION_URL: UNKNOWN, ROLE_ARN: role.roleArn, ...USER });
const KEYS: Readonly<Record<string, string | undefined>> = { Unified: undefined, WithKey: noSuchKey() };
Object.entries(KEYS).forEach(([id, kmsKeyArn]) => {
  const connection = stack.connection(id, {
    connectionType: 'POSTGRESQL',
    connectionProperties: { HOST: 'db.invalid', PORT: '5432', DATABASE: 'orders' },
    authenticationConfiguration: { authenticationType: 'BASIC', secretArn: noSuchSecret(), kmsKeyArn },
  });
  stack.reportConnection(id, connection);
});
stack.report('NoSuchConnection', ConnectionTarget.fromName('glue-verify-no-such-connection', { inVpc: false }));
stack.report('UnknownHostInput', input());

// A role that may do nothing: what Glue refuses says on which resource it asks.
const powerless = new iam.Role(stack, 'Powerless', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
const provider = new ConnectionTestProvider(stack, 'PowerlessProvider', { role: powerless.withoutPolicyUpdates() });
const denied = { OfName: ConnectionTarget.fromName('glue-verify-denied', { inVpc: false }), OfInput: input() };
Object.entries(denied).forEach(([id, target]) => {
  const options = { target, provider, onFailure: OnFailure.REPORT, networkDiagnosis: false };
  stack.outcome(`Denied${id}`, new ConnectionTest(stack, `Denied${id}Test`, options));
});

function input(): ConnectionTarget {
  return ConnectionTarget.fromInput({
    connectionType: glue.ConnectionType.JDBC,
    connectionProperties: { JDBC_CONNECTION_URL: UNKNOWN, SECRET_ID: 'glue-verify-no-such-secret' },
  });
}

function noSuchSecret(): string {
  return stack.formatArn({
    ...{ service: 'secretsmanager', resource: 'secret', resourceName: 'glue-verify-no-such-secret-aBcDeF' },
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

function noSuchKey(): string {
  return stack.formatArn({ service: 'kms', resource: 'key', resourceName: '00000000-0000-0000-0000-000000000000' });
}

new IntegTest(app, 'Texts', { testCases: [stack] });
