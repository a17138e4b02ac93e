import {
  Reference,
  ResolutionTypeHint,
  Stack,
  Token,
  Tokenization,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  type ResolveChangeContextOptions,
  type TokenizedStringFragments,
} from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { mayEvaluate, NotEvaluated, resolveAndForget } from './early-evaluation';
import { isOfPseudoParameters, NAMES, PSEUDO_PARAMETERS, TOKEN } from './pseudo-parameters';

/** How the CDK marks the type that a function will yield, and a key that is one. */
const [TYPE_HINT, INTRINSIC_KEY] = [Symbol.for('@aws-cdk/core.resolvedTypeHint'), '$IntrinsicKey$'] as const;

/** As deep as the CDK goes. */
const MAX_DEPTH = 200;

/**
 * Evaluates values before synthesis: what `Tokenization.resolve` does, in less than half of the time, since connections are
 * read several times. Lazy values are not fixed, so that the template still has what is added to them later.
 */
export abstract class Evaluation implements IResolveContext {
  readonly preparing: boolean = true;
  readonly documentPath: string[] = [];
  private postProcessor?: IPostProcessor | undefined;
  private options: ResolveChangeContextOptions = {};

  constructor(readonly scope: IConstruct) {}

  /** What stands for a reference. */
  protected abstract refer(reference: Reference): unknown;

  /** What stands for a text with tokens and something else. */
  protected abstract put(fragments: TokenizedStringFragments): unknown;

  /** Whether a text stands for itself that has literals and pseudo parameters only. */
  protected readonly keepsPseudoParameters: boolean = false;

  resolve(value: unknown, options: ResolveChangeContextOptions = {}): unknown {
    const before = this.options;
    this.options = { ...before, ...options };
    const resolved = this.evaluate(value);
    this.options = before;
    return resolved;
  }

  /** Tokens call this when they are resolved. */
  registerPostProcessor(postProcessor: IPostProcessor): void {
    this.postProcessor = postProcessor;
  }

  private evaluate(value: unknown): unknown {
    if (typeof value === 'string') {
      return TOKEN.test(value) ? this.evaluateText(value) : value;
    }
    if (typeof value === 'number') {
      return Token.isUnresolved(value)
        ? this.evaluateToken(Tokenization.reverseNumber(value), ResolutionTypeHint.NUMBER)
        : value;
    }
    if (typeof value === 'function' || Construct.isConstruct(value) || this.documentPath.length > MAX_DEPTH) {
      return this.refused(value);
    }
    if (typeof value !== 'object' || value === null || value instanceof Date) {
      return value;
    }
    if (Array.isArray(value)) {
      return this.evaluateList(value);
    }
    return 'resolve' in value && typeof value.resolve === 'function'
      ? this.evaluateToken(value as unknown as IResolvable)
      : this.evaluateMembers(value);
  }

  private evaluateText(text: string): unknown {
    const name = NAMES.get(text);
    if (name !== undefined) {
      return this.hinted({ Ref: name });
    }
    if (this.keepsPseudoParameters && isOfPseudoParameters(text)) {
      return this.hinted(text);
    }
    const fragments = Tokenization.reverseString(text);
    if (fragments.tokens.length === 0) {
      return text;
    }
    return fragments.length === 1 ? this.evaluateToken(fragments.firstToken) : this.hinted(this.put(fragments));
  }

  private evaluateList(list: readonly unknown[]): unknown {
    const [first] = list;
    const token = list.length === 1 && typeof first === 'string' ? Tokenization.reverseList([first]) : undefined;
    if (token !== undefined) {
      return this.evaluateToken(token, ResolutionTypeHint.STRING_LIST);
    }
    const values = list.map((element, index) => this.evaluateAt(String(index), element));
    return this.options.removeEmpty === false ? values : values.filter((value) => value !== undefined);
  }

  private evaluateMembers(value: object): unknown {
    const evaluated: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) {
      const one = this.evaluateAt(name, member);
      if (one !== undefined || this.options.removeEmpty === false) {
        const key = TOKEN.test(name) ? this.evaluateText(name) : name;
        if (typeof key === 'string') {
          evaluated[key] = one;
        } else if (this.options.allowIntrinsicKeys === true) {
          evaluated[`${INTRINSIC_KEY}${Object.keys(evaluated).length}`] = [key, one];
        } else {
          return this.refused(value);
        }
      }
    }
    return evaluated;
  }

  private evaluateAt(name: string, value: unknown): unknown {
    this.documentPath.push(name);
    const evaluated = this.evaluate(value);
    this.documentPath.pop();
    return evaluated;
  }

  private evaluateToken(token: IResolvable | undefined, hint?: ResolutionTypeHint): unknown {
    const name = PSEUDO_PARAMETERS.get(token);
    if (name !== undefined) {
      return this.hinted({ Ref: name });
    }
    const value = Reference.isReference(token) ? this.refer(token) : token && this.unfold(token);
    return this.hinted(value, hint);
  }

  /** `Stack.toJsonString`, which alone asks for such keys, looks for the type that a function will yield, and takes no tokens. */
  private hinted(value: unknown, hint = ResolutionTypeHint.STRING): unknown {
    if (this.options.allowIntrinsicKeys !== true) {
      return value;
    }
    const taken = typeof value === 'string' && TOKEN.test(value) ? { Ref: value } : value;
    return typeof taken === 'object' && taken !== null
      ? Object.defineProperty(taken, TYPE_HINT, {
          value: hint,
          configurable: true,
        })
      : taken;
  }

  /** The CDK says why it can't be in a template. */
  private refused(value: unknown): unknown {
    return Stack.of(this.scope).resolve(value) as unknown;
  }

  /** What a token yields, evaluated. */
  protected unfold(token: IResolvable): unknown {
    // In the template, values are final.
    if (this.preparing && !mayEvaluate(this.scope, token, (probe) => this.evaluate(probe))) {
      return new NotEvaluated(token);
    }
    const outer = this.postProcessor;
    this.postProcessor = undefined;
    const resolve = (): unknown => token.resolve(this);
    const yielded = this.preparing ? resolveAndForget(token, resolve) : resolve();
    const own = this.postProcessor as IPostProcessor | undefined;
    this.postProcessor = outer;
    const evaluated = this.evaluate(yielded);
    return own === undefined ? evaluated : own.postProcess(evaluated, this);
  }
}
