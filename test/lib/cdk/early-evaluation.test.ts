import { Annotations as CdkAnnotations, App, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTarget, ConnectionTest, ConnectionTests } from '../../../lib/index';
import { onlyResourceOf } from '../harness';

interface LazyValue {
  readonly cache: boolean;
  readonly producer: { readonly produce: (context: unknown) => unknown };
  _cached?: unknown;
}

type Resolve = (this: LazyValue, context: unknown) => unknown;

/** What all lazy values of aws-cdk-lib inherit, whatever they are of. */
const base = Object.getPrototypeOf(Object.getPrototypeOf(Lazy.uncachedAny({ produce: () => 1 }))) as {
  resolve: Resolve;
};
const { resolve: original } = base;
const kept = new WeakMap<LazyValue, unknown>();

/** Ways in which another version of aws-cdk-lib could keep the values. */
const OTHER_WAYS: Record<string, Resolve> = {
  'outside of the object': function (context) {
    kept.set(this, kept.get(this) ?? this.producer.produce(context));
    return kept.get(this);
  },
  'in a property that is only written once': function (context) {
    if (this._cached === undefined) {
      Object.defineProperty(this, '_cached', { value: this.producer.produce(context), writable: false });
    }
    return this._cached;
  },
};

/** A connection whose properties are only known when they are asked for, with its test and what comes after that. */
function synthesize(way?: Resolve, isTested = true): Stack {
  base.resolve = function (context) {
    return way === undefined || !this.cache ? original.call(this, context) : way.call(this, context);
  };
  const stack = new Stack(new App(), 'Stack');
  const properties: Record<string, string> = {};
  const connection = new glue.CfnConnection(stack, 'Orders', {
    catalogId: Lazy.string({ produce: () => properties.account ?? '111122223333' }),
    connectionInput: {
      connectionType: 'JDBC',
      description: `for ${Lazy.string({ produce: () => String(Object.keys(properties).length) })}`,
      connectionProperties: Lazy.any({ produce: () => ({ ...properties }) }),
      matchCriteria: Lazy.list({ produce: () => Object.keys(properties) }),
      physicalConnectionRequirements: { subnetId: Lazy.string({ produce: () => properties.subnet }) },
    },
  });
  if (isTested) {
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) }).gateDependents();
    ConnectionTests.applyTo(stack.node.root);
  }
  Object.assign(properties, {
    url: 'jdbc:postgresql://db/orders',
    account: '444455556666',
    subnet: 'subnet-0123456789abcdef0',
  });
  return stack;
}

afterEach(() => {
  base.resolve = original;
});

test("a user's lazy values are as they would be without a test", () => {
  const own = onlyResourceOf(synthesize(undefined, false), 'AWS::Glue::Connection');

  expect(own.Properties).toMatchObject({ ConnectionInput: { Description: 'for 3' } });
  expect(onlyResourceOf(synthesize(), 'AWS::Glue::Connection')).toEqual(own);
});

test('nobody is warned while lazy values are kept as we know', () => {
  Annotations.fromStack(synthesize()).hasNoWarning('*', Match.stringLikeRegexp('Lazy'));
});

describe.each(Object.entries(OTHER_WAYS))('if aws-cdk-lib kept lazy values %s', (_, way) => {
  test('the template would be as it is without a test', () => {
    const own = onlyResourceOf(synthesize(undefined, false), 'AWS::Glue::Connection');

    expect(onlyResourceOf(synthesize(way), 'AWS::Glue::Connection')).toEqual(own);
  });

  test('a warning would say what is not known', () => {
    const annotations = Annotations.fromStack(synthesize(way));

    annotations.hasWarning('/Stack', Match.stringLikeRegexp("values made by aws-cdk-lib's Lazy can't be read"));
    annotations.hasWarning('/Stack/Test', Match.stringLikeRegexp("pass 'secret' to the test"));
  });

  test('the warning could be acknowledged', () => {
    const stack = synthesize(way);
    CdkAnnotations.of(stack).acknowledgeWarning('cdk-glue-connection-test:lazyValuesUnknown');

    Annotations.fromStack(stack).hasNoWarning('/Stack', Match.stringLikeRegexp('Lazy'));
  });
});
