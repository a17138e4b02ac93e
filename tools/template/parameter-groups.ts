/** How the console shows the parameters: in groups, each parameter under a label. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'What may be tested': {
    ConnectionNamePattern: 'Names of connections',
    SecretNamePattern: 'Names of secrets',
    SecretKeyArns: 'Keys of these secrets',
    ConnectionRoleArns: 'Roles of connections',
    ConnectionsInVpc: 'Connections in a VPC',
  },
  'Connections that need not exist': {
    ConnectionInputs: 'May be tested',
    ConnectionInputKeyArns: 'Keys of connections',
  },
  'The function': {
    Architecture: 'Processor',
    FunctionSubnetIds: 'Subnets',
    FunctionSecurityGroupIds: 'Security groups',
    PermissionsBoundaryArn: 'Permissions boundary',
    ExportName: 'Name of the export',
  },
  'The log': {
    LogRetentionInDays: 'Days',
    LogKeyArn: 'Key',
  },
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-interface.html */
export function parameterInterface(): object {
  return {
    ParameterGroups: Object.entries(GROUPS).map(([label, parameters]) => ({
      Label: { default: label },
      Parameters: Object.keys(parameters),
    })),
    ParameterLabels: Object.fromEntries(
      Object.values(GROUPS).flatMap((parameters) =>
        Object.entries(parameters).map(([name, label]) => [name, { default: label }]),
      ),
    ),
  };
}
