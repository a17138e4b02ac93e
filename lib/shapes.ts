import { Token } from 'aws-cdk-lib';
import type { ConnectionInput } from './connection-input';
import type { ConnectionNameOptions, ExistingConnectionOptions } from './connection-target';
import {
  OnFailure,
  OnUnsupported,
  type ConnectionTestOptions,
  type ConnectionTestProps,
} from './connection-test-props';
import type { ConnectionTestProviderProps } from './connection-test-provider-props';
import type { ConnectionTestsOptions } from './connection-tests-options';
import { struct, type Shape } from './check-props';
import type { ImportedProviderOptions } from './imported-provider';
import {
  BOOLEAN,
  CONSTRUCT,
  having,
  isObject,
  isText,
  kind,
  listOf,
  MAP,
  mapOf,
  oneOf,
  optional,
  TEXT,
  wholeNumber,
} from './kinds';
import type { SecretReferenceOptions } from './secret-reference';

const DURATION = having(['toSeconds'], 'a Duration', {
  advice: (value) => `use Duration.seconds(${typeof value === 'number' ? value : '…'})`,
});
export const CONNECTION_NAME = kind('a string', isText, { advice: factoryFor });
export const CONNECTION = kind(
  'a Connection of aws-cdk-lib/aws-glue',
  (value) => isObject(value) && 'connectionArn' in value && !isCfnConnection(value),
  { advice: factoryFor },
);
export const CFN_CONNECTION = kind('a CfnConnection of aws-cdk-lib/aws-glue', isCfnConnection, { advice: factoryFor });
const CONNECTION_TYPE = kind('a glue.ConnectionType', (value) => isObject(value) && 'name' in value, {
  advice: (value) =>
    `use ${isText(value) ? `new glue.ConnectionType('${value}')` : 'a member of the class, or new glue.ConnectionType'}`,
});
const TARGET = having(['_facts'], 'a ConnectionTarget', { advice: factoryFor });
/** Of a string nothing is shown: it may be the secret itself. */
const aSecret = (members: readonly string[], type: string) =>
  having(members, type, {
    isSecret: true,
    advice: 'use secretsmanager.Secret.fromSecretNameV2(scope, id, name) for a secret that exists already',
  });
export const SECRET = aSecret(['secretArn'], 'an ISecret of aws-cdk-lib/aws-secretsmanager');
const SECRET_REF = aSecret(
  ['secretArn', 'secretRef'],
  'an ISecretRef of aws-cdk-lib/aws-secretsmanager, such as a Secret',
);
const PROVIDER = having(['serviceToken'], 'a ConnectionTestProvider', {
  advice: (value) => (isText(value) ? 'use ConnectionTestProvider.fromServiceToken(scope, id, arn)' : undefined),
});
export const KEY = having(['keyArn'], 'an IKey of aws-cdk-lib/aws-kms', {
  advice: 'use kms.Key.fromKeyArn(scope, id, arn) for a key that exists already',
});

function isCfnConnection(value: unknown): boolean {
  return isObject(value) && 'cfnResourceType' in value && value.cfnResourceType === 'AWS::Glue::Connection';
}

/** Which factory takes what was given. */
function factoryFor(value: unknown): string {
  if (isCfnConnection(value)) {
    return 'use ConnectionTarget.fromCfnConnection(connection)';
  }
  if (isObject(value) && 'connectionArn' in value) {
    return 'use ConnectionTarget.fromConnection(connection)';
  }
  return isText(value)
    ? `use ConnectionTarget.fromName('${Token.isUnresolved(value) ? '…' : value}')`
    : 'use ConnectionTarget.fromConnection, fromCfnConnection, fromName or fromInput';
}

const TEST_OPTIONS: Shape<ConnectionTestOptions> = {
  timeout: optional(DURATION),
  maxAttempts: optional(wholeNumber('from 1 to 10', { min: 1, max: 10 })),
  onFailure: optional(oneOf('OnFailure', OnFailure)),
  onUnsupported: optional(oneOf('OnUnsupported', OnUnsupported)),
  everyDeployment: optional(BOOLEAN),
  triggers: optional(mapOf(kind('a string', isText, { isSecret: true }))),
};

export const TEST_PROPS: Shape<ConnectionTestProps> = {
  ...TEST_OPTIONS,
  target: TARGET,
  secret: optional(SECRET_REF),
  provider: optional(PROVIDER),
};

const ROLE = having(['roleArn'], 'an IRole of aws-cdk-lib/aws-iam');

export const PROVIDER_PROPS: Shape<ConnectionTestProviderProps> = {
  architecture: optional(
    having(['dockerPlatform'], 'a lambda.Architecture', { advice: 'use lambda.Architecture.ARM_64' }),
  ),
  environmentEncryption: optional(KEY),
  logGroup: optional(having(['logGroupArn'], 'an ILogGroup of aws-cdk-lib/aws-logs')),
  maxConcurrency: optional(wholeNumber('of at least 1', { min: 1 })),
  memorySize: optional(wholeNumber('of megabytes from 128 to 10240', { min: 128, max: 10_240 })),
  role: optional(ROLE),
  securityGroups: optional(
    listOf(having(['securityGroupId'], 'an ISecurityGroup of aws-cdk-lib/aws-ec2'), 'security groups'),
  ),
  vpc: optional(having(['vpcId'], 'an IVpc of aws-cdk-lib/aws-ec2')),
  vpcSubnets: optional(kind('an ec2.SubnetSelection', (value) => isObject(value) && !Array.isArray(value))),
};

export const TESTS_OPTIONS: Shape<ConnectionTestsOptions> = {
  ...TEST_OPTIONS,
  connectionTypes: optional(listOf(CONNECTION_TYPE, 'connection types')),
  exclude: optional(listOf(CONSTRUCT, 'constructs')),
  excludeNames: optional(listOf(TEXT, 'strings')),
  executeAfter: optional(listOf(CONSTRUCT, 'constructs')),
  gateDependents: optional(BOOLEAN),
  providerProps: optional(struct(PROVIDER_PROPS)),
  serviceRole: optional(ROLE),
  serviceToken: optional(TEXT),
};

export const IMPORTED_PROVIDER_OPTIONS: Shape<ImportedProviderOptions> = { role: optional(ROLE) };

export const EXISTING_CONNECTION_OPTIONS: Shape<ExistingConnectionOptions> = {
  inVpc: optional(BOOLEAN),
  hasSecret: optional(BOOLEAN),
};

export const NAME_OPTIONS: Shape<ConnectionNameOptions> = { ...EXISTING_CONNECTION_OPTIONS, catalogId: optional(TEXT) };

export const SECRET_REFERENCE_OPTIONS: Shape<SecretReferenceOptions> = {
  jsonField: optional(TEXT),
  versionStage: optional(TEXT),
};

export const INPUT: Shape<ConnectionInput> = {
  connectionType: CONNECTION_TYPE,
  connectionProperties: optional(MAP),
  secretConnectionProperties: optional(MAP),
  authentication: optional(having(['_configuration'], 'a ConnectionAuthentication')),
  catalogId: optional(TEXT),
};
