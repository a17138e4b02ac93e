import { InsufficientCapabilitiesException } from '../errors';
import type { ResourceDeclaration, Template } from './template';

export type Capability = 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND';

/** By type: the property that gives it a name of its own. */
const IAM_TYPES: ReadonlyMap<string, string | undefined> = new Map([
  ['AWS::IAM::AccessKey', undefined],
  ['AWS::IAM::Group', 'GroupName'],
  ['AWS::IAM::InstanceProfile', 'InstanceProfileName'],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName'],
  ['AWS::IAM::Policy', undefined],
  ['AWS::IAM::Role', 'RoleName'],
  ['AWS::IAM::User', 'UserName'],
  ['AWS::IAM::UserToGroupAddition', undefined],
]);

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html#API_CreateStack_RequestParameters */
export function assertCapabilities(template: Template, capabilities: readonly Capability[]): void {
  const iamResources = Object.values(template.Resources).filter(({ Type }) => IAM_TYPES.has(Type));
  if (iamResources.some(hasName)) {
    assertOneOf(['CAPABILITY_NAMED_IAM'], capabilities);
  } else if (iamResources.length > 0) {
    assertOneOf(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'], capabilities);
  }
}

function hasName({ Type, Properties = {} }: ResourceDeclaration): boolean {
  const nameProperty = IAM_TYPES.get(Type);
  return nameProperty !== undefined && nameProperty in Properties;
}

function assertOneOf(sufficient: readonly [Capability, ...Capability[]], given: readonly Capability[]): void {
  if (sufficient.some((capability) => given.includes(capability))) {
    return;
  }
  throw new InsufficientCapabilitiesException(`Requires capabilities : [${sufficient[0]}]`);
}
