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
    reason: "EC2's Describe actions, with which Glue reads the connection's network, can't be limited to a resource.",
  },
  {
    actions: /^ec2:/,
    resource: /^\*$/,
    reason: 'For a function in a VPC, Lambda requires these actions on any resource.',
  },
  {
    actions: /^glue:TestConnection$/,
    resource: /^\*$/,
    reason:
      'A connection that does not exist yet has no ARN. glue:TestConnection only says whether a connection works.',
  },
  {
    actions: /^ec2:/,
    resource: /:network-interface\/\*$/,
    reason: 'Glue creates a network interface for the test and deletes it. Its id is not known before.',
  },
  {
    actions: /^ec2:CreateNetworkInterface$/,
    resource: /:subnet\/\*$/,
    reason: "The app knows the connection by its name only, and not the subnet of Glue's network interface.",
  },
  {
    actions: /^ec2:CreateNetworkInterface$/,
    resource: /:security-group\/\*$/,
    reason: "The template doesn't say which security group Glue's network interface gets.",
  },
  {
    actions: /^scheduler:ListSchedules$/,
    resource: /^\*$/,
    reason:
      "scheduler:ListSchedules can't be limited to a resource. It shows the names of schedules, and not what they send.",
  },
  {
    actions: /^scheduler:/,
    resource: /:schedule\/[^*]+\/\*$/,
    reason: "The schedules in the monitor's own group. The function makes their names.",
  },
  {
    actions: /^lambda:InvokeFunction$/,
    resource: /\.Arn>:\*$/,
    reason: 'aws-cdk-lib also allows the versions of the function. It has none.',
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
    reason: 'The streams of one log group. Lambda makes their names.',
  },
  {
    actions: /^glue:/,
    resource: /:connection\/(?:[^*]|<\*>)*$/,
    reason: "This is not a wildcard: the connection's name has an asterisk, which a policy variable escapes.",
  },
  {
    actions: /^glue:(?:GetConnections?|TestConnection)$/,
    with: 'glue:GetConnections',
    resource: /:connection\/.*\*/,
    reason: 'The sweep tests all connections whose names match this pattern.',
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
