import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { ConnectionTest, ConnectionTests } from '../../../lib/index';
import { createConnection, createStack, resourcesOf } from '../harness';

const TEST = 'Custom::GlueConnectionTest';

function createL1(scope: Construct, id: string): glue.CfnConnection {
  return new glue.CfnConnection(scope, id, { catalogId: '111122223333', connectionInput: { connectionType: 'JDBC' } });
}

/** The paths of an app's tests. */
function pathsOfTests(app: App): string[] {
  app.synth();
  return app.node
    .findAll()
    .filter((construct) => construct instanceof ConnectionTest)
    .map(({ node }) => node.path)
    .sort();
}

test('tests lie outside of the constructs of users, each at the path of its connection', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const scope = new Construct(stack, 'Scope');
  createConnection(scope, 'One');
  createL1(scope, 'Two');
  createL1(new NestedStack(scope, 'Nested'), 'Three');
  createConnection(stack, 'Four');
  ConnectionTests.applyTo(app);

  expect(pathsOfTests(app)).toEqual([
    'Stack/GlueConnectionTests/Four/Test',
    'Stack/GlueConnectionTests/Scope/One/Test',
    'Stack/GlueConnectionTests/Scope/Two/Test',
    'Stack/Scope/Nested/GlueConnectionTests/Three/Test',
  ]);
});

test('what depends on a construct that holds a connection does not wait for the test', () => {
  const stack = createStack();
  const scope = new Construct(stack, 'Scope');
  createConnection(scope);
  const other = new CfnResource(stack, 'Other', { type: 'AWS::SQS::Queue' });
  other.node.addDependency(scope);
  ConnectionTests.applyTo(stack);

  expect(Object.keys(resourcesOf(stack, TEST))).toHaveLength(1);
  expect(resourcesOf(stack, 'AWS::SQS::Queue').Other?.DependsOn).toEqual([
    expect.stringMatching(/^ScopeOrders[0-9A-F]{8}$/),
  ]);
});

test('connections of one id in different scopes have a test each, whose id no other connection changes', () => {
  const synthesize = (...scopes: string[]) => {
    const stack = createStack();
    for (const id of scopes) {
      createConnection(new Construct(stack, id));
    }
    ConnectionTests.applyTo(stack);
    return Object.entries(resourcesOf(stack, TEST)).map(([id, resource]) => [id, JSON.stringify(resource)]);
  };
  const all = synthesize('A', 'AOrders', 'B');

  expect(all).toHaveLength(3);
  for (const scope of ['A', 'AOrders', 'B']) {
    expect(all).toContainEqual(synthesize(scope)[0]);
  }
  expect(Object.fromEntries(synthesize('B', 'AOrders', 'A'))).toEqual(Object.fromEntries(all));
});

test('a connection may lie beside what is named like its test, and below another connection', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const orders = createConnection(stack);
  createL1(new Construct(stack, 'OrdersTest'), 'Inner');
  createL1(orders, 'Test');
  createL1(createL1(stack, 'Outer'), 'Inner');
  ConnectionTests.applyTo(app);

  expect(pathsOfTests(app)).toHaveLength(5);
});

test('a connection that depends on a construct around it does not wait for its own test', () => {
  const stack = createStack();
  const scope = new Construct(stack, 'Scope');
  const connection = createConnection(scope);
  connection.node.addDependency(scope);
  ConnectionTests.applyTo(stack);

  const [test] = Object.keys(resourcesOf(stack, TEST));
  expect(test).toBeDefined();
  expect(Object.values(resourcesOf(stack, 'AWS::Glue::Connection'))[0]?.DependsOn ?? []).not.toContain(test);
});
