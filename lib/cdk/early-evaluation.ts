import { Lazy, Stack, Token, Tokenization, type IResolvable } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { warnOnce } from './warn-once';

/** Resolves a lazy value, and has it forget the value: what is added to it later is to be seen by the template. */
export function resolveAndForget<T>(token: IResolvable, resolve: () => T): T {
  const { inner = token } = token as { inner?: object };
  const lazy = inner as { _cached?: unknown };
  const isFirst = lazy._cached === undefined;
  const value = resolve();
  if (isFirst && lazy._cached !== undefined) {
    lazy._cached = undefined;
  }
  return value;
}

type Evaluate = (token: IResolvable) => unknown;

/** The classes of lazy values that are not to be evaluated in an app: with another CDK, they may never forget. */
const KEEPING = new WeakMap<IConstruct, ReadonlySet<unknown>>();

/**
 * Whether a token can be evaluated before synthesis without making the answer final. Where it can't, a warning says so.
 *
 * @param evaluate how it would be evaluated
 */
export function mayEvaluate(scope: IConstruct, token: IResolvable, evaluate: Evaluate): boolean {
  if (!keepingIn(scope, evaluate).has(token.constructor)) {
    return true;
  }
  warnOnce(
    Stack.of(scope),
    'lazyValuesUnknown',
    "values made by aws-cdk-lib's Lazy can't be read before synthesis, since this version of aws-cdk-lib keeps them in " +
      "an unknown way, so the properties of connections and their dependents may be unknown; pass 'secret' to " +
      "the tests and 'inVpc' to their targets, use executeBefore, and report this to cdk-glue-connection-test. " +
      'Acknowledge this warning if the tests need no more',
  );
  return false;
}

function keepingIn(scope: IConstruct, evaluate: Evaluate): ReadonlySet<unknown> {
  const known = KEEPING.get(scope);
  if (known !== undefined) {
    return known;
  }
  const { root } = scope.node;
  let keeping = KEEPING.get(root);
  if (keeping === undefined) {
    // What evaluates the probes asks again.
    KEEPING.set(root, new Set());
    keeping = classesThatKeep(evaluate);
    KEEPING.set(root, keeping);
  }
  // To look for the root takes longer than the rest.
  KEEPING.set(scope, keeping);
  return keeping;
}

/** Whether all lazy values of an app can be evaluated before synthesis, as far as one was met. */
export function mayEvaluateAll(scope: IConstruct): boolean {
  return (KEEPING.get(scope.node.root)?.size ?? 0) === 0;
}

function classesThatKeep(evaluate: Evaluate): ReadonlySet<unknown> {
  const all = probes();
  // One that keeps its value is enough: which classes share its way is not known.
  const isSafe = all.every((probe) => isForgetting(probe, evaluate));
  return new Set(isSafe ? [] : all.map(({ token }) => token.constructor));
}

interface Probe {
  readonly token: IResolvable;
  readonly evaluations: () => number;
}

/** One of each kind of lazy value. */
function probes(): Probe[] {
  const make = (create: (count: () => number) => IResolvable | undefined): Probe[] => {
    let evaluations = 0;
    const token = create(() => (evaluations += 1));
    return token === undefined ? [] : [{ token, evaluations: () => evaluations }];
  };
  return [
    ...make((count) => Lazy.any({ produce: count })),
    ...make((count) => Tokenization.reverse(Lazy.string({ produce: () => String(count()) }))),
    ...make((count) => Tokenization.reverse(Lazy.list({ produce: () => [String(count())] }))),
    ...make((count) => Tokenization.reverse(Lazy.number({ produce: count }))),
  ];
}

function isForgetting({ token, evaluations }: Probe, evaluate: Evaluate): boolean {
  try {
    evaluate(token);
    evaluate(token);
    return evaluations() === 2;
  } catch {
    return false;
  }
}

/**
 * Stands for a lazy value that is not evaluated. By its only member it looks like an intrinsic function, which each
 * property takes and of which nothing is known before deployment; in a template it is the value.
 */
export class NotEvaluated implements IResolvable {
  readonly 'Fn::Lazy' = true;
  readonly #token: IResolvable;

  constructor(token: IResolvable) {
    this.#token = token;
  }

  get creationStack(): string[] {
    return [];
  }

  resolve(): unknown {
    return this.#token;
  }

  toString(): string {
    return Token.asString(this.#token);
  }
}
