import {
  CfnResource,
  DefaultTokenResolver,
  Reference,
  Stack,
  StringConcat,
  Token,
  Tokenization,
  type IResolvable,
  type IResolveContext,
  type IPostProcessor,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A value with its lazy parts evaluated and its references to resources left in place, as tokens. */
export function evaluate(scope: IConstruct, value: unknown): unknown {
  return Tokenization.resolve(value, { scope, resolver: new ReferenceKeeper(), preparing: true });
}

/** The resources that a value refers to, of this stack or another of the app. */
export function referencedResources(scope: IConstruct, value: unknown): CfnResource[] {
  const resolver = new ReferenceKeeper();
  Tokenization.resolve(value, { scope, resolver, preparing: true });
  return [...resolver.resources];
}

/**
 * Whether a value refers to a resource of the scope's own stack or of one nested below it, rather than to a literal, a
 * parameter or an import.
 */
export function refersToOwnStack(scope: IConstruct, value: unknown): boolean {
  const own = Stack.of(scope);
  return referencedResources(scope, value).some(({ stack }) => stack === own || isNestedBelow(stack, own));
}

function isNestedBelow(stack: Stack, ancestor: Stack): boolean {
  const parent = stack.nestedStackParent;
  return parent !== undefined && (parent === ancestor || isNestedBelow(parent, ancestor));
}

/**
 * A literal as a policy's resource names it: there `*`, `?` and `$` have meanings of their own.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export function escapeForPolicy(literal: string): string {
  return Token.isUnresolved(literal) ? literal : literal.replace(/[*?$]/g, (character) => `\${${character}}`);
}

class ReferenceKeeper extends DefaultTokenResolver {
  readonly resources = new Set<CfnResource>();

  constructor() {
    super(new StringConcat());
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) {
      if (CfnResource.isCfnResource(token.target)) {
        this.resources.add(token.target);
      }
      return Token.asString(token);
    }
    const value: unknown = super.resolveToken(token, context, postProcessor);
    // Nothing can be joined to an intrinsic function but another token.
    return isIntrinsic(value) ? Token.asString(value) : value;
  }
}

function isIntrinsic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
}
