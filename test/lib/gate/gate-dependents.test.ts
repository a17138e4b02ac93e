import * as cdk from 'aws-cdk-lib';
import { App, Aspects, CfnCondition, CfnParameter, CfnResource, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { ConnectionTarget, ConnectionTest } from '../../../lib/index';
import { createConnection, createStack, resourcesOf } from '../harness';

const ROLE = 'arn:aws:iam::111122223333:role/glue';

function createJob(stack: Stack, connections: string[], id = 'Job'): glue.CfnJob {
  return new glue.CfnJob(stack, id, { role: ROLE, command: { name: 'glueetl' }, connections: { connections } });
}

function createGatedTest(stack: Stack, connection: glue.Connection): ConnectionTest {
  const test = new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });
  test.gateDependents();
  return test;
}

/** Whether a resource waits for the stack's test. */
function waits(stack: Stack, resource: CfnResource): boolean {
  const tests = Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'));
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, { DependsOn?: string[] }> };
  return (Resources[stack.getLogicalId(resource)]?.DependsOn ?? []).some((id) => tests.includes(id));
}

describe('waits for the test of the connection that it names', () => {
  const targets = (value: object) => (stack: Stack) =>
    new glue.CfnCrawler(stack, 'Crawler', { role: ROLE, targets: value });
  test.each<[string, (stack: Stack, name: string) => CfnResource]>([
    ['a job', (stack, name) => createJob(stack, ['other', name])],
    ['a crawler of JDBC', (stack, name) => targets({ jdbcTargets: [{ connectionName: name }] })(stack)],
    ['a crawler of MongoDB', (stack, name) => targets({ mongoDbTargets: [{ connectionName: name }] })(stack)],
    ['a crawler of Delta Lake', (stack, name) => targets({ deltaTargets: [{ connectionName: name }] })(stack)],
    ['a crawler of Iceberg', (stack, name) => targets({ icebergTargets: [{ connectionName: name }] })(stack)],
    ['a crawler of Hudi', (stack, name) => targets({ hudiTargets: [{ connectionName: name }] })(stack)],
    ['a crawler of S3 through a network', (stack, name) => targets({ s3Targets: [{ connectionName: name }] })(stack)],
    [
      'a session',
      (stack, name) =>
        new glue.CfnSession(stack, 'Session', {
          id: 'session',
          role: ROLE,
          command: { name: 'glueetl' },
          connections: { connections: [name] },
        }),
    ],
    [
      'a federated database',
      (stack, name) =>
        new glue.CfnDatabase(stack, 'Database', {
          catalogId: stack.account,
          databaseInput: { federatedDatabase: { connectionName: name } },
        }),
    ],
    [
      'a dataset of DataBrew',
      (stack, name) =>
        new CfnResource(stack, 'Dataset', {
          type: 'AWS::DataBrew::Dataset',
          properties: {
            Name: 'd',
            Input: { DatabaseInputDefinition: { GlueConnectionName: name, DatabaseTableName: 't' } },
          },
        }),
    ],
    [
      'a job whose connections an override sets',
      (stack, name) => {
        const job = createJob(stack, []);
        job.addPropertyOverride('Connections.Connections', [name]);
        return job;
      },
    ],
    [
      'a job that names it under a condition',
      (stack, name) => {
        const { logicalId } = new CfnCondition(stack, 'Big', { expression: Fn.conditionEquals(stack.region, 'x') });
        return createJob(stack, [Fn.conditionIf(logicalId, name, 'x').toString()]);
      },
    ],
  ])('%s, by its token and by its name', (_, create) => {
    for (const name of [undefined, 'orders', 'Orders']) {
      const stack = createStack();
      const connection = createConnection(stack, 'Orders', {
        connectionName: name === undefined ? undefined : 'orders',
      });
      createGatedTest(stack, connection);
      const user = create(stack, name ?? connection.connectionName);

      expect(waits(stack, user)).toBe(true);
    }
  });

  test('a trigger that starts a job or a crawler which names it, by token or by name', () => {
    const stack = createStack();
    const connection = createConnection(stack);
    createGatedTest(stack, connection);
    const job = createJob(stack, [connection.connectionName]);
    new glue.CfnCrawler(stack, 'Crawler', {
      name: 'nightly',
      role: ROLE,
      targets: { jdbcTargets: [{ connectionName: connection.connectionName }] },
    });
    const other = createJob(stack, ['other'], 'OtherJob');
    const trigger = (id: string, action: glue.CfnTrigger.ActionProperty) =>
      new glue.CfnTrigger(stack, id, {
        type: 'CONDITIONAL',
        actions: [action],
        predicate: { conditions: [{ jobName: job.ref, state: 'SUCCEEDED', logicalOperator: 'EQUALS' }] },
      });
    const starting = [
      trigger('ByToken', { jobName: job.ref }),
      trigger('ByName', { crawlerName: 'nightly' }),
      trigger('Other', { jobName: other.ref }),
    ];

    expect(starting.map((one) => waits(stack, one))).toEqual([true, true, false]);
  });

  test('a job that names an imported connection, or a parameter, as the test does', () => {
    const stack = createStack();
    const name = new CfnParameter(stack, 'Name').valueAsString;
    const imported = glue.Connection.fromConnectionName(stack, 'Imported', 'legacy');
    new ConnectionTest(stack, 'One', { target: ConnectionTarget.fromName(name, { inVpc: false }) }).gateDependents();
    new ConnectionTest(stack, 'Two', { target: ConnectionTarget.fromConnection(imported) }).gateDependents();

    const jobs = [createJob(stack, [name], 'A'), createJob(stack, ['legacy'], 'B')];

    expect(jobs.map((job) => waits(stack, job))).toEqual([true, true]);
  });

  test('a job that another aspect adds, or gives the connection to', () => {
    const app = new App({ context: { '@aws-cdk/core:aspectStabilization': true } });
    const stack = new Stack(app, 'Stack');
    const connection = createConnection(stack, 'Orders', { connectionName: 'orders' });
    createGatedTest(stack, connection);
    const changed = createJob(stack, [], 'Changed');
    let added: glue.CfnJob | undefined;
    Aspects.of(app).add({
      visit: (node) => {
        if (node === changed) {
          changed.connections = { connections: ['orders'] };
          added ??= createJob(stack, ['orders'], 'Added');
        }
      },
    });

    expect(waits(stack, changed)).toBe(true);
    expect(waits(stack, added!)).toBe(true);
  });
});

describe('does not wait', () => {
  test('what names no connection, or another one', () => {
    const stack = createStack();
    createGatedTest(stack, createConnection(stack));

    const jobs = [
      createJob(stack, ['other'], 'A'),
      new glue.CfnJob(stack, 'B', { role: ROLE, command: { name: 'glueetl' } }),
    ];

    expect(jobs.map((job) => waits(stack, job))).toEqual([false, false]);
  });

  test('by DependsOn a job that refers to the test anyway', () => {
    const stack = createStack();
    const connection = createConnection(stack);
    const connectionTest = createGatedTest(stack, connection);
    const job = createJob(stack, [connection.connectionName]);
    job.defaultArguments = { '--outcome': connectionTest.outcome };

    expect(waits(stack, job)).toBe(false);
  });

  test('a job that only bears the name of the connection', () => {
    const stack = createStack();
    createGatedTest(stack, createConnection(stack, 'Orders', { connectionName: 'orders' }));

    expect(
      waits(stack, new glue.CfnJob(stack, 'Job', { name: 'orders', role: ROLE, command: { name: 'orders' } })),
    ).toBe(false);
  });

  test('a job of another account or region that names a connection of the same name', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    createGatedTest(stack, createConnection(stack, 'Orders', { connectionName: 'orders' }));
    const elsewhere = new Stack(app, 'Elsewhere', { env: { account: '111122223333', region: 'us-east-1' } });
    createJob(elsewhere, ['orders']);

    app.synth();
    expect(elsewhere.dependencies).toEqual([]);
  });

  test('anything, before gateDependents is called', () => {
    const stack = createStack();
    const connection = createConnection(stack);
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    expect(waits(stack, createJob(stack, [connection.connectionName]))).toBe(false);
  });
});

describe('in another stack', () => {
  test('the stack waits', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    createGatedTest(stack, createConnection(stack, 'Orders', { connectionName: 'orders' }));
    const jobs = new Stack(app, 'Jobs');
    createJob(jobs, ['orders']);

    app.synth();
    expect(jobs.dependencies).toEqual([stack]);
  });

  test('a nested stack waits with the resource that stands for it', () => {
    const stack = createStack();
    const connection = createConnection(stack, 'Orders', { connectionName: 'orders' });
    createGatedTest(stack, connection);
    const nested = new NestedStack(stack, 'Nested');
    createJob(nested, ['orders']);

    expect(waits(stack, nested.nestedStackResource!)).toBe(true);
  });

  test('of another stage, nothing waits: stages are deployed one by one', () => {
    const app = new App();
    const stage = new Stage(app, 'One');
    createGatedTest(
      new Stack(stage, 'Stack'),
      createConnection(new Stack(stage, 'C'), 'Orders', { connectionName: 'orders' }),
    );
    const other = new Stage(app, 'Two');
    const jobs = new Stack(other, 'Jobs');
    createJob(jobs, ['orders']);

    app.synth();
    expect(jobs.dependencies).toEqual([]);
  });
});

describe('where waiting would close a cycle, it is left out, and a warning names both ends', () => {
  const warning = Match.stringLikeRegexp('uses the connection that .*Test tests, but does not wait for the test');

  test('within a stack', () => {
    const stack = createStack();
    const connection = createConnection(stack, 'Orders', { connectionName: 'orders' });
    const job = createJob(stack, ['orders']);
    connection.node.addDependency(job);
    createGatedTest(stack, connection);

    expect(waits(stack, job)).toBe(false);
    Annotations.fromStack(stack).hasWarning('/Stack/Job', warning);
    Annotations.fromStack(stack).hasWarning('/Stack/Job', Match.stringLikeRegexp('^Stack/Job uses .*doesNotWait'));
  });

  test('between stacks', () => {
    const app = new App();
    const jobs = new Stack(app, 'Jobs');
    createJob(jobs, ['orders']);
    const stack = new Stack(app, 'Stack');
    createGatedTest(stack, createConnection(stack, 'Orders', { connectionName: 'orders' }));
    stack.addStackDependency(jobs);

    app.synth();
    expect(jobs.dependencies).toEqual([]);
    Annotations.fromStack(jobs).hasWarning('/Jobs/Job', warning);
  });

  test('and by the gates of two tests together', () => {
    const stack = createStack();
    const [one, two] = ['one', 'two'].map((name) => createConnection(stack, name, { connectionName: name }));
    // Each connection is made by a job that uses the other one.
    const jobs = { one: createJob(stack, ['two'], 'MakesOne'), two: createJob(stack, ['one'], 'MakesTwo') };
    one!.node.addDependency(jobs.one);
    two!.node.addDependency(jobs.two);
    for (const connection of [one!, two!]) {
      new ConnectionTest(stack, `${connection.node.id}Test`, {
        target: ConnectionTarget.fromConnection(connection),
      }).gateDependents();
    }

    expect([waits(stack, jobs.one), waits(stack, jobs.two)].sort()).toEqual([false, true]);
    expect(Annotations.fromStack(stack).findWarning('*', warning)).toHaveLength(1);
  });

  test('the warning can be acknowledged', () => {
    const stack = createStack();
    const connection = createConnection(stack, 'Orders', { connectionName: 'orders' });
    connection.node.addDependency(createJob(stack, ['orders']));
    createGatedTest(stack, connection);
    cdk.Annotations.of(stack).acknowledgeWarning('cdk-glue-connection-test:doesNotWait');

    expect(Annotations.fromStack(stack).findWarning('*', warning)).toEqual([]);
  });

  test('the warning can be acknowledged at the job itself', () => {
    const stack = createStack();
    const connection = createConnection(stack, 'Orders', { connectionName: 'orders' });
    const job = createJob(stack, ['orders']);
    connection.node.addDependency(job);
    createGatedTest(stack, connection);
    cdk.Annotations.of(job).acknowledgeWarning('cdk-glue-connection-test:doesNotWait');

    expect(Annotations.fromStack(stack).findWarning('*', warning)).toEqual([]);
  });
});

test('a job in a nested stack waits though the construct around the nested stack depends on it', () => {
  const scope = new Construct(createStack(), 'Scope');
  const nested = new NestedStack(scope, 'Nested');
  const connection = createConnection(nested);
  const job = createJob(nested, [connection.connectionName]);
  // The CDK makes nothing of it: the nested stack can't wait for itself.
  scope.node.addDependency(nested);
  createGatedTest(nested, connection);

  expect(waits(nested, job)).toBe(true);
});
