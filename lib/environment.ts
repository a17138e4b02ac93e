import { Stack, Token, TokenComparison } from 'aws-cdk-lib';

/**
 * Whether two accounts or two regions are one, as far as it is known at synthesis. One that is not known at all, and two
 * that are only known at deployment, are taken to be.
 */
export function isSame(one: string | undefined, other: string): boolean {
  if (one === undefined) {
    return true;
  }
  const comparison = Token.compareStrings(one, other);
  return comparison === TokenComparison.SAME || comparison === TokenComparison.BOTH_UNRESOLVED;
}

/** Whether a name surely means the same in two stacks. */
export function isSurelyOnePlace(one: Stack, other: Stack): boolean {
  return outermostStack(one) === outermostStack(other) || (isKnown(one) && isSameEnvironment(one, other));
}

/** Whether account and region of a stack are known at synthesis. */
export function isKnown({ account, region }: Stack): boolean {
  return !Token.isUnresolved(account) && !Token.isUnresolved(region);
}

export function isSameEnvironment(one: Environment, other: Environment): boolean {
  return isSame(one.account, other.account) && isSame(one.region, other.region);
}

type Environment = Pick<Stack, 'account' | 'region'>;

/** The stack that is not nested. */
export function outermostStack(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermostStack(stack.nestedStackParent);
}
