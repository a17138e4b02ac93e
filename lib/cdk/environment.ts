import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { resolveWithReferences } from './references';

/** Where something is deployed: the values of its stack, or undefined where nothing is known. */
export interface Environment {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

export type Comparison = 'same' | 'different' | 'unknown';

/**
 * Whether two accounts or two Regions may be the same. An unknown one may be any, and so may two that are only known at
 * deployment.
 */
export function mayBeSame(one: string | undefined, other: string): boolean {
  if (one === undefined) {
    return true;
  }
  const comparison = Token.compareStrings(one, other);
  return comparison === TokenComparison.SAME || comparison === TokenComparison.BOTH_UNRESOLVED;
}

/** Compares two environments. */
export function compareEnvironments(one: Environment, other: Environment): Comparison {
  const all = [compare(one.account, other.account), compare(one.region, other.region)];
  return all.includes('different') ? 'different' : all.includes('unknown') ? 'unknown' : 'same';
}

function compare(one: string | undefined, other: string | undefined): Comparison {
  if (one === undefined || other === undefined || Token.isUnresolved(one) || Token.isUnresolved(other)) {
    return 'unknown';
  }
  return one === other ? 'same' : 'different';
}

/**
 * The environment that a stack's template means by an account and a Region: the stack's own if it names none, or names
 * it by a pseudo parameter.
 */
export function placeIn(
  stack: Stack,
  named: { readonly account?: unknown; readonly region?: unknown } = {},
): Environment {
  const { account, region } = stack;
  return {
    account: valueIn(stack, named.account, 'AWS::AccountId', account),
    region: valueIn(stack, named.region, 'AWS::Region', region),
  };
}

function valueIn(stack: Stack, value: unknown, pseudoParameter: string, own: string): string | undefined {
  if (value === undefined) {
    return own;
  }
  const { value: resolved } = resolveWithReferences(stack, value);
  const { Ref } = (resolved ?? {}) as { Ref?: unknown };
  if (resolved === undefined || Ref === pseudoParameter) {
    return own;
  }
  return typeof resolved === 'string' ? resolved : undefined;
}
