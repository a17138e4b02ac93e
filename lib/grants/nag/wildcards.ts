/** A wildcard that a policy can't do without. */
interface Wildcard {
  /** All actions of the statement. */
  readonly actions: RegExp;
  /** One of them. */
  readonly with?: string;
  readonly resource: RegExp;
  readonly reason: string;
}

/** The first match counts. These constructs don't grant a wildcard that matches none. */
const WILDCARDS: readonly Wildcard[] = [
  {
    actions: /^ec2:Describe/,
    resource: /^\*$/,
    reason:
      "EC2's Describe actions, by which Glue looks at the network of the connection, can't be limited to a resource.",
  },
  {
    actions: /^ec2:/,
    resource: /^\*$/,
    reason:
      "Lambda puts a function into a VPC only if its role allows the actions on the function's own network interfaces " +
      'on any resource.',
  },
  {
    actions: /^glue:TestConnection$/,
    resource: /^\*$/,
    reason:
      'A connection that need not exist has no ARN. glue:TestConnection tells whether a connection works, and changes ' +
      'nothing.',
  },
  {
    actions: /^ec2:/,
    resource: /:network-interface\/\*$/,
    reason: 'Glue makes a network interface for the test and deletes it again; its id is made with it.',
  },
  {
    actions: /^ec2:CreateNetworkInterface$/,
    resource: /:subnet\/\*$/,
    reason: "Of a connection that is known by its name only, the subnet of Glue's network interface is not known.",
  },
  {
    actions: /^ec2:CreateNetworkInterface$/,
    resource: /:security-group\/\*$/,
    reason: "The template doesn't tell which security group Glue's network interface gets.",
  },
  {
    actions: /^scheduler:ListSchedules$/,
    resource: /^\*$/,
    reason:
      "scheduler:ListSchedules can't be limited to a resource. It tells the names of schedules, and not what they send.",
  },
  {
    actions: /^scheduler:/,
    resource: /:schedule\/[^*]+\/\*$/,
    reason: 'The schedules of one group that belongs to the monitor. The function makes their names.',
  },
  {
    actions: /^lambda:InvokeFunction$/,
    resource: /\.Arn>:\*$/,
    reason: 'aws-cdk-lib allows all versions of the function as well. There is none but the function itself.',
  },
  {
    actions: /^states:/,
    resource: /:execution:.*:\*$/,
    reason: 'The child executions of one state machine. Step Functions makes their names.',
  },
  {
    actions: /^states:/,
    resource: /:deployment-\*$/,
    reason: 'The executions of one state machine that deployments start. The function makes their names.',
  },
  {
    actions: /^s3:PutObject$/,
    resource: /\/\*$/,
    reason: "The objects of a sweep's report, which have the name of its execution.",
  },
  {
    actions: /^logs:/,
    resource: /:log-group:[^*]+:\*$/,
    reason: 'The streams of one log group, whose names Lambda makes.',
  },
  {
    actions: /^glue:/,
    resource: /:connection\/(?:[^*]|<\*>)*$/,
    reason: "It is no wildcard: the connection's name holds an asterisk, which is escaped as a policy variable.",
  },
  {
    actions: /^glue:(?:GetConnections?|TestConnection)$/,
    with: 'glue:GetConnections',
    resource: /:connection\/.*\*/,
    reason: 'The sweep is to test all connections whose names match this pattern.',
  },
];

/**
 * Why a wildcard in a policy is needed.
 *
 * @param actions what the statement allows
 * @param resource on what, with references and policy variables in angle brackets
 * @returns undefined where there is none, or none that is meant
 */
export function wildcardReason(actions: readonly string[], resource: string): string | undefined {
  const known = WILDCARDS.find(
    (one) =>
      one.resource.test(resource) &&
      actions.every((action) => one.actions.test(action)) &&
      (one.with === undefined || actions.includes(one.with)),
  );
  return resource.includes('*') ? known?.reason : undefined;
}
