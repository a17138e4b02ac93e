import { ROLE } from '../props/cdk-kinds';
import type { Shape } from '../props/check-props';
import { having, isObject, isText, kind, listOf, optional, wholeNumber } from '../props/kinds';
import type { ConnectionTestProviderProps } from './connection-test-provider-props';

export const PROVIDER = having(['serviceToken'], 'a ConnectionTestProvider', {
  advice: (value) => (isText(value) ? 'use ConnectionTestProvider.fromServiceToken(scope, id, arn)' : undefined),
});

export const PROVIDER_PROPS: Shape<ConnectionTestProviderProps> = {
  architecture: optional(
    having(['dockerPlatform'], 'a lambda.Architecture', { advice: 'use lambda.Architecture.ARM_64' }),
  ),
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
