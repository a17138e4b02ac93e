import {
  DefaultTokenResolver,
  Reference,
  Token,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Evaluates lazy values without fixing the result, so that the template still has what is added to them later. */
class EarlyResolver extends DefaultTokenResolver {
  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const { inner = token } = token as { inner?: object };
    const lazy = inner as { _cached?: unknown };
    const isFirst = lazy._cached === undefined;
    const value: unknown = super.resolveToken(token, context, postProcessor);
    if (isFirst && lazy._cached !== undefined) {
      lazy._cached = undefined;
    }
    return value;
  }
}

/** Keeps references as tokens. */
export class ReferenceKeeper extends EarlyResolver {
  private isList = false;

  constructor() {
    super({ join: (left: unknown, right: unknown) => asText(left) + asText(right) });
  }

  override resolveList(list: string[], context: IResolveContext): unknown {
    this.isList = true;
    return super.resolveList(list, context);
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    // This is about the list itself, not about its elements.
    const { isList } = this;
    this.isList = false;
    const value: unknown = super.resolveToken(token, context, postProcessor);
    // A resource's properties are checked, and don't accept a text in place of a list.
    return Reference.isReference(token) && !isList ? Token.asString(token) : value;
  }
}

function asText(part: unknown): string {
  return part === undefined ? '' : typeof part === 'string' ? part : Token.asString(part);
}

/** Replaces each reference by `{ Ref: KEY }`, and records its target. */
export class ReferenceRecorder extends EarlyResolver {
  readonly references = new Map<string, IConstruct>();

  constructor() {
    super({ join: (left: unknown, right: unknown) => ({ 'Fn::Join': ['', [left, right]] }) });
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const value: unknown = super.resolveToken(token, context, postProcessor);
    if (!Reference.isReference(token) || isPseudoParameter(value)) {
      return value;
    }
    const key = `${token.target.node.addr}.${token.displayName}`;
    this.references.set(key, token.target);
    return { Ref: key };
  }
}

function isPseudoParameter(value: unknown): boolean {
  return isIntrinsic(value) && 'Ref' in value && String(value.Ref).startsWith('AWS::');
}

/** Whether a value is an intrinsic function, such as `Ref`, which CloudFormation evaluates at deployment. */
export function isIntrinsic(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
}
