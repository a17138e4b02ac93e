import {
  Aws,
  DefaultTokenResolver,
  Reference,
  StringConcat,
  Token,
  Tokenization,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  type TokenizedStringFragments,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { mayEvaluate, NotEvaluated, resolveAndForget } from './early-evaluation';

/** The tokens of `Aws`, which are met most of all. */
const PSEUDO_PARAMETERS: ReadonlyMap<unknown, string> = new Map(
  [
    ...([
      ['AWS::AccountId', Aws.ACCOUNT_ID],
      ['AWS::Partition', Aws.PARTITION],
      ['AWS::Region', Aws.REGION],
    ] as const),
    ...([
      ['AWS::NoValue', Aws.NO_VALUE],
      ['AWS::StackId', Aws.STACK_ID],
      ['AWS::StackName', Aws.STACK_NAME],
    ] as const),
    ...([['AWS::URLSuffix', Aws.URL_SUFFIX]] as const),
  ].map(([name, text]) => [Tokenization.reverseString(text).firstToken, name]),
);

/** Evaluates lazy values without fixing the result, so that the template still has what is added to them later. */
class EarlyResolver extends DefaultTokenResolver {
  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const name = PSEUDO_PARAMETERS.get(token);
    if (name !== undefined) {
      return { Ref: name };
    }
    return mayEvaluate(context.scope, token, this)
      ? resolveAndForget<unknown>(token, () => super.resolveToken(token, context, postProcessor))
      : new NotEvaluated(token);
  }

  override resolveList(list: string[], context: IResolveContext): unknown {
    const token = Tokenization.reverseList(list);
    // The CDK would make a text of it.
    return token === undefined || mayEvaluate(context.scope, token, this)
      ? super.resolveList(list, context)
      : new NotEvaluated(token);
  }
}

/**
 * Keeps references as tokens, each as `{ Ref: TOKEN }`: in the form of a function, it passes the checks of a property of
 * any type. `asText` makes a token of it again.
 */
export class ReferenceKeeper extends EarlyResolver {
  constructor() {
    super({ join: (left: unknown, right: unknown) => asText(left) + asText(right) });
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    return Reference.isReference(token)
      ? { Ref: Token.asString(token) }
      : super.resolveToken(token, context, postProcessor);
  }

  override resolveString(fragments: TokenizedStringFragments, context: IResolveContext): unknown {
    // Put together again, they would be the same text.
    const isKept = fragments.length > 1 && fragments.tokens.every((token) => isFixed(token));
    return isKept ? fragments.join(UNCHANGED) : super.resolveString(fragments, context);
  }
}

const UNCHANGED = new StringConcat();

/** Whether there is nothing to evaluate in a token. */
function isFixed(token: IResolvable): boolean {
  return Reference.isReference(token) || PSEUDO_PARAMETERS.has(token);
}

/** What a `ReferenceKeeper` has found, as a string that can stand anywhere. */
export function asText(value: unknown): string {
  const kept = withTokens(value ?? '');
  return typeof kept === 'string' ? kept : isPseudoParameter(kept) ? pseudoParameter(kept.Ref) : Token.asString(kept);
}

/** The same token each time, so that what was not changed reads the same. */
const TOKENS = new Map(Array.from(PSEUDO_PARAMETERS, ([token, name]) => [name, Token.asString(token)]));

function pseudoParameter(name: string): string {
  const token = TOKENS.get(name) ?? Token.asString({ Ref: name });
  TOKENS.set(name, token);
  return token;
}

function withTokens(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withTokens);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return isIntrinsic(value) && Token.isUnresolved(value.Ref)
    ? value.Ref
    : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTokens(member)]));
}

/** Replaces each reference by `{ Ref: KEY }`, and records its target. */
export class ReferenceRecorder extends EarlyResolver {
  readonly references = new Map<string, IConstruct>();

  constructor() {
    super({ join: (left: unknown, right: unknown) => ({ 'Fn::Join': ['', [left, right]] }) });
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) {
      return super.resolveToken(token, context, postProcessor);
    }
    // `ScopedAws` makes references of pseudo parameters.
    const value: unknown = token.displayName.startsWith('AWS::')
      ? super.resolveToken(token, context, postProcessor)
      : undefined;
    if (isPseudoParameter(value)) {
      return value;
    }
    const key = `${token.target.node.addr}.${token.displayName}`;
    this.references.set(key, token.target);
    return { Ref: key };
  }
}

function isPseudoParameter(value: unknown): value is { readonly Ref: string } {
  return isIntrinsic(value) && typeof value.Ref === 'string' && value.Ref.startsWith('AWS::');
}

/** Whether a value is an intrinsic function, such as `Ref`, which CloudFormation evaluates at deployment. */
export function isIntrinsic(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
}
