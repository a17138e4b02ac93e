import { App, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import fc from 'fast-check';
import { ConnectionTests } from '../../../lib/index';

type Resources = Record<string, { readonly Type: string } & Readonly<Record<string, unknown>>>;

/** What shows of the connections that share a stack in one template: they may change with any of them. */
const SHARED = ['AWS::IAM::ManagedPolicy'];

/**
 * A stack with these connections, in this order, each with a secret of the stack and without a name; but those with a
 * number that `hasName` takes have a name and no secret.
 */
function synthesize(numbers: readonly number[], hasName = (number: number) => number % 4 === 0): Resources {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  for (const number of numbers) {
    new glue.Connection(stack, `Orders${number}Connection`, {
      type: glue.ConnectionType.JDBC,
      connectionName: hasName(number) ? `connection-${number}-${'n'.repeat(180)}` : undefined,
      properties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders' },
      secret: hasName(number) ? undefined : new secretsmanager.Secret(stack, `Orders${number}Secret`),
    });
  }
  ConnectionTests.applyTo(app);
  return (app.synth().getStackByName('Stack').template as { Resources: Resources }).Resources;
}

/** All that is not shared and not of one of these connections. */
function othersThan(numbers: readonly number[], resources: Resources): Resources {
  const isOf = (id: string) =>
    numbers.some((number) => new RegExp(`^(GlueConnectionTests)?Orders${number}(Connection|Secret)`).test(id));
  return Object.fromEntries(Object.entries(resources).filter(([id, { Type }]) => !isOf(id) && !SHARED.includes(Type)));
}

const NUMBERS = Array.from({ length: 120 }, (_, number) => number + 1);

test('120 connections without a name, each with a secret of the stack, are tested by one function', () => {
  const types = Object.values(synthesize(NUMBERS, () => false)).map(({ Type }) => Type);
  const count = (type: string) => types.filter((one) => one === type).length;

  expect(count('Custom::GlueConnectionTest')).toBe(NUMBERS.length);
  expect(count('AWS::Lambda::Function')).toBe(1);
  expect(count('AWS::Logs::LogGroup')).toBe(1);
  expect(count('AWS::IAM::Role')).toBe(1 + NUMBERS.length);
  expect(count('AWS::IAM::Policy')).toBe(0);
});

test('any order of the same connections gives the same template', () => {
  const inOrder = othersThan([], synthesize(NUMBERS));

  fc.assert(
    fc.property(fc.shuffledSubarray(NUMBERS, { minLength: NUMBERS.length }), (numbers) => {
      expect(othersThan([], synthesize(numbers))).toEqual(inOrder);
    }),
    { numRuns: 3 },
  );
});

test('a connection that is added or removed, wherever, changes nothing of the others', () => {
  const all = synthesize(NUMBERS);

  fc.assert(
    fc.property(fc.shuffledSubarray(NUMBERS, { minLength: 1 }), (numbers) => {
      const gone = NUMBERS.filter((number) => !numbers.includes(number));
      expect(othersThan([], synthesize(numbers))).toEqual(othersThan(gone, all));
    }),
    { numRuns: 8 },
  );
});
