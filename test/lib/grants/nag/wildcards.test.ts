import { wildcardReason } from '../../../../lib/grants/nag/wildcards';

const ARN = 'arn:<AWS::Partition>:x:<AWS::Region>:<AWS::AccountId>';

test.each([
  [['ec2:DescribeSubnets', 'ec2:DescribeVpcEndpoints'], '*', /^EC2's Describe actions/],
  [['ec2:DescribeSubnets', 'ec2:CreateNetworkInterface'], '*', /^For a function in a VPC/],
  [['glue:TestConnection'], '*', /^A connection that does not exist yet/],
  [['ec2:CreateNetworkInterface', 'ec2:CreateTags'], `${ARN}:network-interface/*`, /^Glue creates a network interface/],
  [['ec2:CreateNetworkInterface'], `${ARN}:subnet/*`, /^The app knows the connection by its name only/],
  [['ec2:CreateNetworkInterface'], `${ARN}:security-group/*`, /^The template doesn't say which security group/],
  [['logs:PutLogEvents'], `${ARN}:log-group:<LogGroup>:*`, /^The streams of one log group/],
  [['glue:GetConnection'], `${ARN}:connection/a<*>b<*>`, /^This is not a wildcard/],
  [['scheduler:ListSchedules'], '*', /^scheduler:ListSchedules can't be limited/],
  [
    ['scheduler:CreateSchedule', 'scheduler:GetSchedule'],
    `${ARN}:schedule/<Group>/*`,
    /^The schedules in the monitor's own group/,
  ],
])('%j on %s has a reason', (actions, resource, reason) => {
  expect(wildcardReason(actions, resource)).toMatch(reason);
  expect(wildcardReason(actions, resource)).toMatch(/\.$/);
});

test.each([
  [['glue:GetConnection'], '*'],
  [['glue:TestConnections'], '*'],
  [['xglue:TestConnection'], '*'],
  [['glue:TestConnection', 'glue:GetConnection'], '*'],
  [['ec2:DescribeSubnets', 's3:GetObject'], '*'],
  [['xec2:DescribeSubnets'], '*'],
  [['ec2:DescribeSubnets'], '**'],
  [['ec2:DescribeSubnets'], 'a*'],
  [['s3:GetObject', 'ec2:CreateTags'], `${ARN}:network-interface/*`],
  [['ec2:CreateTags'], `${ARN}:network-interface/*x`],
  [['ec2:CreateNetworkInterfaces'], `${ARN}:subnet/*`],
  [['xec2:CreateNetworkInterface'], `${ARN}:subnet/*`],
  [['ec2:CreateNetworkInterface'], `${ARN}:subnet/*x`],
  [['ec2:CreateNetworkInterfaces'], `${ARN}:security-group/*`],
  [['xec2:CreateNetworkInterface'], `${ARN}:security-group/*`],
  [['ec2:CreateNetworkInterface'], `${ARN}:security-group/*x`],
  [['logs:PutLogEvents'], `${ARN}:log-group:*:*`],
  [['logs:PutLogEvents'], `${ARN}:log-group::*`],
  [['logs:PutLogEvents'], `${ARN}:log-group:a:*x`],
  [['xlogs:PutLogEvents'], `${ARN}:log-group:a:*`],
  [['glue:GetConnection'], `${ARN}:connection/*`],
  [['glue:GetConnection'], `${ARN}:connection/<*>*`],
  [['xglue:GetConnection'], `${ARN}:connection/<*>`],
  [['ec2:DescribeSubnets'], `${ARN}:subnet/subnet-1`],
  [['scheduler:CreateSchedule'], '*'],
  [['scheduler:ListSchedules', 'scheduler:GetSchedule'], '*'],
  [['scheduler:CreateSchedule'], `${ARN}:schedule/*/*`],
  [['scheduler:CreateSchedule'], `${ARN}:schedule//*`],
  [['scheduler:CreateSchedule'], `${ARN}:schedule/a/*x`],
  [['xscheduler:CreateSchedule'], `${ARN}:schedule/a/*`],
])('%j on %s has none', (actions, resource) => {
  expect(wildcardReason(actions, resource)).toBeUndefined();
});
