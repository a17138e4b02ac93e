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
  const targets = resolveWithReferences(scope, value).references.map(({ target }) => target);
  return [...new Set(targets.filter((target) => CfnResource.isCfnResource(target)))];
}

/** A reference in a value: to what, and how it stands in the resolved value. */
export interface ResolvedReference {
  readonly target: IConstruct;
  readonly resolved: unknown;
}

/** A value as it stands in the template, as far as that is known before synthesis, and the references in it. */
export function resolveWithReferences(scope: IConstruct, value: unknown) {
  const resolver = new ReferenceRecorder();
  const resolved: unknown = Tokenization.resolve(value, { scope, resolver, preparing: true });
  return { resolved, references: resolver.references as readonly ResolvedReference[] };
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
  constructor() {
    super(new StringConcat());
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) {
      return Token.asString(token);
    }
    const value: unknown = super.resolveToken(token, context, postProcessor);
    // Nothing can be joined to an intrinsic function but another token.
    return isIntrinsic(value) ? Token.asString(value) : value;
  }
}

class ReferenceRecorder extends DefaultTokenResolver {
  readonly references: ResolvedReference[] = [];

  constructor() {
    super({ join: (left: unknown, right: unknown) => ({ 'Fn::Join': ['', [left, right]] }) });
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const resolved: unknown = super.resolveToken(token, context, postProcessor);
    if (Reference.isReference(token)) {
      this.references.push({ target: token.target, resolved });
    }
    return resolved;
  }
}

/** Whether a value is what CloudFormation evaluates at deployment, such as `Ref`. */
export function isIntrinsic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
}
