import { exception, output, raw, type AwsStub } from '../../lambda/aws-stub';
import { healthyNetwork } from '../../lambda/network/network';
import type { Invocation } from '../../lambda/black-box';
import { nameOf } from '../../lambda/sweep-resource/framework';
import { executionArn, haveMachine, MACHINE } from '../../lambda/sweep-resource/step-functions';
import { scheduled, SECRET as MONITORED_SECRET, SETTINGS } from '../../lambda/monitor/monitored';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';
const ROLE = 'arn:aws:iam::111122223333:role/orders';

const secret = (JsonKey: string) => ({ SecretId: SECRET, JsonKey, VersionStage: 'AWSCURRENT' });

/** Every member that Glue takes, most of them at once, as no real connection has them. */
const EVERYTHING = {
  ConnectionType: 'SALESFORCE',
  ConnectionProperties: { HOST: 'example.my.salesforce.com', USERNAME: secret('username') },
  AuthenticationConfiguration: {
    AuthenticationType: 'OAUTH2',
    OAuth2Properties: {
      OAuth2GrantType: 'AUTHORIZATION_CODE',
      OAuth2ClientApplication: {
        UserManagedClientApplicationClientId: 'client',
        AWSManagedClientApplicationReference: 'reference',
      },
      TokenUrl: 'https://example.my.salesforce.com/services/oauth2/token',
      TokenUrlParametersMap: { scope: 'api' },
      AuthorizationCodeProperties: { AuthorizationCode: secret('code'), RedirectUri: 'https://example.com/callback' },
      OAuth2Credentials: {
        UserManagedClientApplicationClientSecret: secret('password'),
        AccessToken: secret('password'),
        RefreshToken: secret('password'),
        JwtToken: secret('jwt'),
      },
    },
    SecretArn: SECRET,
    KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    BasicAuthenticationCredentials: { Username: secret('username'), Password: secret('password') },
    CustomAuthenticationCredentials: { token: secret('password') },
  },
};

const VALUES = { username: 'orders', password: 'example', code: 'example', jwt: 'a.b.c' };

/** The requests of a sweep, with the only call that nothing else makes. */
export const SWEEP = { Sweep: { List: { Selection: { CatalogId: '111122223333' }, Input: {}, Progress: {} } } };

/** An Update, as the CDK's provider framework passes it on, and what it asks then. */
export const SWEEP_RESOURCE = {
  RequestType: 'Update',
  RequestId: 'b7d1a2b3',
  StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Orders/1a2b3c4d',
  LogicalResourceId: 'Sweep',
  PhysicalResourceId: 'Orders-Sweep',
  ResourceProperties: { StateMachineArn: MACHINE, Include: ['orders-*'] },
};
const LONG_AGO = { Arn: executionArn('deployment-1'), At: 1 };
export const SWEEP_WAITING = { ...SWEEP_RESOURCE, SweepExecution: LONG_AGO };

/** Events for which the function makes each of its calls, with all that it can send. */
export const EVENTS: Readonly<Record<string, Invocation>> = {
  'a connection by name, in a catalog': { properties: { ConnectionName: 'orders', CatalogId: '111122223333' } },
  'a connection that need not exist': { properties: { TestConnectionInput: EVERYTHING } },
  'a secret by its partial ARN and a version by its default label': {
    properties: {
      TestConnectionInput: {
        ConnectionType: 'JDBC',
        ConnectionProperties: {
          JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders',
          PASSWORD: { SecretId: SECRET },
        },
      },
    },
  },
  'an update': { requestType: 'Update' },
  'an update of a stack that is not there': { requestType: 'Update', event: { StackId: 'gone' } },
  'a connection that fails': { properties: { ConnectionName: 'broken', CatalogId: '111122223333' } },
  'a connection in a network that is looked at': { properties: { ConnectionName: 'unreachable', MaxAttempts: 1 } },
  'a connection that is not there': { properties: { ConnectionName: 'missing', TimeoutSeconds: 1 } },
  'a connection that is slow': { properties: { ConnectionName: 'slow', TimeoutSeconds: 1 } },
  'a test with a role of its own': { properties: { ConnectionName: 'orders', RoleArn: ROLE } },
  'a run of a monitor, with refused credentials': { rewrite: () => scheduled(['broken']) },
  'a run of a monitor that has lost a connection': { rewrite: () => scheduled(['orders']) },
  'a changed secret': { rewrite: () => ({ Monitor: SETTINGS, SecretsChanged: [MONITORED_SECRET] }) },
  'a changed secret, when it is time': { rewrite: () => ({ Monitor: SETTINGS, Secret: MONITORED_SECRET }) },
  'a changed secret of a monitor that is gone': {
    rewrite: () => ({ Monitor: { ...SETTINGS, Schedule: 'gone' }, Secret: MONITORED_SECRET }),
  },
};

/** What the stub answers to them. */
export function script(aws: AwsStub): void {
  const missing = exception('EntityNotFoundException', 'Connection missing not found.');
  aws.script('GetSecretValue', SECRET, output({ ARN: SECRET, Name: 'orders', SecretString: JSON.stringify(VALUES) }));
  aws.script('DescribeStacks', 'gone', stackError('ValidationError', 'Stack with id gone does not exist'));
  aws.script('TestConnection', 'broken', exception('InvalidInputException', 'FATAL: password authentication failed'));
  aws.script('GetConnection', 'broken', output({ Connection: CONNECTION }));
  aws.network = healthyNetwork();
  haveMachine(aws, { status: 'RUNNING' }, { running: [nameOf('earlier')] });
  aws.script('TestConnection', 'unreachable', exception('InvalidInputException', 'Connect timed out'));
  aws.script('GetConnection', 'unreachable', output({ Connection: UNREACHABLE }));
  aws.script('TestConnection', 'missing', missing);
  aws.script('GetConnection', 'missing', missing);
  aws.script('TestConnection', 'slow', exception('ThrottlingException', 'Rate exceeded'));
  aws.script('AssumeRole', ROLE, ROLE_ASSUMED);
  aws.scheduler.add('connections', scheduled(['orders']));
  const VersionIdsToStages = { 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111': ['AWSCURRENT'] };
  aws.script('DescribeSecret', MONITORED_SECRET, output({ ARN: MONITORED_SECRET, VersionIdsToStages }));
}

/** Step Functions that says no to all that a sweep's resource asks for, by names that the function knows. */
export function haveNoExecutions(aws: AwsStub): void {
  aws.replies.set('ListExecutions', () => exception('StateMachineDoesNotExist', 'State Machine Does Not Exist'));
  aws.replies.set('StartExecution', () => exception('ExecutionAlreadyExists', 'Execution Already Exists'));
  aws.replies.set('DescribeExecution', () => exception('ExecutionDoesNotExist', 'Execution Does Not Exist'));
}

const CONNECTION = {
  Name: 'broken',
  ConnectionType: 'JDBC',
  Status: 'FAILED',
  StatusReason: 'no route',
  PhysicalConnectionRequirements: {
    SubnetId: 'subnet-0123456789abcdef0',
    SecurityGroupIdList: ['sg-0123456789abcdef0'],
    AvailabilityZone: 'eu-west-1a',
  },
};

const { connection } = healthyNetwork();

const UNREACHABLE = {
  Name: 'unreachable',
  ConnectionType: 'JDBC',
  // Found without DNS.
  ConnectionProperties: { HOST: '10.0.2.10', PORT: '5432', SECRET_ID: 'orders' },
  PhysicalConnectionRequirements: {
    SubnetId: connection.subnetId,
    SecurityGroupIdList: connection.securityGroupIds,
    AvailabilityZone: connection.availabilityZone,
  },
};

const stackError = (code: string, message: string) =>
  raw(
    400,
    '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>' +
      `<Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  );

const ROLE_ASSUMED = raw(
  200,
  '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>' +
    '<AccessKeyId>ASIAEXAMPLEEXAMPLE00</AccessKeyId><SecretAccessKey>example</SecretAccessKey>' +
    '<SessionToken>example</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>' +
    '</Credentials></AssumeRoleResult></AssumeRoleResponse>',
);
