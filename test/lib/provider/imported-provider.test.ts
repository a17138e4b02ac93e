import { App, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  ConnectionTests,
  type ApplyToOptions,
  type IConnectionTestProvider,
} from '../../../lib/index';
import { createConnection, createStack, resourcesOf } from '../harness';

const TOKEN = 'arn:aws:lambda:eu-west-1:111122223333:function:provider';
const target = ConnectionTarget.fromName('orders', { inVpc: false });

test('the test uses the function that is deployed elsewhere, and the stack has none', () => {
  const stack = createStack();
  const provider = ConnectionTestProvider.fromServiceToken(stack, 'Provider', TOKEN);
  new ConnectionTest(stack, 'Test', { target, provider });

  const types = Object.values((Template.fromStack(stack).toJSON() as { Resources: object }).Resources) as {
    Type: string;
  }[];
  expect(types.map(({ Type }) => Type)).toEqual(['Custom::GlueConnectionTest']);
  Template.fromStack(stack).hasResourceProperties('Custom::GlueConnectionTest', {
    ServiceToken: TOKEN,
    ServiceTimeout: '1260',
  });
});

test("a warning prints what the function's role has to allow", () => {
  const stack = createStack();
  const provider = ConnectionTestProvider.fromServiceToken(stack, 'Provider', TOKEN);
  new ConnectionTest(stack, 'Test', { target, provider });

  Annotations.fromStack(stack).hasWarning(
    '/Stack/Test',
    Match.stringLikeRegexp(
      'nothing can be granted to Stack/Provider, .*"Action":\\["glue:GetConnection","glue:TestConnection"\\].*notGranted',
    ),
  );
});

test('a test that moves to it becomes another resource', () => {
  const logicalIds = (provider?: (stack: Stack) => IConnectionTestProvider) => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target, provider: provider?.(stack) });
    return Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'));
  };

  expect(logicalIds((stack) => ConnectionTestProvider.fromServiceToken(stack, 'Provider', TOKEN))).not.toEqual(
    logicalIds(),
  );
});

test('all connections of an app are tested by it', () => {
  const app = new App();
  const stacks = [new Stack(app, 'One'), new Stack(app, 'Two')];
  stacks.forEach((stack) => [createConnection(stack, 'A'), createConnection(stack, 'B')]);
  ConnectionTests.applyTo(app, { serviceToken: TOKEN });

  for (const stack of stacks) {
    const tests = Object.values(resourcesOf(stack, 'Custom::GlueConnectionTest'));
    expect(tests.map(({ Properties }) => Properties.ServiceToken)).toEqual([TOKEN, TOKEN]);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
  }
});

test.each<[string, ApplyToOptions, ApplyToOptions]>([
  ['service tokens', { serviceToken: TOKEN }, { serviceToken: `${TOKEN}-2` }],
  ['properties', { providerProps: { memorySize: 512 } }, { providerProps: { memorySize: 1024 } }],
  ['properties and none', { providerProps: { memorySize: 512 } }, {}],
  ['a service token and none', { serviceToken: TOKEN }, {}],
])('where tests are applied twice in one stack, with other %s, each keeps its own', (_, one, other) => {
  const tokensOf = (...options: ApplyToOptions[]) => {
    const stack = createStack();
    options.forEach((option, index) => {
      const part = new Construct(stack, `Part${index}`);
      createConnection(part);
      createConnection(part, 'Customers');
      ConnectionTests.applyTo(part, option);
    });
    const tests = Object.entries(resourcesOf(stack, 'Custom::GlueConnectionTest'));
    return tests.map(([id, { Properties }]) => [id, JSON.stringify(Properties.ServiceToken)] as const);
  };
  const both = tokensOf(one, other);
  const tokensIn = (part: string) => new Set(both.filter(([id]) => id.includes(part)).map(([, token]) => token));

  expect(tokensIn('Part0').size).toBe(1);
  expect(tokensIn('Part1').size).toBe(1);
  expect(tokensIn('Part0')).not.toEqual(tokensIn('Part1'));
  // Whichever comes first: resources keep their ids.
  expect(both.slice(0, 2)).toEqual(tokensOf(one));
});

describe('fails', () => {
  test.each(['', 'provider', 'arn:aws:sns:eu-west-1:111122223333:topic'])(
    'when the service token is %p',
    (serviceToken) => {
      expect(() => ConnectionTestProvider.fromServiceToken(createStack(), 'Provider', serviceToken)).toThrow(
        `'serviceToken' must be the ARN of a Lambda function, got: '${serviceToken}'`,
      );
    },
  );

  test('when it is in another region than the test, as far as that is known', () => {
    const create = (region: string, serviceToken: string) => {
      const stack = createStack({ env: { region, account: '111122223333' } });
      const provider = ConnectionTestProvider.fromServiceToken(stack, 'Provider', serviceToken);
      new ConnectionTest(stack, 'Test', { target, provider });
    };

    expect(() => create('us-east-1', TOKEN)).toThrow(
      "'provider' must be in the Region of the test, us-east-1, got: Stack/Provider in eu-west-1",
    );
    expect(() => create('eu-west-1', TOKEN)).not.toThrow();
    expect(() => create('us-east-1', Token.asString({ 'Fn::ImportValue': 'Token' }))).not.toThrow();
  });

  test('when the provider is something else that has a service token', () => {
    const stack = createStack();
    class Other extends Construct implements IConnectionTestProvider {
      readonly serviceToken = TOKEN;
      readonly grantPrincipal = new iam.UnknownPrincipal({ resource: this });
    }

    expect(() => new ConnectionTest(stack, 'Test', { target, provider: new Other(stack, 'Other') })).toThrow(
      "'provider' must be a ConnectionTestProvider, or come from ConnectionTestProvider.fromServiceToken, got: Stack/Other",
    );
  });

  test('when all tests are to have a provider of their own and one that is deployed elsewhere', () => {
    expect(() => ConnectionTests.applyTo(new App(), { serviceToken: TOKEN, providerProps: {} })).toThrow(
      "'serviceToken' must not be given with 'providerProps'",
    );
  });
});
