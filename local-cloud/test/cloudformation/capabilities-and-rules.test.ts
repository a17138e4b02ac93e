import { InsufficientCapabilitiesException } from '../../src/cloudformation';
import { TestBed, templateOf } from './test-bed';

const STACK = 'permitted';

test.each([
  ['CAPABILITY_IAM', 'AWS::IAM::Policy', { PolicyName: 'named' }],
  ['CAPABILITY_IAM', 'AWS::IAM::Role', {}],
  ['CAPABILITY_NAMED_IAM', 'AWS::IAM::Role', { RoleName: 'named' }],
] as const)('fails when %s is missing for an %s with %j', async (capability, type, properties) => {
  const { cloudFormation } = new TestBed();
  const input = { stackName: STACK, template: { Resources: { A: { Type: type, Properties: properties } } } };
  const deployment = cloudFormation.deploy(input);
  await expect(deployment).rejects.toThrow(`Requires capabilities : [${capability}]`);
  await expect(deployment).rejects.toBeInstanceOf(InsufficientCapabilitiesException);
  const result = await cloudFormation.deploy({ ...input, capabilities: [capability] });
  expect(result.status).toBe('CREATE_COMPLETE');
});

test('fails when a rule asserts what is false', async () => {
  const { cloudFormation } = new TestBed();
  const rule = {
    RuleCondition: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    Assertions: [
      { Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'Version' }] }] }, AssertDescription: 'too old' },
    ],
  };
  const template = {
    Parameters: { Version: { Type: 'Number' }, Stage: { Type: 'String', Default: 'prod' } },
    Rules: { Bootstrapped: rule },
    ...templateOf({ A: {} }),
  };
  const deploy = (parameters: Record<string, string>): Promise<{ status: string }> =>
    cloudFormation.deploy({ stackName: `stack-${Object.values(parameters).join('-')}`, template, parameters });
  await expect(deploy({ Version: '2' })).rejects.toThrow('Template error: Rule Bootstrapped failed: too old');
  expect((await deploy({ Version: '3' })).status).toBe('CREATE_COMPLETE');
  expect((await deploy({ Version: '2', Stage: 'test' })).status).toBe('CREATE_COMPLETE');
});
