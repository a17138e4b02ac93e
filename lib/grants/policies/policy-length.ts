import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { resolveResource, resolveWithReferences, type Resolved } from '../../cdk/references';
import { partsOf } from '../../cdk/text-parts';

/**
 * IAM's quotas: characters of all inline policies of a role together, characters of one managed policy, and managed
 * policies of a role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const QUOTA = { inline: 10_240, managed: 6_144, managedPolicies: 10 };

/** `{"Version":"2012-10-17","Statement":[]}` */
export const EMPTY_POLICY = 40;

/**
 * The most characters that a part of a policy can have after deployment. IAM doesn't count white space.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 * @param scope where the part will stand
 * @param part a statement or a text of one, with tokens
 */
export function maxLength(scope: IConstruct, part: unknown): number {
  return maxLengthOf(scope, resolveWithReferences(scope, part));
}

/** The same of a part that is resolved already. */
export function maxLengthOf(scope: IConstruct, { value, references }: Resolved): number {
  const stack = Stack.of(scope);
  const stackName = Token.isUnresolved(stack.stackName) ? 128 : stack.stackName.length;
  return jsonLength(value, (reference) => {
    const target = references.get(reference);
    return stackName + (target === undefined ? reference.length : nameLength(target));
  });
}

/**
 * The length of a name that the app gives, or that CloudFormation generates from the stack's name and the logical id.
 */
function nameLength(target: IConstruct): number {
  if (!CfnResource.isCfnResource(target)) {
    return USUAL_NAME;
  }
  const { Properties = {} } = resolveResource(target).entry;
  const names = [Properties.Name, Properties.RoleName, Properties.Path, Properties.ConnectionInput].map((value) =>
    typeof value === 'object' && value !== null ? (value as { Name?: unknown }).Name : value,
  );
  const given = names.map((name) => (typeof name === 'string' ? name.length : 0));
  return sum([...given, String(Stack.of(target).resolve(target.logicalId)).length]);
}

/** The longest that there are. */
const PSEUDO_PARAMETERS: Readonly<Record<string, number>> = {
  'AWS::AccountId': '123456789012'.length,
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'ap-northeast-1'.length,
  'AWS::URLSuffix': 'amazonaws.com.cn'.length,
};

/** `arn:aws-us-gov:secretsmanager:ap-northeast-1:123456789012:secret:` and the random characters at the end. */
const AROUND_A_NAME = 90;

/** A guess for the value of a parameter. */
const USUAL_NAME = 60;

/** A guess for an imported value: an ARN with a name of usual length. */
const UNKNOWN = 150;

/** Gives the length of a referenced resource's name, with the stack's name. */
type NameLength = (reference: string) => number;

function jsonLength(value: unknown, nameOf: NameLength): number {
  if (Array.isArray(value)) {
    return 1 + sum(value.map((item) => jsonLength(item, nameOf) + 1));
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value).length;
  }
  const members = Object.entries(value as Record<string, unknown>);
  const [name, argument] = members.length === 1 ? (members[0] ?? ['']) : [''];
  if (name === 'Ref' || name.startsWith('Fn::')) {
    return 2 + intrinsicLength(name, argument, nameOf);
  }
  return 1 + sum(members.map(([key, member]) => key.length + 4 + jsonLength(member, nameOf)));
}

/** The length without quotation marks around the value. */
function intrinsicLength(name: string, argument: unknown, nameOf: NameLength): number {
  const [separator, parts] = Array.isArray(argument) ? (argument as unknown[]) : [];
  if (name === 'Fn::Join' && typeof separator === 'string' && Array.isArray(parts)) {
    return sum(parts.map((part) => jsonLength(part, nameOf) - 2)) + separator.length * (parts.length - 1);
  }
  const ofPlace = name === 'Fn::Sub' && typeof argument === 'string' ? lengthOfText(argument) : undefined;
  if (ofPlace !== undefined) {
    return ofPlace;
  }
  if (name === 'Fn::Sub') {
    const known = partsOf({ [name]: argument });
    const isText = known.every((part) => typeof part === 'string' || !(name in part));
    return isText ? sum(known.map((part) => jsonLength(part, nameOf) - 2)) : UNKNOWN + nameOf('');
  }
  if (name === 'Ref' && String(argument).startsWith('AWS::')) {
    return PSEUDO_PARAMETERS[String(argument)] ?? UNKNOWN + nameOf('');
  }
  if (name === 'Ref' || name === 'Fn::GetAtt') {
    return AROUND_A_NAME + nameOf(String([argument].flat()[0]));
  }
  return UNKNOWN + nameOf('');
}

/** Of a text for `Fn::Sub` with no variables but the pseudo parameters above; undefined if there are others. */
function lengthOfText(text: string): number | undefined {
  let length = JSON.stringify(text).length - 2;
  for (const [variable, name = ''] of text.matchAll(/\$\{([^}]*)\}/g)) {
    const own = PSEUDO_PARAMETERS[name];
    if (own === undefined) {
      return undefined;
    }
    length += own - variable.length;
  }
  return length;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
