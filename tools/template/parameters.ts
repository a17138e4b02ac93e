import { CfnParameter, type CfnParameterProps, type Stack } from 'aws-cdk-lib';
import { Optional } from './optional';

/** What those who deploy the template choose, and what follows from it. */
export class Parameters {
  readonly connectionNamePattern: CfnParameter;
  readonly secretNamePattern: Optional;
  readonly secretKeyArns: Optional;
  readonly connectionRoleArns: Optional;
  readonly connectionsInVpc: Optional;
  readonly connectionInputs: Optional;
  readonly connectionInputKeyArns: Optional;
  readonly subnetIds: Optional;
  readonly securityGroupIds: Optional;
  readonly permissionsBoundary: Optional;
  readonly logRetention: CfnParameter;
  readonly logKeyArn: Optional;
  readonly architecture: CfnParameter;
  readonly exportName: CfnParameter;

  constructor(stack: Stack) {
    const parameter = (id: string, props: CfnParameterProps) => new CfnParameter(stack, id, props);
    const optional = (id: string, props: CfnParameterProps) => new Optional(parameter(id, { default: '', ...props }));
    const optIn = (id: string, props: CfnParameterProps) =>
      new Optional(parameter(id, { default: 'false', allowedValues: ['true', 'false'], ...props }), { off: 'false' });

    this.connectionNamePattern = parameter('ConnectionNamePattern', {
      allowedPattern: '^[^,]{1,255}$',
      constraintDescription: 'must be one name without commas, of at most 255 characters.',
      description: 'Which Glue connections may be tested: a name, in which * and ? are wildcards, such as orders-*.',
    });
    this.secretNamePattern = optional('SecretNamePattern', {
      allowedPattern: '^[A-Za-z0-9/_+=.@*?-]{0,512}$',
      constraintDescription: 'must be one name of a secret, with * and ? as wildcards.',
      description:
        "Which secrets with the connections' credentials may be read: a name, in which * and ? are wildcards.",
    });
    this.secretKeyArns = optional('SecretKeyArns', {
      ...listOf(KEY_ARN, 'ARNs of KMS keys, not of aliases'),
      description: 'ARNs of the customer managed keys that encrypt these secrets, separated by commas.',
    });
    this.connectionRoleArns = optional('ConnectionRoleArns', {
      ...listOf(ROLE_ARN, 'ARNs of roles'),
      description: 'ARNs of the roles that connections name as ROLE_ARN, separated by commas.',
    });
    this.connectionsInVpc = optIn('ConnectionsInVpc', {
      description: 'Whether connections lie in a VPC, so that testing them takes network interfaces.',
    });
    this.connectionInputs = optIn('ConnectionInputs', {
      description:
        'Whether connections that need not exist may be tested, by TestConnectionInput. Any name may be tested then.',
    });
    this.connectionInputKeyArns = optional('ConnectionInputKeyArns', {
      ...listOf(KEY_ARN, 'ARNs of KMS keys, not of aliases'),
      description: 'ARNs of the keys that connections which need not exist name as KmsKeyArn, separated by commas.',
    });
    this.subnetIds = optional('FunctionSubnetIds', {
      ...listOf(/subnet-[0-9a-f]+/, 'ids of subnets'),
      description:
        'Subnets that the function itself runs in, separated by commas. Connections in a VPC do not need it.',
    });
    this.securityGroupIds = optional('FunctionSecurityGroupIds', {
      ...listOf(/sg-[0-9a-f]+/, 'ids of security groups'),
      description: 'Security groups of the function in these subnets, separated by commas.',
    });
    this.permissionsBoundary = optional('PermissionsBoundaryArn', {
      ...one(POLICY_ARN, 'the ARN of a policy'),
      description: "ARN of the policy that bounds the role's permissions.",
    });
    this.logRetention = parameter('LogRetentionInDays', {
      type: 'Number',
      default: 30,
      // Numbers, as the default is, though the CDK's type knows texts only.
      allowedValues: LOG_RETENTION_DAYS as unknown as string[],
      description: 'How many days the log is kept.',
    });
    this.logKeyArn = optional('LogKeyArn', {
      ...one(KEY_ARN, 'the ARN of a KMS key, not of an alias'),
      description: 'ARN of the key that encrypts the log; its policy must allow CloudWatch Logs to use it.',
    });
    this.architecture = parameter('Architecture', {
      default: 'arm64',
      allowedValues: ['arm64', 'x86_64'],
      description: "The instruction set of the function's processor.",
    });
    this.exportName = parameter('ExportName', {
      default: 'GlueConnectionTestServiceToken',
      allowedPattern: '^[A-Za-z0-9:-]{1,255}$',
      constraintDescription: 'must be 1 to 255 letters, digits, colons and hyphens.',
      description: 'The name under which the service token is exported to other stacks of the account and region.',
    });
  }
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_RETENTION_DAYS = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

/** In whole: without wildcards, which would open what the parameter is to narrow down. */
const KEY_ARN = /arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+/;
const ROLE_ARN = /arn:aws[a-z-]*:iam::\d{12}:role\/[A-Za-z0-9_+=.@/-]+/;
const POLICY_ARN = /arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[A-Za-z0-9_+=.@/-]+/;

/** A text of several values. A list of CloudFormation's own can't be empty, and a rule can't look at it. */
function listOf(value: RegExp, ofWhat: string): CfnParameterProps {
  return {
    allowedPattern: `^(${value.source}(,${value.source})*)?$`,
    constraintDescription: `must be ${ofWhat}, separated by commas, without spaces around them.`,
  };
}

function one(value: RegExp, ofWhat: string): CfnParameterProps {
  return { allowedPattern: `^(${value.source})?$`, constraintDescription: `must be ${ofWhat}.` };
}
