/** How the console shows the parameters: in groups, each parameter under a label. */
type Groups = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const PROVIDER_GROUPS: Groups = {
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

export const SWEEP_GROUPS: Groups = {
  'What is tested': {
    ConnectionNamePattern: 'Names of connections',
    ExcludedNamePatterns: 'Names that are left out',
    ConnectionTypes: 'Types of connections',
    SecretNamePattern: 'Names of secrets',
    SecretKeyArns: 'Keys of these secrets',
    ConnectionRoleArns: 'Roles of connections',
    ConnectionsInVpc: 'Connections in a VPC',
  },
  How: {
    MaxConcurrency: 'Tests at the same time',
    PatienceInSeconds: 'Patience',
  },
  When: {
    ScheduleExpression: 'Schedule',
    ScheduleTimezone: 'Time zone',
    AlarmTopicArn: 'Topic of the alarm',
    DuringDeployment: 'During a deployment',
    OnFailure: 'Broken connections',
    OnEmpty: 'No connections',
    Trigger: 'Run again',
  },
  'The function': {
    Architecture: 'Processor',
    PermissionsBoundaryArn: 'Permissions boundary',
    ExportName: 'Name of the export',
  },
  'The log': {
    LogRetentionInDays: 'Days',
    LogKeyArn: 'Key',
  },
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-interface.html */
export function parameterInterface(groups: Groups): object {
  return {
    ParameterGroups: Object.entries(groups).map(([label, parameters]) => ({
      Label: { default: label },
      Parameters: Object.keys(parameters),
    })),
    ParameterLabels: Object.fromEntries(
      Object.values(groups).flatMap((parameters) =>
        Object.entries(parameters).map(([name, label]) => [name, { default: label }]),
      ),
    ),
  };
}
