import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { resolveWithReferences, type Resolved } from '../cdk/references';
import { shortArn } from './short-arns';

/** A statement that allows actions on resources. */
export function allow(
  actions: string[],
  resources: readonly string[],
  conditions?: Record<string, unknown>,
): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: resources.map(shortArn), conditions });
}

const RESOLVED = new WeakMap<iam.PolicyStatement, Resolved>();

/** A statement as it is in the template. It is looked at from several sides, and resolved once: nothing is added to it. */
export function resolvedStatement(scope: IConstruct, statement: iam.PolicyStatement): Resolved {
  const resolved = RESOLVED.get(statement) ?? resolveWithReferences(scope, statement.toStatementJson());
  RESOLVED.set(statement, resolved);
  return resolved;
}
