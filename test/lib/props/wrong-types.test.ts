import { CfnParameter, Duration, Token, type Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import {
  ConnectionAuthentication,
  ConnectionMonitor,
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  ConnectionTests,
  OAuth2ClientApplication,
  SecretReference,
} from '../../../lib/index';
import { APPLY_TO_OPTIONS } from '../../../lib/connection-test/apply-to-options';
import { TEST_PROPS } from '../../../lib/connection-test/connection-test-props';
import { MONITOR_OPTIONS, MONITOR_PROPS } from '../../../lib/monitor/connection-monitor-props';
import { IMPORTED_PROVIDER_OPTIONS } from '../../../lib/provider/imported-provider';
import { PROVIDER_PROPS } from '../../../lib/provider/provider-shapes';
import { SECRET_REFERENCE_OPTIONS } from '../../../lib/secrets/secret-reference';
import * as authenticationShapes from '../../../lib/target/authentication-shapes';
import { INPUT } from '../../../lib/target/connection-input';
import { EXISTING_CONNECTION_OPTIONS, NAME_OPTIONS } from '../../../lib/target/connection-target-options';
import { USER_MANAGED } from '../../../lib/target/oauth2-client-application';
import { createConnection, createStack, testResourceOf } from '../harness';

/** What JavaScript and `tsx` let through. */
type Untyped = never;

const target = ConnectionTarget.fromName('orders', { inVpc: false, hasSecret: false });
const SERVICE_TOKEN = 'arn:aws:lambda:eu-west-1:111122223333:function:glue-connection-test';
const createTest = (stack: Stack, props: object) => new ConnectionTest(stack, 'Test', { target, ...props });
const createMonitor = (stack: Stack, props: object) =>
  new ConnectionMonitor(stack, 'Monitor', { tests: [createTest(stack, {})], ...props });
const applyTo = (stack: Stack, options: object) => ConnectionTests.applyTo(stack, options);

test.each<[string, (stack: Stack) => unknown, string]>([
  [
    'a connection is the target',
    (stack) => createTest(stack, { target: createConnection(stack) }),
    "'target' must be a ConnectionTarget, got: the Connection Stack/Orders; use ConnectionTarget.fromConnection(connection)",
  ],
  [
    'a name is the target',
    (stack) => createTest(stack, { target: 'orders' }),
    "'target' must be a ConnectionTarget, got: 'orders'; use ConnectionTarget.fromName('orders')",
  ],
  [
    'an object with a service token is the provider',
    (stack) => createTest(stack, { provider: { serviceToken: 'arn' } }),
    "'provider' must be a ConnectionTestProvider, or come from ConnectionTestProvider.fromServiceToken, got: object",
  ],
  [
    'a reference is made of a CfnSecret, which has no ARN by that name',
    (stack) => SecretReference.fromSecretsManager(new secretsmanager.CfnSecret(stack, 'Secret') as Untyped),
    "'secret' must be an ISecret of aws-cdk-lib/aws-secretsmanager, got: the CfnSecret Stack/Secret; use ",
  ],
  [
    'there is no target',
    (stack) => createTest(stack, { target: undefined }),
    "'target' must be a ConnectionTarget, got: undefined; use ConnectionTarget.fromConnection, fromCfnConnection, " +
      'fromName or fromInput',
  ],
  [
    'there are no properties',
    (stack) => new ConnectionTest(stack, 'Test', undefined as Untyped),
    "'props' must be an object of properties, got: undefined",
  ],
  [
    'a name is undefined',
    () => ConnectionTarget.fromName(undefined as Untyped),
    "'connectionName' must be a string, got: undefined; use ConnectionTarget.",
  ],
  [
    'a connection is given as a name',
    (stack) => ConnectionTarget.fromName(createConnection(stack) as Untyped),
    "'connectionName' must be a string, got: the Connection Stack/Orders; use ConnectionTarget.fromConnection(connection)",
  ],
  [
    'a name is given as a connection',
    () => ConnectionTarget.fromConnection('orders' as Untyped),
    "'connection' must be a Connection of aws-cdk-lib/aws-glue, got: 'orders'; use ConnectionTarget.fromName('orders')",
  ],
  [
    'a Connection is given as a CfnConnection',
    (stack) => ConnectionTarget.fromCfnConnection(createConnection(stack) as Untyped),
    "'connection' must be a CfnConnection of aws-cdk-lib/aws-glue, got: the Connection Stack/Orders; use " +
      'ConnectionTarget.fromConnection(connection)',
  ],
  [
    'a time is a number',
    (stack) => createTest(stack, { timeout: 60 }),
    "'timeout' must be a Duration, got: 60; use Duration.seconds(60)",
  ],
  [
    'a secret is a name',
    (stack) => createTest(stack, { secret: 'orders/database' }),
    "'secret' must be an ISecretRef of aws-cdk-lib/aws-secretsmanager, such as a Secret, got: a string; use " +
      'secretsmanager.Secret.fromSecretNameV2(scope, id, name) for a secret that exists already',
  ],
  [
    'there is one name where a list is expected',
    (stack) => applyTo(stack, { excludeNames: 'legacy' }),
    "'excludeNames' must be a list of strings, got: 'legacy'; put it in brackets, also if it is only one",
  ],
  [
    'a name in a list is none',
    (stack) => applyTo(stack, { excludeNames: ['legacy', /legacy/] }),
    "'excludeNames[1]' must be a string, got: an object of the class RegExp",
  ],
  [
    'a member of an enum is written as a string',
    (stack) => createTest(stack, { onFailure: 'report' }),
    "'onFailure' must be OnFailure.FAIL or OnFailure.REPORT, got: 'report'",
  ],
  [
    'the type of an input is a string',
    () => ConnectionTarget.fromInput({ connectionType: 'JDBC' as Untyped }),
    "'connectionType' must be a glue.ConnectionType, got: 'JDBC'; use new glue.ConnectionType('JDBC')",
  ],
  [
    'a type in a list is a string',
    (stack) => applyTo(stack, { connectionTypes: ['JDBC'] }),
    "'connectionTypes[0]' must be a glue.ConnectionType, got: 'JDBC'; use new glue.ConnectionType('JDBC')",
  ],
  [
    'a name is an ARN',
    () => ConnectionTarget.fromName('arn:aws:glue:eu-west-1:111122223333:connection/orders'),
    "'connectionName' must be a name, got: the ARN 'arn:aws:glue:eu-west-1:111122223333:connection/orders'; use what " +
      "follows 'connection/' in it: 'orders'",
  ],
  [
    'the name of an imported connection is an ARN',
    (stack) =>
      ConnectionTarget.fromConnection(
        glue.Connection.fromConnectionName(stack, 'Imported', 'arn:aws:glue:eu-west-1:111122223333:connection/orders'),
      ),
    "'connectionName' must be a name, got: the ARN",
  ],
  [
    'a trigger is not a string',
    (stack) => createTest(stack, { triggers: { release: 2 } }),
    "'triggers.release' must be a string, got: a number",
  ],
  [
    'a provider is an ARN',
    (stack) => createTest(stack, { provider: 'arn:aws:lambda:eu-west-1:111122223333:function:tests' }),
    'use ConnectionTestProvider.fromServiceToken(scope, id, arn)',
  ],
  [
    'a property of the providers is wrong',
    (stack) => applyTo(stack, { providerProps: { memorySize: '512' } }),
    "'providerProps.memorySize' must be a whole number of megabytes from 128 to 10240, got: '512'",
  ],
  [
    'a property of a provider is wrong',
    (stack) => ConnectionTestProvider.getOrCreate(stack, { role: 'arn:aws:iam::111122223333:role/tests' as Untyped }),
    "'role' must be an IRole of aws-cdk-lib/aws-iam, got: 'arn:aws:iam::111122223333:role/tests'",
  ],
  [
    'a property is written in the way of another language',
    (stack) => createTest(stack, { on_failure: 'REPORT' }),
    "'on_failure' must be written 'onFailure'",
  ],
  [
    'the constructs that wait are a list',
    (stack) => createTest(stack, {}).executeBefore([createConnection(stack)] as Untyped),
    "'scopes' must be a construct, got: a list; give each construct as an argument of its own",
  ],
  [
    'a construct to wait for is a string',
    (stack) => createTest(stack, {}).executeAfter('Orders' as Untyped),
    "'scopes' must be a construct, got: 'Orders'",
  ],
  [
    'there is no construct of the stack',
    () => ConnectionTestProvider.getOrCreate(undefined as Untyped),
    "'scope' must be a construct, got: undefined",
  ],
  [
    'what tests are applied to is none',
    () => ConnectionTests.applyTo({} as Untyped),
    "'scope' must be a construct, got: an object",
  ],
])('fails when %s', (_, act, message) => {
  expect(() => act(createStack())).toThrow(message);
});

describe('a secret', () => {
  test.each(['hunter2', 'correct horse', '12345'])('fails when it is the trigger %j, without showing it', (value) => {
    const act = () => createTest(createStack(), { triggers: { password: value } });
    expect(act).toThrow(
      `'triggers.password' must not hold a secret, since it would be in the template, got: a string of ${value.length} ` +
        "characters; raise a version with it instead, such as { passwordVersion: '2' }",
    );
    expect(act).not.toThrow(value);
  });

  test.each<[string, (stack: Stack) => string]>([
    ['a version', () => '2'],
    ['a version with a letter', () => 'v17'],
    ['the ARN of a secret', () => 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf'],
    ['only known at deployment', (stack) => new secretsmanager.Secret(stack, 'Secret').secretArn],
  ])('is not a trigger that is %s', (_, value) => {
    const stack = createStack();
    expect(() => createTest(stack, { triggers: { password: value(stack) } })).not.toThrow();
  });

  test('is never shown where something else is expected', () => {
    const acts = [
      () => createTest(createStack(), { secret: 'hunter2' }),
      () => createTest(createStack(), { triggers: 'hunter2' }),
      () => ConnectionAuthentication.fromSecret('hunter2' as Untyped),
      () => ConnectionAuthentication.basic({ username: 'orders', password: 'hunter2' as Untyped }),
      () => SecretReference.fromSecretsManager('hunter2' as Untyped),
    ];
    acts.forEach((act) => {
      expect(act).toThrow(/must be/);
      expect(act).not.toThrow('hunter2');
    });
  });
});

describe('no property accepts what it is not, and each is named:', () => {
  const { reference, secret } = (() => {
    const created = secretsmanager.Secret.fromSecretNameV2(createStack(), 'Secret', 'orders');
    return { secret: created, reference: SecretReference.fromSecretsManager(created) };
  })();
  const entries: [string, object, (wrong: object) => unknown][] = [
    ['a test', TEST_PROPS, (wrong) => createTest(createStack(), wrong)],
    ['tests', APPLY_TO_OPTIONS, (wrong) => applyTo(createStack(), wrong)],
    ['a monitor', MONITOR_PROPS, (wrong) => createMonitor(createStack(), wrong)],
    ['all monitors', MONITOR_OPTIONS, (wrong) => ConnectionMonitor.ofAll(createStack(), wrong)],
    ['a provider', PROVIDER_PROPS, (wrong) => new ConnectionTestProvider(createStack(), 'Provider', wrong)],
    ['a shared provider', PROVIDER_PROPS, (wrong) => ConnectionTestProvider.getOrCreate(createStack(), wrong)],
    [
      'an imported provider',
      IMPORTED_PROVIDER_OPTIONS,
      (wrong) => ConnectionTestProvider.fromServiceToken(createStack(), 'Provider', SERVICE_TOKEN, wrong),
    ],
    ['a name', NAME_OPTIONS, (wrong) => ConnectionTarget.fromName('orders', wrong)],
    [
      'a connection',
      EXISTING_CONNECTION_OPTIONS,
      (wrong) => ConnectionTarget.fromConnection(createConnection(createStack()), wrong),
    ],
    ['an input', INPUT, (wrong) => ConnectionTarget.fromInput({ connectionType: glue.ConnectionType.JDBC, ...wrong })],
    ['a reference', SECRET_REFERENCE_OPTIONS, (wrong) => SecretReference.fromSecretsManager(secret, wrong)],
    [
      'basic authentication',
      authenticationShapes.BASIC,
      (wrong) => ConnectionAuthentication.basic({ username: 'orders', password: reference, ...wrong }),
    ],
    [
      'OAuth2',
      authenticationShapes.OAUTH2,
      (wrong) => ConnectionAuthentication.oauth2ClientCredentials({ secret, ...wrong }),
    ],
    [
      'an authorization code',
      authenticationShapes.OAUTH2_AUTHORIZATION_CODE,
      (wrong) => ConnectionAuthentication.oauth2AuthorizationCode({ secret, ...wrong }),
    ],
    [
      'a web token',
      authenticationShapes.OAUTH2_JWT_BEARER,
      (wrong) => ConnectionAuthentication.oauth2JwtBearer({ secret, ...wrong }),
    ],
    [
      'a refresh token',
      authenticationShapes.OAUTH2_REFRESH_TOKEN,
      (wrong) => ConnectionAuthentication.oauth2RefreshToken({ secret, ...wrong }),
    ],
    [
      'custom authentication',
      authenticationShapes.CUSTOM,
      (wrong) => ConnectionAuthentication.custom({ credentials: { key: reference }, ...wrong }),
    ],
    ['IAM', authenticationShapes.AUTHENTICATION, (wrong) => ConnectionAuthentication.iam(wrong)],
    ['a secret', authenticationShapes.FROM_SECRET, (wrong) => ConnectionAuthentication.fromSecret(secret, wrong)],
    ['an application', USER_MANAGED, (wrong) => OAuth2ClientApplication.userManaged({ clientId: 'orders', ...wrong })],
  ];

  test.each(entries.flatMap(([what, shape, act]) => Object.keys(shape).map((name) => [name, what, act] as const)))(
    '%s of %s',
    (name, _, act) => {
      for (const wrong of [Symbol('wrong'), null, [Symbol('wrong')]]) {
        expect(() => act({ [name]: wrong })).toThrow(new RegExp(`^'${name}(\\[0\\])?' must `));
      }
    },
  );
});

describe('what is right in another way is accepted:', () => {
  test('values that are only known at deployment', () => {
    const stack = createStack();
    const text = new CfnParameter(stack, 'Text').valueAsString;
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    createTest(stack, {
      onFailure: text,
      maxAttempts: number,
      timeout: Duration.seconds(number),
      triggers: { x: text },
    });

    expect(testResourceOf(stack).Properties).toMatchObject({
      OnFailure: { Ref: 'Text' },
      MaxAttempts: { Ref: 'Number' },
      TimeoutSeconds: { Ref: 'Number' },
    });
    expect(Token.isUnresolved(text)).toBe(true);
  });

  test("objects of another copy of the CDK's, which have the same members", () => {
    class OtherDuration {
      isUnresolved = () => false;
      toSeconds = () => 60;
    }
    const stack = createStack();
    createTest(stack, { timeout: new OtherDuration() });

    expect(testResourceOf(stack).Properties).toMatchObject({ TimeoutSeconds: 60 });
  });

  test('properties in an instance of a class, and those of somebody else', () => {
    class Props {
      readonly target = target;
      readonly team = 'orders';
      get timeout() {
        return Duration.minutes(1);
      }
    }
    const stack = createStack();
    new ConnectionTest(new Construct(stack, 'Own'), 'Test', new Props());

    expect(testResourceOf(stack).Properties).toMatchObject({ TimeoutSeconds: 60 });
  });

  test('an optional property that is undefined', () => {
    const names = Object.keys(TEST_PROPS).filter((name) => name !== 'target');
    const props = Object.fromEntries(names.map((name) => [name, undefined]));
    expect(() => createTest(createStack(), props)).not.toThrow();
  });
});
