import { CfnParameter, type CfnParameterProps, type Stack } from 'aws-cdk-lib';
import { Optional } from './optional';

/** Creates the parameters of a template. */
export class ParameterMaker {
  constructor(private readonly stack: Stack) {}

  parameter(id: string, props: CfnParameterProps): CfnParameter {
    return new CfnParameter(this.stack, id, props);
  }

  /** One that may be left out. */
  optional(id: string, props: CfnParameterProps): Optional {
    return new Optional(this.parameter(id, { default: '', ...props }));
  }

  /** One that is off by default. */
  optIn(id: string, props: CfnParameterProps): Optional {
    const choice = this.parameter(id, { default: 'false', allowedValues: ['true', 'false'], ...props });
    return new Optional(choice, { off: 'false' });
  }
}

/** Which connections may be tested, and what their tests need. */
export class TestedParameters {
  readonly connectionNamePattern: CfnParameter;
  readonly secretNamePattern: Optional;
  readonly secretKeyArns: Optional;
  readonly connectionRoleArns: Optional;
  readonly connectionsInVpc: Optional;

  constructor(make: ParameterMaker, pattern: CfnParameterProps) {
    this.connectionNamePattern = make.parameter('ConnectionNamePattern', pattern);
    this.secretNamePattern = make.optional('SecretNamePattern', {
      allowedPattern: '^[A-Za-z0-9/_+=.@*?-]{0,512}$',
      constraintDescription: 'must be one name of a secret, with * and ? as wildcards.',
      description:
        "Which secrets with the connections' credentials may be read: a name, in which * and ? are wildcards.",
    });
    this.secretKeyArns = make.optional('SecretKeyArns', {
      ...listOf(KEY_ARN, 'ARNs of KMS keys, not of aliases'),
      description: 'ARNs of the customer managed keys that encrypt these secrets, separated by commas.',
    });
    this.connectionRoleArns = make.optional('ConnectionRoleArns', {
      ...listOf(ROLE_ARN, 'ARNs of roles'),
      description: 'ARNs of the roles that connections name as ROLE_ARN, separated by commas.',
    });
    this.connectionsInVpc = make.optIn('ConnectionsInVpc', {
      description: 'Whether connections lie in a VPC, so that testing them takes network interfaces.',
    });
  }
}

/** How the function runs, and where it logs. */
export class OperationParameters {
  readonly permissionsBoundary: Optional;
  readonly logRetention: CfnParameter;
  readonly logKeyArn: Optional;
  readonly architecture: CfnParameter;

  constructor(make: ParameterMaker) {
    this.permissionsBoundary = make.optional('PermissionsBoundaryArn', {
      ...one(POLICY_ARN, 'the ARN of a policy'),
      description: "ARN of the policy that bounds the role's permissions.",
    });
    this.logRetention = make.parameter('LogRetentionInDays', {
      type: 'Number',
      default: 30,
      // Numbers, as the default is, though the CDK's type knows texts only.
      allowedValues: LOG_RETENTION_DAYS as unknown as string[],
      description: 'How many days the log is kept.',
    });
    this.logKeyArn = make.optional('LogKeyArn', {
      ...one(KEY_ARN, 'the ARN of a KMS key, not of an alias'),
      description: 'ARN of the key that encrypts the log; its policy must allow CloudWatch Logs to use it.',
    });
    this.architecture = make.parameter('Architecture', {
      default: 'arm64',
      allowedValues: ['arm64', 'x86_64'],
      description: "The instruction set of the function's processor.",
    });
  }
}

/** What those who deploy the provider's template choose, and what follows from it. */
export class Parameters {
  readonly tested: TestedParameters;
  readonly connectionInputs: Optional;
  readonly connectionInputKeyArns: Optional;
  readonly subnetIds: Optional;
  readonly securityGroupIds: Optional;
  readonly operation: OperationParameters;
  readonly exportName: CfnParameter;

  constructor(stack: Stack) {
    const make = new ParameterMaker(stack);
    this.tested = new TestedParameters(make, {
      allowedPattern: '^[^,]{1,255}$',
      constraintDescription: 'must be one name without commas, of at most 255 characters.',
      description: 'Which Glue connections may be tested: a name, in which * and ? are wildcards, such as orders-*.',
    });
    this.connectionInputs = make.optIn('ConnectionInputs', {
      description:
        'Whether connections that need not exist may be tested, by TestConnectionInput. Any name may be tested then.',
    });
    this.connectionInputKeyArns = make.optional('ConnectionInputKeyArns', {
      ...listOf(KEY_ARN, 'ARNs of KMS keys, not of aliases'),
      description: 'ARNs of the keys that connections which need not exist name as KmsKeyArn, separated by commas.',
    });
    this.subnetIds = make.optional('FunctionSubnetIds', {
      ...listOf(/subnet-[0-9a-f]+/, 'ids of subnets'),
      description:
        'Subnets that the function itself runs in, separated by commas. Connections in a VPC do not need it.',
    });
    this.securityGroupIds = make.optional('FunctionSecurityGroupIds', {
      ...listOf(/sg-[0-9a-f]+/, 'ids of security groups'),
      description: 'Security groups of the function in these subnets, separated by commas.',
    });
    this.operation = new OperationParameters(make);
    this.exportName = exportName(make, 'GlueConnectionTestServiceToken');
  }
}

export function exportName(make: ParameterMaker, name: string): CfnParameter {
  return make.parameter('ExportName', {
    default: name,
    allowedPattern: '^[A-Za-z0-9:-]{1,255}$',
    constraintDescription: 'must be 1 to 255 letters, digits, colons and hyphens.',
    description: 'The name under which the service token is exported to other stacks of the account and region.',
  });
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_RETENTION_DAYS = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

/** In whole: without wildcards, which would open what the parameter is to narrow down. */
const KEY_ARN = /arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+/;
const ROLE_ARN = /arn:aws[a-z-]*:iam::\d{12}:role\/[A-Za-z0-9_+=.@/-]+/;
export const TOPIC_ARN = /arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+/;
const POLICY_ARN = /arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[A-Za-z0-9_+=.@/-]+/;

/** A text of several values. A list of CloudFormation's own can't be empty, and a rule can't look at it. */
function listOf(value: RegExp, ofWhat: string): CfnParameterProps {
  return {
    allowedPattern: `^(${value.source}(,${value.source})*)?$`,
    constraintDescription: `must be ${ofWhat}, separated by commas, without spaces around them.`,
  };
}

export function one(value: RegExp, ofWhat: string): CfnParameterProps {
  return { allowedPattern: `^(${value.source})?$`, constraintDescription: `must be ${ofWhat}.` };
}
