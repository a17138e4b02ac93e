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
  const short = resources.map(shortArn);
  const statement = new iam.PolicyStatement({ actions, resources: short.map(({ arn }) => arn), conditions });
  if (conditions === undefined && short.every(({ inTemplate }) => inTemplate !== undefined)) {
    // The CDK would resolve it to the same.
    const value = {
      Action: oneOrAll(actions),
      Effect: 'Allow',
      Resource: oneOrAll(short.map((one) => one.inTemplate)),
    };
    RESOLVED.set(statement, { value, references: new Map() });
  }
  return statement;
}

function oneOrAll<T>(values: readonly T[]): T | readonly T[] {
  return values.length === 1 ? (values[0] as T) : values;
}

const RESOLVED = new WeakMap<iam.PolicyStatement, Resolved>();

/** A statement as it is in the template. It is looked at from several sides, and resolved once: nothing is added to it. */
export function resolvedStatement(scope: IConstruct, statement: iam.PolicyStatement): Resolved {
  const resolved = RESOLVED.get(statement) ?? resolveWithReferences(scope, statement.toStatementJson());
  RESOLVED.set(statement, resolved);
  return resolved;
}
