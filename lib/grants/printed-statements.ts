import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Statements as they would be in a policy of the stack, in JSON. */
export function printed(scope: Construct, statements: readonly iam.PolicyStatement[]): string {
  const document = new iam.PolicyDocument({ statements: [...statements] });
  const { Statement } = Stack.of(scope).resolve(document) as { Statement: unknown };
  return JSON.stringify(Statement);
}
