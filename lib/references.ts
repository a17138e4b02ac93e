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

/** Whether a value refers to a resource of the scope's own stack, rather than to a literal, a parameter or an import. */
export function refersToOwnStack(scope: IConstruct, value: unknown): boolean {
  const stack = Stack.of(scope);
  return referencedResources(scope, value).some((resource) => resource.stack === stack);
}

class ReferenceKeeper extends DefaultTokenResolver {
  readonly resources = new Set<CfnResource>();

  constructor() {
    super(new StringConcat());
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) {
      return super.resolveToken(token, context, postProcessor);
    }
    if (CfnResource.isCfnResource(token.target)) {
      this.resources.add(token.target);
    }
    return Token.asString(token);
  }
}
