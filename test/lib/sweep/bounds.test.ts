import { Aws, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionSweep, type ConnectionSweepProps } from '../../../lib/index';
import { createStack, onlyResourceOf, resourcesOf } from '../harness';

const sweepWith = (props: ConnectionSweepProps, stack = createStack()) => new ConnectionSweep(stack, 'All', props);

const reports = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Reports', 'reports');

const resourceAllowing = (stack: Stack, action: string) =>
  Object.values(resourcesOf(stack, 'AWS::IAM::ManagedPolicy'))
    .flatMap(
      ({ Properties }) =>
        (Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement,
    )
    .filter(({ Action }) => [Action].flat().includes(action))
    .map(({ Resource }) => JSON.stringify(Resource));

describe('a report', () => {
  test('goes below its prefix only, whatever that is', () => {
    const stack = createStack();
    sweepWith({ reportBucket: reports(stack), reportPrefix: 'a*b?c$d/' }, stack);

    expect(resourceAllowing(stack, 's3:PutObject')).toEqual([
      expect.stringContaining(':s3:::reports/a${*}b${?}c${$}d/*'),
    ]);
  });

  test.each([
    ['x'.repeat(901), "'reportPrefix' must have at most 900 bytes, got: 901"],
    ['ü'.repeat(451), "'reportPrefix' must have at most 900 bytes, got: 902"],
    ['a/../b/', "'reportPrefix' must have neither '.' nor '..' between slashes, got: 'a/../b/'"],
    ['./', "'reportPrefix' must have neither '.' nor '..' between slashes, got: './'"],
  ])('has a prefix that S3 takes: %.10s', (reportPrefix, message) => {
    const stack = createStack();

    expect(() => sweepWith({ reportBucket: reports(stack), reportPrefix }, stack)).toThrow(message);
  });

  test('has a prefix that may be known at deployment only', () => {
    const stack = createStack();

    expect(() =>
      sweepWith({ reportBucket: reports(stack), reportPrefix: `${Aws.STACK_NAME}/.hidden/` }, stack),
    ).not.toThrow();
  });
});

describe('a list that is known at deployment only', () => {
  test.each([
    ['a parameter', (stack: Stack) => new CfnParameter(stack, 'Names', { type: 'CommaDelimitedList' }).valueAsList],
    ['a lazy list', () => Lazy.list({ produce: () => ['a', 'b'] })],
  ])('is refused where permissions depend on it: %s', (_, create) => {
    const stack = createStack();

    expect(() => sweepWith({ include: create(stack) }, stack)).toThrow(
      "'include' must be a list that is known at synthesis, since each pattern is in the permissions, got: a list that " +
        'is known at deployment only; list the patterns one by one, each of which may be a parameter',
    );
  });

  test('may name what is not tested', () => {
    const stack = createStack();
    const names = new CfnParameter(stack, 'Names', { type: 'CommaDelimitedList' });
    sweepWith({ exclude: names.valueAsList }, stack);

    expect(onlyResourceOf(stack, 'Custom::GlueConnectionSweep').Properties.Exclude).toEqual({ Ref: 'Names' });
  });
});

test.each<[string, ConnectionSweepProps]>([
  ["'include[1]' must not begin or end with a blank, got: 'b '; take it out", { include: ['a', 'b '] }],
  ["'include[0]' must not begin or end with a blank, got: ' '", { include: [' '] }],
  ["'exclude[0]' must not begin or end with a blank, got: ' b'", { exclude: [' b'] }],
])('a pattern means the same in the sweep as in its permissions: %s', (message, props) => {
  expect(() => sweepWith(props)).toThrow(message);
});

const names = (count: number, name = 'a') => Array.from({ length: count }, (_, index) => `${name}${index}`);

test.each<[string, ConnectionSweepProps]>([
  ["'exclude' must hold at most 100 patterns, got: 101; use wildcards", { exclude: names(101) }],
  [
    "'exclude' must have at most 8000 characters in all its patterns, of which each outside of ASCII counts as 6, got: 9080; use wildcards",
    { exclude: names(8, 'ü'.repeat(189)) },
  ],
  [
    "'include' must have at most 2000 characters in all its patterns, of which each outside of ASCII counts as 6, got: 2101; use wildcards",
    { include: ['a'.repeat(1), 'ü'.repeat(200), 'ü'.repeat(150)] },
  ],
])('what an execution does not take is refused: %s', (message, props) => {
  expect(() => sweepWith(props)).toThrow(message);
});

test('a Data Catalog has an ID', () => {
  expect(() => sweepWith({ catalogId: '' })).toThrow("'catalogId' must not be empty");
});

test('as many secrets as are allowed fit into policies', () => {
  const stack = createStack();
  const encryptionKey = new kms.Key(stack, 'Key');
  const names = Array.from({ length: 30 }, (_, index) => `Secret${index}`);
  const sweep = sweepWith(
    {
      include: names.map((name) => name.padEnd(66, '*')),
      inVpc: true,
      secrets: names.map((name) => new secretsmanager.Secret(stack, name, { encryptionKey })),
    },
    stack,
  );

  expect(resourceAllowing(stack, 'secretsmanager:GetSecretValue')).toHaveLength(30);
  const policies = Object.keys(resourcesOf(stack, 'AWS::IAM::ManagedPolicy')).filter((id) =>
    id.startsWith('AllStateMachine'),
  );
  expect(policies.length).toBeGreaterThan(1);
  expect(sweep.node.findAll()).not.toEqual([]);
  expect(onlyResourceOf(stack, 'Custom::GlueConnectionSweep').DependsOn).toEqual(expect.arrayContaining(policies));
});
