import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct, type IDependable } from 'constructs';
import type { Access, GrantedTest } from '../grants/permissions';

/**
 * A provider of connection tests: a `ConnectionTestProvider`, or one that is deployed elsewhere.
 *
 * A permission that you grant to it applies to each of its tests, including tests that are added later.
 */
export interface IConnectionTestProvider extends IConstruct, iam.IGrantable {
  /**
   * The ARN of the function, which is the `ServiceToken` of the custom resources.
   *
   * @attribute
   */
  readonly serviceToken: string;
}

/**
 * What a test needs of its provider.
 *
 * @internal
 */
export interface Provider extends IConnectionTestProvider {
  /** The id of a test's resource. It differs between providers with different values of `ServiceToken`. */
  readonly _resourceId: string;
  /** What can't wait for a test. */
  readonly _prerequisites: IConstruct[];
  /** How many tests of one stack run at the same time, where there is a limit. */
  readonly _maxConcurrency: number | undefined;

  /** The function, where it is of this app. */
  readonly _function: OwnFunction | undefined;
  /** Lowers `_maxConcurrency`. Of several limits, the smallest counts. */
  _limit(maxConcurrency?: number): void;

  /** @throws an error when the provider can't run the test */
  _checkIsFor(test: Construct): void;

  /** Allows a test what it needs; it can be called again with more. */
  _allow(test: GrantedTest, statements: readonly iam.PolicyStatement[]): Access;
}

/** A function of this app, for more than tests of a deployment. */
export interface OwnFunction {
  readonly handler: lambda.IFunction;
  readonly logGroup: logs.ILogGroup;

  /** Allows the function itself more, by a policy below the scope. @returns what has to be waited for */
  allow(scope: Construct, statements: readonly iam.PolicyStatement[]): IDependable;
}

/** The id of a test's resource with any provider other than the default one of the stack. */
export function resourceIdFor(provider: IConstruct): string {
  return `Resource${provider.node.addr.slice(-8)}`;
}

/** The smaller of two limits, either of which may be missing. */
export function smallerLimit(one: number | undefined, other: number | undefined): number | undefined {
  const smaller = Math.min(one ?? Infinity, other ?? Infinity);
  return smaller === Infinity ? undefined : smaller;
}

/** @throws an error when it is no provider of this library */
export function asProvider(provider: IConnectionTestProvider): Provider {
  if (!('_allow' in provider)) {
    throw new Error(
      `'provider' must be a ConnectionTestProvider, or come from ConnectionTestProvider.fromServiceToken, got: ` +
        (Construct.isConstruct(provider) ? provider.node.path : typeof provider),
    );
  }
  return provider as Provider;
}

/**
 * The function of a provider, for more than tests of a deployment.
 *
 * @param user who needs it, such as `a sweep`
 * @throws an error when the function is deployed elsewhere
 */
export function ownFunctionOf({ node, _function }: Provider, user: string): OwnFunction {
  if (_function === undefined) {
    throw new Error(
      `'provider' must be in this app, since a function that is deployed elsewhere can't be given what ${user} needs, ` +
        `got: ${node.path}; leave it out, or create a ConnectionTestProvider in this stack`,
    );
  }
  return _function;
}
