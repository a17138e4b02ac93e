import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ConnectionTests } from '../../../lib/index';
import { allowed, onlyResourceOf, resourcesOf, testResourceOf } from '../harness';

const directory = mkdtempSync(path.join(tmpdir(), 'included-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A stack with a template that was written by hand. */
function include(input: object, others: object = {}): Stack {
  const templateFile = path.join(directory, 'template.json');
  const ConnectionInput = { ConnectionType: 'JDBC', ...input };
  const template = {
    Parameters: { Groups: { Type: 'List<AWS::EC2::SecurityGroup::Id>' }, Criteria: { Type: 'CommaDelimitedList' } },
    Resources: {
      Orders: { Type: 'AWS::Glue::Connection', Properties: { CatalogId: '111122223333', ConnectionInput } },
      ...others,
    },
  };
  writeFileSync(templateFile, JSON.stringify(template));
  const stack = new Stack(new App(), 'Stack');
  new CfnInclude(stack, 'Included', { templateFile });
  ConnectionTests.applyTo(stack);
  return stack;
}

test.each<[string, object, resource: string]>([
  ['by Ref', { Ref: 'Groups' }, '*'],
  ['by Fn::Split', { 'Fn::Split': [',', { Ref: 'Groups' }] }, '*'],
  ['by Fn::Select', [{ 'Fn::Select': [0, { Ref: 'Groups' }] }], '{"Fn::Select":[0,{"Ref":"Groups"}]}'],
])('a list of an included template stays as it is: %s', (_, groups, resource) => {
  const network = { SubnetId: 'subnet-0123456789abcdef0', SecurityGroupIdList: groups };
  const stack = include({ PhysicalConnectionRequirements: network, MatchCriteria: { Ref: 'Criteria' } });

  expect(onlyResourceOf(stack, 'AWS::Glue::Connection').Properties.ConnectionInput).toMatchObject({
    PhysicalConnectionRequirements: network,
    MatchCriteria: { Ref: 'Criteria' },
  });
  expect(allowed(stack, 'ec2:CreateNetworkInterface')?.resources.at(-1)).toMatch(/:security-group\//);
  expect(allowed(stack, 'ec2:CreateNetworkInterface')?.resources.at(-1)!.split('security-group/')[1]).toBe(resource);
});

const jobOf = (name: string) => ({
  Type: 'AWS::Glue::Job',
  Properties: { Role: 'glue', Command: {}, Connections: { Connections: [{ 'Fn::Sub': name }] } },
});

test('what an included template names by Fn::Sub is found', () => {
  const group = { 'Fn::Sub': '${Group.GroupId}' };
  const network = { SubnetId: { 'Fn::Sub': '${Subnet}' }, SecurityGroupIdList: [group] };
  const stack = include(
    { Name: 'orders', PhysicalConnectionRequirements: network },
    {
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1' } },
      Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Glue', VpcId: 'vpc-1' } },
      SelfReference: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: group, SourceSecurityGroupId: { 'Fn::Sub': '${Group}' }, IpProtocol: '-1' },
      },
      Association: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: 'rtb-1' },
      },
      Job: jobOf('${Orders}'),
      OtherJob: jobOf('${Orders}-${!Other}-${AWS::Region}'),
    },
  );

  expect(testResourceOf(stack).DependsOn).toEqual(expect.arrayContaining(['Association', 'SelfReference']));
  const { Job, OtherJob } = resourcesOf(stack, 'AWS::Glue::Job');
  expect([Job!.DependsOn, OtherJob!.DependsOn]).toEqual([[expect.stringMatching(/^GlueConnectionTests/)], undefined]);
});
