import { App, Aws, CfnCondition, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import { ConnectionTarget, ConnectionTest, ConnectionTests } from '../../../lib/index';
import { createStack, resourcesOf } from '../harness';

function createL1(scope: Construct, id: string, name: string | undefined): glue.CfnConnection {
  return new glue.CfnConnection(scope, id, {
    catalogId: Stack.of(scope).account,
    connectionInput: { name, connectionType: 'JDBC' },
  });
}

function createJob(scope: Construct, ...connections: string[]): glue.CfnJob {
  return new glue.CfnJob(scope, 'Job', {
    role: 'arn:aws:iam::111122223333:role/glue',
    command: { name: 'glueetl' },
    connections: { connections },
  });
}

/** How many tests of its own stack the job waits for. */
function awaited(stack: Stack): number {
  const tests = Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'));
  const [job] = Object.values(resourcesOf(stack, 'AWS::Glue::Job'));
  return (job?.DependsOn ?? []).filter((id) => tests.includes(id)).length;
}

describe('stacks whose environment is not known, with connections of one name', () => {
  test.each(['by token', 'by name'])('are tested each, and keep apart (jobs name it %s)', (how) => {
    const app = new App();
    const stacks = ['Dev', 'Prod'].map((id) => new Stack(app, id));
    for (const stack of stacks) {
      const connection = createL1(stack, 'Orders', 'orders');
      createJob(stack, how === 'by name' ? 'orders' : connection.ref);
    }
    ConnectionTests.applyTo(app);

    for (const stack of stacks) {
      expect(awaited(stack)).toBe(1);
      expect(stack.dependencies).toEqual([]);
    }
  });

  test('keep apart also where one is left out', () => {
    const app = new App();
    const [dev, prod] = [new Stack(app, 'Dev'), new Stack(app, 'Prod')];
    for (const stack of [dev, prod]) {
      createL1(stack, 'Orders', 'orders');
      createJob(stack, 'orders');
    }
    ConnectionTests.applyTo(app, { exclude: [dev] });

    expect(awaited(prod)).toBe(1);
    expect(dev.dependencies).toEqual([]);
  });

  test('tie no third one, which could mean either', () => {
    const app = new App();
    const [dev, prod, jobs] = [new Stack(app, 'Dev'), new Stack(app, 'Prod'), new Stack(app, 'Jobs')];
    [dev, prod].forEach((stack) => createL1(stack, 'Orders', 'orders'));
    createJob(jobs, 'orders');
    ConnectionTests.applyTo(app);
    app.synth();

    expect(jobs.dependencies).toEqual([]);
  });
});

test('a test by name in one stack is no test of a connection in another one whose environment is not known', () => {
  const app = new App();
  const [tests, connections] = [new Stack(app, 'Tests'), new Stack(app, 'Connections')];
  new ConnectionTest(tests, 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: false }) });
  createL1(connections, 'Orders', 'orders');
  ConnectionTests.applyTo(app);

  Template.fromStack(connections).resourceCountIs('Custom::GlueConnectionTest', 1);
});

test('the name of a condition is no name of a connection', () => {
  const stack = createStack();
  createL1(stack, 'Orders', 'big');
  const { logicalId } = new CfnCondition(stack, 'Big', { expression: Fn.conditionEquals(stack.region, 'x') });
  createJob(stack, Fn.conditionIf(logicalId, 'one', 'two').toString());
  ConnectionTests.applyTo(stack);

  expect(awaited(stack)).toBe(0);
});

test('a test by a name in other letters is no test of the connection', () => {
  const stack = createStack();
  createL1(stack, 'Orders', 'Orders');
  new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: false }) });
  ConnectionTests.applyTo(stack);

  Template.fromStack(stack).resourceCountIs('Custom::GlueConnectionTest', 2);
});

test('a trigger waits that names a job of a nested stack', () => {
  const stack = createStack();
  createL1(stack, 'Orders', 'orders');
  const nested = new NestedStack(stack, 'Nested');
  createJob(nested, 'orders').name = 'nightly';
  new glue.CfnTrigger(stack, 'Trigger', { type: 'ON_DEMAND', actions: [{ jobName: 'nightly' }] });
  ConnectionTests.applyTo(stack);

  const tests = Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'));
  expect(resourcesOf(stack, 'AWS::Glue::Trigger').Trigger?.DependsOn).toEqual(tests);
});

test('two connections of one name under opposite conditions are tested each', () => {
  const stack = createStack();
  createL1(stack, 'One', 'orders');
  createL1(stack, 'Two', 'orders');
  createJob(stack, 'orders');
  ConnectionTests.applyTo(stack);

  expect(awaited(stack)).toBe(2);
});

describe('a job waits that names the connection', () => {
  test.each<[string, (stack: Stack) => string]>([
    ['by a joined name', () => `${Aws.STACK_NAME}-orders`],
    ['by a parameter', (stack) => new CfnParameter(stack, 'Name').valueAsString],
    ['by a substituted name', () => Fn.sub('${AWS::StackName}-orders')],
    ['by an import', () => Fn.importValue('OrdersName')],
  ])('%s, the same as in the connection', (_, nameIn) => {
    const stack = createStack();
    const name = nameIn(stack);
    createL1(stack, 'Orders', name);
    createJob(stack, name);
    ConnectionTests.applyTo(stack);

    expect(awaited(stack)).toBe(1);
  });

  test('by the same choice', () => {
    const stack = createStack();
    const { logicalId } = new CfnCondition(stack, 'Big', { expression: Fn.conditionEquals(stack.region, 'x') });
    const name = Fn.conditionIf(logicalId, 'one', 'two').toString();
    createL1(stack, 'Orders', name);
    createJob(stack, name);
    ConnectionTests.applyTo(stack);

    expect(awaited(stack)).toBe(1);
  });

  test('by a substitution written by hand', () => {
    const stack = createStack();
    createL1(stack, 'Orders', undefined);
    createJob(stack, Fn.sub('${Orders}'));
    ConnectionTests.applyTo(stack);

    expect(awaited(stack)).toBe(1);
  });

  test('of another account, where the environment of its own stack is not known', () => {
    const stack = createStack();
    const arn = 'arn:aws:glue:eu-west-1:444455556666:connection/orders';
    const imported = glue.Connection.fromConnectionArn(stack, 'Imported', arn);
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(imported) }).gateDependents();
    createJob(stack, imported.connectionName);

    expect(awaited(stack)).toBe(1);
  });

  test('by a parameter that the stack around gives to its nested stack', () => {
    const stack = createStack();
    const connection = createL1(stack, 'Orders', undefined);
    const nested = new NestedStack(stack, 'Nested', { parameters: { Name: connection.ref } });
    createJob(nested, new CfnParameter(nested, 'Name').valueAsString);
    ConnectionTests.applyTo(stack);

    const [test] = Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'));
    expect(Object.values(resourcesOf(stack, 'AWS::CloudFormation::Stack'))[0]?.DependsOn).toContain(test);
  });
});
