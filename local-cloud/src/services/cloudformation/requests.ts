import { parse, type Shape, type StructureShape, type TextShape } from '../constraints';
import type { Capability } from '../../cloudformation';

/** What the operations are asked, in AWS's names; each operation takes some of it. */
export interface StackRequest {
  readonly StackName: string;
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
  readonly UsePreviousTemplate?: boolean;
  readonly Parameters?: readonly StackParameter[];
  readonly Capabilities?: readonly Capability[];
  readonly Tags?: readonly Tag[];
  readonly RoleARN?: string;
  readonly ClientRequestToken?: string;
  readonly DisableRollback?: boolean;
  readonly OnFailure?: 'DO_NOTHING' | 'ROLLBACK' | 'DELETE';
  readonly EnableTerminationProtection?: boolean;
  readonly DeploymentConfig?: { readonly Mode?: 'STANDARD' | 'EXPRESS' };
  readonly ChangeSetName: string;
  readonly ChangeSetType?: 'CREATE' | 'UPDATE';
  readonly Description?: string;
  readonly LogicalResourceId?: string;
  readonly RetainExceptOnCreate?: boolean;
  readonly ResourcesToSkip?: readonly string[];
  readonly ForceRollback?: boolean;
  readonly NextToken?: string;
  readonly StackStatusFilter?: readonly string[];
}

export interface StackParameter {
  readonly ParameterKey: string;
  readonly ParameterValue?: string;
  readonly UsePreviousValue?: boolean;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const text = (constraints: Omit<TextShape, 'type'> = {}): TextShape => ({ type: 'string', ...constraints });
const list = (member: Shape, max?: number): Shape => ({ type: 'list', member, max });
const structure = (members: Record<string, Shape>, required?: readonly string[]): StructureShape => ({
  ...{ type: 'structure', members, required },
});
const flag: Shape = { type: 'boolean' };
const token = text({ min: 1, max: 128, pattern: /^[a-zA-Z0-9][-a-zA-Z0-9]*$/ });

/** The members that operations have in common are the same in each of them. */
const MEMBERS: Readonly<Record<keyof StackRequest, Shape>> = {
  StackName: text({ min: 1, pattern: /^([a-zA-Z][-a-zA-Z0-9]*)$|^(arn:\S+)$/ }),
  TemplateBody: text({ min: 1, max: 51_200, sensitive: true }),
  TemplateURL: text({ min: 1, max: 5120 }),
  UsePreviousTemplate: flag,
  Parameters: list(structure({ ParameterKey: text(), ParameterValue: text(), UsePreviousValue: flag })),
  Capabilities: list(text({ values: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] })),
  Tags: list(structure({ Key: text({ min: 1, max: 128 }), Value: text({ min: 1, max: 256 }) }, ['Key', 'Value']), 50),
  RoleARN: text({ min: 20, max: 2048 }),
  ClientRequestToken: token,
  DisableRollback: flag,
  OnFailure: text({ values: ['DO_NOTHING', 'ROLLBACK', 'DELETE'] }),
  EnableTerminationProtection: flag,
  DeploymentConfig: structure({ Mode: text({ values: ['STANDARD', 'EXPRESS'] }) }),
  ChangeSetName: text({ min: 1, max: 1600, pattern: /^[a-zA-Z][-a-zA-Z0-9]*$|^arn:\S+$/ }),
  ChangeSetType: text({ values: ['CREATE', 'UPDATE', 'IMPORT'] }),
  Description: text({ min: 1, max: 1024 }),
  LogicalResourceId: text(),
  RetainExceptOnCreate: flag,
  ResourcesToSkip: list(text()),
  ForceRollback: flag,
  NextToken: text({ min: 1, max: 1024 }),
  StackStatusFilter: list(text()),
};

/**
 * Reads a request, as far as it is one of these.
 *
 * @throws ServiceError ValidationError that names all that is wrong
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
 */
export function requestOf(input: Record<string, unknown>, ...required: (keyof StackRequest)[]): StackRequest {
  return parse(structure(MEMBERS, required), input, 'ValidationError') as unknown as StackRequest;
}
