import { App, Aspects, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ASPECT_STABILIZATION } from 'aws-cdk-lib/cx-api';
import {
  ConnectionMonitor,
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  ConnectionTests,
} from '../../../lib/index';
import { createConnection, resourcesOf } from '../harness';
import { ALARM, createTest, DASHBOARD, monitoredIn, SCHEDULE } from './monitor-harness';

const SERVICE_TOKEN = 'arn:aws:lambda:eu-west-1:111122223333:function:provider';

describe.each([true, false])('all tests of an app are monitored (aspects stabilize: %p)', (stabilization) => {
  const createApp = () => new App({ context: { [ASPECT_STABILIZATION]: stabilization } });

  test('each in its stack, also in nested stacks and stages, and those that are added afterwards', () => {
    const app = createApp();
    const stack = new Stack(app, 'Stack');
    const nested = new NestedStack(stack, 'Nested');
    const staged = new Stack(new Stage(app, 'Stage'), 'Staged');
    ConnectionMonitor.ofAll(app);
    [stack, nested, staged].forEach((one) => createTest(one));
    const later = new Stack(app, 'Later');
    createTest(later);

    for (const one of [stack, nested, staged, later]) {
      expect(monitoredIn(one)).toEqual(['orders']);
      Template.fromStack(one).resourceCountIs(ALARM, 1);
      Template.fromStack(one).resourceCountIs(DASHBOARD, 1);
    }
  });

  test.each(['before', 'after'])('those of ConnectionTests.applyTo, which is called %s it', (when) => {
    const app = createApp();
    const stacks = ['One', 'Two'].map((id) => new Stack(app, id));
    stacks.forEach((stack) => ['A', 'B', 'C'].map((id) => createConnection(stack, id)));
    if (when === 'before') {
      ConnectionTests.applyTo(app);
    }
    ConnectionMonitor.ofAll(app);
    if (when === 'after') {
      ConnectionTests.applyTo(app);
    }

    stacks.forEach((stack) => {
      expect(monitoredIn(stack)).toHaveLength(3);
    });
  });

  test('the number of all of them decides about the alarms of a stack', () => {
    const app = createApp();
    const [few, many] = [new Stack(app, 'Few'), new Stack(app, 'Many')];
    createTest(many);
    ['A', 'B'].forEach((id) => createConnection(few, id));
    ['A', 'B', 'C'].forEach((id) => createConnection(many, id));
    ConnectionTests.applyTo(app);
    const monitors = ConnectionMonitor.ofAll(app, { maxAlarms: 2 });
    app.synth();

    expect(Object.values(resourcesOf(few, ALARM))).toHaveLength(2);
    expect(Object.values(resourcesOf(many, ALARM))).toHaveLength(1);
    expect(monitors.alarms).toHaveLength(3);
  });

  test('a connection that another aspect adds', () => {
    const app = createApp();
    const stack = new Stack(app, 'Stack');
    createConnection(stack, 'First');
    ConnectionTests.applyTo(app);
    ConnectionMonitor.ofAll(app);
    Aspects.of(app).add({
      visit: (node) => {
        if (node === stack && stack.node.tryFindChild('Added') === undefined) {
          createConnection(stack, 'Added');
        }
      },
    });

    expect(monitoredIn(stack)).toHaveLength(2);
    expect(Object.values(resourcesOf(stack, ALARM))).toHaveLength(2);
  });

  test('and other aspects reach what is made for them', () => {
    const app = createApp();
    createConnection(new Stack(app, 'Stack'));
    const visited: string[] = [];
    Aspects.of(app).add({ visit: ({ node }) => visited.push(node.path) });
    ConnectionTests.applyTo(app);
    ConnectionMonitor.ofAll(app);
    app.synth();

    expect(visited).toEqual(
      expect.arrayContaining([
        'Stack/GlueConnectionMonitor/Function/Schedule/Resource',
        'Stack/GlueConnectionMonitor/Alarms/GlueConnectionTests--Orders--Test/Resource',
        'Stack/GlueConnectionMonitor/Dashboard/Resource',
      ]),
    );
  });
});

test('actions are added to all alarms, also to those that there are none of yet', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const topic = new sns.Topic(stack, 'Topic');
  const okTopic = new sns.Topic(stack, 'Ok');
  const other = new Stack(app, 'Other');
  const monitors = ConnectionMonitor.ofAll(app);
  monitors.addAlarmAction(new actions.SnsAction(topic));
  monitors.addOkAction(new actions.SnsAction(okTopic));
  createTest(stack);
  createTest(other);
  app.synth();

  expect(Object.values(resourcesOf(stack, ALARM))[0]!.Properties).toMatchObject({
    AlarmActions: [stack.resolve(topic.topicArn)],
    OKActions: [stack.resolve(okTopic.topicArn)],
  });
  expect(Object.values(resourcesOf(other, ALARM))[0]!.Properties.AlarmActions).toHaveLength(1);
});

test('a test that a monitor has already keeps it, and that of an input has none', () => {
  const stack = new Stack(new App(), 'Stack');
  const target = ConnectionTarget.fromInput({
    connectionType: glue.ConnectionType.JDBC,
    connectionProperties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders', SECRET_ID: 'orders' },
  });
  new ConnectionTest(stack, 'Input', { target });
  new ConnectionMonitor(stack, 'Own', { tests: [createTest(stack, 'own')] });
  createTest(stack, 'other');
  ConnectionMonitor.ofAll(stack);

  expect(Object.keys(resourcesOf(stack, SCHEDULE)).map((id) => id.replace(/Function.*$/, ''))).toEqual([
    'Own',
    'GlueConnectionMonitor',
  ]);
  expect(monitoredIn(stack)).toEqual(['own', 'other']);
});

test('the nearest scope decides', () => {
  const app = new App();
  const [near, far] = [new Stack(app, 'Near'), new Stack(app, 'Far')];
  [near, far].forEach((stack) => createTest(stack));
  ConnectionMonitor.ofAll(app, { dashboard: false });
  ConnectionMonitor.ofAll(near);

  Template.fromStack(near).resourceCountIs(DASHBOARD, 1);
  Template.fromStack(near).resourceCountIs(SCHEDULE, 1);
  Template.fromStack(far).resourceCountIs(DASHBOARD, 0);
});

test('a test whose provider is deployed elsewhere is not monitored, as a warning says', () => {
  const stack = new Stack(new App(), 'Stack');
  const provider = ConnectionTestProvider.fromServiceToken(stack, 'Imported', SERVICE_TOKEN);
  createTest(stack, 'elsewhere', { provider });
  createTest(stack, 'here');
  ConnectionMonitor.ofAll(stack);

  expect(monitoredIn(stack)).toEqual(['here']);
  Annotations.fromStack(stack).hasWarning(
    '/Stack/elsewhereTest',
    Match.stringLikeRegexp(
      "the connection is not monitored: its test must have a provider of this app.*leave out its 'provider', or acknowledge this warning",
    ),
  );
});

test('fails when it is called twice', () => {
  const app = new App();
  ConnectionMonitor.ofAll(app);

  expect(() => ConnectionMonitor.ofAll(app)).toThrow(
    "'scope' must not be monitored yet, got: the app, for which ConnectionMonitor.ofAll was already called; pass all options in one call",
  );
});

describe('fails when a stage', () => {
  test('is created later', () => {
    const app = new App();
    ConnectionMonitor.ofAll(app);
    createTest(new Stack(new Stage(app, 'Prod'), 'Stack'));

    expect(() => app.synth()).toThrow(
      "'scope' must hold its stages when ConnectionMonitor.ofAll is called, got: the stage Prod, created later, whose test " +
        'Prod/Stack/ordersTest would not be monitored; move the line ConnectionMonitor.ofAll(app) below the one that creates Prod',
    );
  });

  test('is synthesized before', () => {
    const app = new App();
    const stage = new Stage(app, 'Prod');
    createTest(new Stack(stage, 'Stack'));
    stage.synth();
    ConnectionMonitor.ofAll(app);

    expect(() => app.synth()).toThrow(
      "'scope' must be synthesized after ConnectionMonitor.ofAll is called, got: the stage Prod",
    );
  });
});
