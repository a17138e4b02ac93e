import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { resolveForReading } from '../cdk/references';

/** Statements as they would be in a policy of the stack, in JSON. */
export function printed(scope: Construct, statements: readonly iam.PolicyStatement[]): string {
  const document = new iam.PolicyDocument({ statements: [...statements] });
  const { Statement } = resolveForReading(scope, document) as { Statement: unknown };
  return JSON.stringify(Statement);
}
