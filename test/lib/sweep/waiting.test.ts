import type { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { ConnectionSweep, ConnectionTestProvider, type ConnectionSweepProps } from '../../../lib/index';
import { createConnection, createStack, onlyResourceOf, resourcesOf } from '../harness';

const SWEEP = 'Custom::GlueConnectionSweep';

/** What the sweep of a stack waits for, by the beginning of its logical id. */
const awaited = (stack: Stack, id: string) =>
  (onlyResourceOf(stack, SWEEP).DependsOn ?? []).filter((one) => one.startsWith(id));

describe('what the sweep itself needs can not wait for it', () => {
  test.each<[string, (stack: Stack) => { needed: IConstruct; props: ConnectionSweepProps }]>([
    [
      'the bucket of its report',
      (stack) => {
        const needed = new s3.Bucket(stack, 'Needed');
        return { needed, props: { reportBucket: needed } };
      },
    ],
    [
      'the key of that bucket',
      (stack) => {
        const needed = new kms.Key(stack, 'Needed');
        return { needed, props: { reportBucket: new s3.Bucket(stack, 'Bucket', { encryptionKey: needed }) } };
      },
    ],
    [
      'a secret',
      (stack) => {
        const needed = new secretsmanager.Secret(stack, 'Needed');
        return { needed, props: { secrets: [needed] } };
      },
    ],
    [
      'a key',
      (stack) => {
        const needed = new kms.Key(stack, 'Needed');
        return { needed, props: { keys: [needed] } };
      },
    ],
    [
      'the log group of its provider',
      (stack) => {
        const needed = new logs.LogGroup(stack, 'Needed');
        return { needed, props: { provider: ConnectionTestProvider.getOrCreate(stack, { logGroup: needed }) } };
      },
    ],
  ])('%s', (_, create) => {
    const stack = createStack();
    const { needed, props } = create(stack);
    const sweep = new ConnectionSweep(stack, 'All', props);

    expect(() => sweep.executeBefore(needed)).toThrow(
      "'scopes' must not contain what the sweep itself waits for, got: Stack/Needed; name the constructs that must wait " +
        'one by one',
    );
  });

  test('its own state machine', () => {
    const sweep = new ConnectionSweep(createStack(), 'All');

    expect(() => sweep.executeBefore(sweep.stateMachine)).toThrow(
      "'scopes' must not contain what the sweep itself waits for, got: Stack/All/StateMachine/Resource",
    );
  });

  test('but what names them may, where they are imported', () => {
    const stack = createStack();
    const topic = new sns.Topic(stack, 'Topic');
    const secret = secretsmanager.Secret.fromSecretNameV2(topic, 'Imported', 'prod/database');

    expect(() => new ConnectionSweep(stack, 'All', { secrets: [secret] }).executeBefore(topic)).not.toThrow();
  });
});

describe('a connection that waits for the sweep is not awaited', () => {
  test('by a construct that waits', () => {
    const stack = createStack();
    const topic = new sns.Topic(stack, 'Topic');
    createConnection(stack, 'Later').node.addDependency(topic);
    createConnection(stack, 'Orders');
    new ConnectionSweep(stack, 'All').executeBefore(topic);

    expect([awaited(stack, 'Later'), awaited(stack, 'Orders')]).toEqual([[], [expect.any(String)]]);
  });

  test('by a reference to one', () => {
    const stack = createStack();
    const topic = new sns.Topic(stack, 'Topic');
    createConnection(stack, 'Later', { description: topic.topicArn });
    new ConnectionSweep(stack, 'All').executeBefore(topic);

    expect(awaited(stack, 'Later')).toEqual([]);
  });

  test('by a reference to its result', () => {
    const stack = createStack();
    const sweep = new ConnectionSweep(stack, 'All');
    createConnection(stack, 'Later', { description: sweep.failed });

    expect(awaited(stack, 'Later')).toEqual([]);
  });

  test('by a dependency that was added by hand, beside a second sweep', () => {
    const stack = createStack();
    const [first, second] = [new ConnectionSweep(stack, 'First'), new ConnectionSweep(stack, 'Second')];
    createConnection(stack, 'Later').node.addDependency(first);
    first.executeBefore(second);

    const waiting = Object.entries(resourcesOf(stack, SWEEP)).map(([id, { DependsOn = [] }]) => [
      id.slice(0, 5),
      DependsOn.filter((one) => one.startsWith('Later')).length,
    ]);
    expect(Object.fromEntries(waiting)).toEqual({ First: 0, Secon: 1 });
  });
});
