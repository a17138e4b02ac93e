import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * How many characters a part of a policy has at most once it is deployed. IAM counts no white space.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 * @param scope where the part will stand
 * @param part a statement or a text of one, with tokens
 */
export function maxLength(scope: IConstruct, part: unknown): number {
  const stack = Stack.of(scope);
  const stackName = Token.isUnresolved(stack.stackName) ? 128 : stack.stackName.length;
  return lengthOf(stack.resolve(part), stackName);
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

/** What is imported, or a parameter: an ARN with a name of usual length. */
const UNKNOWN = 150;

function lengthOf(value: unknown, stackName: number): number {
  if (Array.isArray(value)) {
    return 1 + sum(value.map((item) => lengthOf(item, stackName) + 1));
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value).length;
  }
  const members = Object.entries(value as Record<string, unknown>);
  const [name, argument] = members.length === 1 ? (members[0] ?? ['']) : [''];
  if (name === 'Ref' || name.startsWith('Fn::')) {
    return 2 + intrinsicLength(name, argument, stackName);
  }
  return 1 + sum(members.map(([key, member]) => key.length + 4 + lengthOf(member, stackName)));
}

/** Without the quotation marks around it. */
function intrinsicLength(name: string, argument: unknown, stackName: number): number {
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return sum(parts.map((part) => lengthOf(part, stackName) - 2)) + separator.length * (parts.length - 1);
  }
  if (name === 'Ref' && String(argument).startsWith('AWS::')) {
    return PSEUDO_PARAMETERS[String(argument)] ?? UNKNOWN + stackName;
  }
  if (name === 'Ref' || name === 'Fn::GetAtt') {
    // CloudFormation makes a name of the stack's and of the resource's logical id.
    return AROUND_A_NAME + stackName + String([argument].flat()[0]).length;
  }
  return UNKNOWN + stackName;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
