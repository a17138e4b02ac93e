import {
  Reference,
  Stack,
  StringConcat,
  Token,
  type IFragmentConcatenator,
  type IResolvable,
  type TokenizedStringFragments,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Evaluation } from './evaluation';
import { PSEUDO_PARAMETERS } from './pseudo-parameters';

/**
 * Keeps references as tokens, each as `{ Ref: TOKEN }`: in the form of a function, it passes the checks of a property of
 * any type. `asText` makes a token of it again.
 */
export class ReferenceKeeper extends Evaluation {
  protected override readonly keepsPseudoParameters = true;

  protected override refer(reference: Reference): unknown {
    return { Ref: Token.asString(reference) };
  }

  protected override put(fragments: TokenizedStringFragments): unknown {
    // Where there is nothing to evaluate, it would come to the same text.
    return fragments.tokens.every((token) => isFixed(token))
      ? fragments.join(UNCHANGED)
      : fragments.mapTokens({ mapToken: (token) => this.resolve(token) }).join(TEXTS);
  }
}

const TEXTS: IFragmentConcatenator = { join: (left: unknown, right: unknown) => asText(left) + asText(right) };

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

/** Evaluates what a stack's template will have, once the CDK has prepared the app. */
export class TemplateEvaluation extends Evaluation {
  override readonly preparing = false;

  protected override refer(reference: Reference): unknown {
    return Stack.of(this.scope).resolve(reference);
  }

  protected override put(fragments: TokenizedStringFragments): unknown {
    return Stack.of(this.scope).resolve(fragments.join(UNCHANGED));
  }
}

/** Replaces each reference by `{ Ref: KEY }`, and records its target. */
export class ReferenceRecorder extends Evaluation {
  readonly references = new Map<string, IConstruct>();

  protected override refer(reference: Reference): unknown {
    // `ScopedAws` makes references of pseudo parameters.
    const value: unknown = reference.displayName.startsWith('AWS::') ? this.unfold(reference) : undefined;
    if (isPseudoParameter(value)) {
      return value;
    }
    const key = `${reference.target.node.addr}.${reference.displayName}`;
    this.references.set(key, reference.target);
    return { Ref: key };
  }

  protected override put(fragments: TokenizedStringFragments): unknown {
    return fragments.mapTokens({ mapToken: (token) => this.resolve(token) }).join(JOINS);
  }
}

const JOINS: IFragmentConcatenator = {
  join: (left: unknown, right: unknown) => ({ 'Fn::Join': ['', [left, right]] }),
};

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
