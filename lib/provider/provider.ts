import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';
import type { Access, GrantedTest } from '../grants/permissions';

/**
 * A function that runs connection tests: a `ConnectionTestProvider`, or one that is deployed elsewhere.
 *
 * What is granted to it, each of its tests may do, also those that are added later.
 */
export interface IConnectionTestProvider extends IConstruct, iam.IGrantable {
  /**
   * What the custom resources name as their `ServiceToken`: the function's ARN.
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
  /** The id of a test's resource: another one with each provider that takes another `ServiceToken`. */
  readonly _resourceId: string;
  /** What can't wait for a test. */
  readonly _prerequisites: IConstruct[];
  /** How many tests of one stack run at the same time, where there is a limit. */
  readonly _maxConcurrency: number | undefined;

  /** @throws an error when the provider can't run the test */
  _checkIsFor(test: Construct): void;

  /** Allows a test what it needs; it can be called again with more. */
  _allow(test: GrantedTest, statements: readonly iam.PolicyStatement[]): Access;
}

/** What a test's resource is called with a provider that is not the one that the tests of a stack share by default. */
export function resourceIdFor(provider: IConstruct): string {
  return `Resource${provider.node.addr.slice(-8)}`;
}

/** @throws an error when it is no provider of this library */
export function asProvider(provider: IConnectionTestProvider): Provider {
  if (!('_allow' in provider)) {
    throw new Error(
      `'provider' must be a ConnectionTestProvider, or come from ConnectionTestProvider.fromServiceToken, got: ` +
        provider.node.path,
    );
  }
  return provider as Provider;
}
