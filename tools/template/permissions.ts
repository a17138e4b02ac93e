import { ArnFormat, Aws, type Stack } from 'aws-cdk-lib';
import { DESCRIBE_NETWORK_ACTIONS, DIAGNOSIS_ACTIONS, FUNCTION_IN_VPC_ACTIONS } from '../../lib/grants/statements';
import type { Parameters, TestedParameters } from './parameters';

/** A statement of the template's policy, with the reason for each wildcard in it. */
export interface TemplateStatement {
  readonly sid: string;
  readonly statement: unknown;
  readonly wildcards?: string;
}

/** What the function's role may do. The parameters narrow it down: a statement whose parameter is left out is not there. */
export function statements(stack: Stack, parameters: Parameters, logGroupArn: string): TemplateStatement[] {
  const { connectionInputs, connectionInputKeyArns, subnetIds, tested } = parameters;
  return [
    ...statementsOfTests(stack, tested, logGroupArn, ['glue:GetConnection', 'glue:TestConnection']),
    {
      sid: 'ConnectionInputs',
      statement: connectionInputs.whereGiven(allow('ConnectionInputs', ['glue:TestConnection'], '*')),
      wildcards:
        'A connection that does not exist yet has no ARN. Any connection can be tested then, even by its name.',
    },
    {
      sid: 'ConnectionInputKeys',
      // Glue encrypts what it is given with this key, and decrypts it again.
      statement: connectionInputKeyArns.whereGiven(
        allow('ConnectionInputKeys', ['kms:Decrypt', 'kms:GenerateDataKey'], connectionInputKeyArns.values),
      ),
    },
    {
      sid: 'FunctionInVpc',
      statement: subnetIds.whereGiven(allow('FunctionInVpc', FUNCTION_IN_VPC_ACTIONS, '*')),
      wildcards: 'For a function in a VPC, Lambda requires these actions on any resource.',
    },
  ];
}

/** What every test of an existing connection needs. */
export function statementsOfTests(
  stack: Stack,
  tested: TestedParameters,
  logGroupArn: string,
  actions: string[],
): TemplateStatement[] {
  const arn = (service: string, resource: string) => stack.formatArn({ service, resource });
  const { secretNamePattern, secretKeyArns, connectionRoleArns, connectionsInVpc } = tested;
  return [
    { sid: 'Log', statement: allow('Log', ['logs:CreateLogStream', 'logs:PutLogEvents'], logGroupArn) },
    {
      sid: 'Rollback',
      statement: allow('Rollback', ['cloudformation:DescribeStacks'], arn('cloudformation', 'stack/*')),
      wildcards:
        'Any stack of the account and region may use the function, which asks whether that stack is rolling back.',
    },
    {
      sid: 'Connections',
      statement: allow('Connections', actions, [
        arn('glue', 'catalog'),
        arn('glue', `connection/${tested.connectionNamePattern.valueAsString}`),
      ]),
    },
    {
      sid: 'Secrets',
      statement: secretNamePattern.whereGiven(
        allow(
          'Secrets',
          ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
          stack.formatArn({
            service: 'secretsmanager',
            resource: 'secret',
            resourceName: `${secretNamePattern.value}-??????`,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ),
      ),
      wildcards: 'Secrets Manager appends a hyphen and six characters to the name of a secret, which are not known.',
    },
    {
      sid: 'SecretKeys',
      statement: secretKeyArns.whereGiven(
        allow('SecretKeys', ['kms:Decrypt'], secretKeyArns.values, {
          StringLike: { 'kms:ViaService': `secretsmanager.${Aws.REGION}.amazonaws.com*` },
        }),
      ),
      wildcards: "In China the service's name ends in .cn.",
    },
    {
      sid: 'ConnectionRoles',
      statement: connectionRoleArns.whereGiven(
        allow('ConnectionRoles', ['iam:PassRole'], connectionRoleArns.values, {
          StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' },
        }),
      ),
    },
    {
      sid: 'Network',
      statement: connectionsInVpc.whereGiven(
        allow('Network', [...DESCRIBE_NETWORK_ACTIONS, ...DIAGNOSIS_ACTIONS], '*'),
      ),
      wildcards: "EC2's Describe actions can't be limited to a resource.",
    },
    {
      sid: 'NetworkInterfaces',
      statement: connectionsInVpc.whereGiven(
        allow(
          'NetworkInterfaces',
          ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'],
          [arn('ec2', 'network-interface/*'), arn('ec2', 'subnet/*'), arn('ec2', 'security-group/*')],
        ),
      ),
      wildcards: 'Glue creates a network interface in the subnet of the tested connection. Neither id is known before.',
    },
    {
      sid: 'NetworkInterfaceTags',
      statement: connectionsInVpc.whereGiven(
        allow('NetworkInterfaceTags', ['ec2:CreateTags'], arn('ec2', 'network-interface/*'), {
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['aws-glue-service-resource'] },
        }),
      ),
      wildcards: 'The id of a network interface is not known before.',
    },
  ];
}

function allow(sid: string, actions: string[], resources: string | string[], condition?: object): object {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resources, Condition: condition };
}
