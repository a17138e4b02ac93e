import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  type ConnectionTestProviderProps,
} from '../../../lib/index';
import { allowed, asText, createStack, onlyResourceOf, resourcesOf } from '../harness';

const target = ConnectionTarget.fromName('orders', { inVpc: false });

function createTest(props: (stack: ReturnType<typeof createStack>) => ConnectionTestProviderProps) {
  const stack = createStack();
  const provider = new ConnectionTestProvider(stack, 'Provider', props(stack));
  new ConnectionTest(stack, 'Test', { target, provider });
  return { stack, handler: onlyResourceOf(stack, 'AWS::Lambda::Function') };
}

describe('a function in a VPC', () => {
  test('waits for the policy without which Lambda creates none there', () => {
    const { stack, handler } = createTest((scope) => ({ vpc: new ec2.Vpc(scope, 'Vpc') }));

    const [policy] = Object.keys(resourcesOf(stack, 'AWS::IAM::ManagedPolicy'));
    expect(allowed(stack, 'ec2:CreateNetworkInterface')?.resources).toEqual(['*']);
    expect(handler.DependsOn).toContain(policy);
  });

  test('lies in the subnets and has the security groups that are given', () => {
    const { stack, handler } = createTest((scope) => {
      const vpc = new ec2.Vpc(scope, 'Vpc');
      const securityGroups = [new ec2.SecurityGroup(scope, 'Group', { vpc })];
      return { vpc, vpcSubnets: { subnets: vpc.privateSubnets.slice(1) }, securityGroups };
    });

    expect(Object.keys(resourcesOf(stack, 'AWS::EC2::SecurityGroup'))).toHaveLength(1);
    expect(handler.Properties.VpcConfig).toEqual({
      SecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^Group/), 'GroupId'] }],
      SubnetIds: [{ Ref: expect.stringMatching(/^VpcPrivateSubnet2/) as string }],
    });
  });

  test('gets a security group of its own otherwise', () => {
    const { stack } = createTest((scope) => ({ vpc: new ec2.Vpc(scope, 'Vpc') }));

    expect(Object.keys(resourcesOf(stack, 'AWS::EC2::SecurityGroup'))).toEqual([expect.stringMatching(/^Provider/)]);
  });
});

describe('connections', () => {
  test('are those of the function: what is in the VPC can let it in', () => {
    const stack = createStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const provider = new ConnectionTestProvider(stack, 'Provider', { vpc });
    vpc
      .addInterfaceEndpoint('Glue', { service: ec2.InterfaceVpcEndpointAwsService.GLUE, open: false })
      .connections.allowDefaultPortFrom(provider);

    const [group] = Object.keys(resourcesOf(stack, 'AWS::EC2::SecurityGroup')).filter((id) =>
      id.startsWith('Provider'),
    );
    expect(onlyResourceOf(stack, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({
      FromPort: 443,
      SourceSecurityGroupId: { 'Fn::GetAtt': [group, 'GroupId'] },
    });
  });

  test('fails to be asked for when the function is in no VPC', () => {
    const provider = new ConnectionTestProvider(createStack(), 'Provider');

    expect(() => provider.connections).toThrow(
      "'connections' requires a provider with a 'vpc', got: Stack/Provider, whose function has no security " +
        'group; put the function into a VPC, or leave it out of the rules',
    );
  });
});

test('a log group with a key is used as it is, and no other is created', () => {
  const { stack, handler } = createTest((scope) => ({
    logGroup: new logs.LogGroup(scope, 'Log', { encryptionKey: new kms.Key(scope, 'Key') }),
  }));

  const [[logGroup, { Properties }] = ['', { Properties: {} }], ...others] = Object.entries(
    resourcesOf(stack, 'AWS::Logs::LogGroup'),
  );
  expect(others).toEqual([]);
  expect(Properties).toHaveProperty('KmsKeyId');
  expect(asText((handler.Properties.LoggingConfig as { LogGroup: unknown }).LogGroup)).toBe(`\${${logGroup}}`);
});
