import { Aws, CfnResource, Fn } from 'aws-cdk-lib';
import {
  connectionsNamedBy,
  isSameName,
  lookupKey,
  ownName,
  startedBy,
  type GlueName,
} from '../../../lib/gate/names-in-glue';
import { createStack } from '../harness';

/** Names as they are written: the logical id of a resource, a literal, or an expression. */
function written(names: readonly GlueName[]): string[] {
  return names.map((name) =>
    'resource' in name ? `<${name.resource.node.id}>` : 'literal' in name ? name.literal : name.expression,
  );
}

function namedBy(properties: (ref: (id: string) => unknown) => object, type = 'AWS::Glue::Job') {
  const stack = createStack();
  const resources = ['Connection', 'Job', 'Crawler'].map(
    (id) => new CfnResource(stack, id, { type: `AWS::Glue::${id}` }),
  );
  const ref = (id: string) => resources.find(({ node }) => node.id === id)?.ref;
  return new CfnResource(stack, 'Dependent', { type, properties: properties(ref) });
}

const job = (...connections: unknown[]) => ({ Connections: { Connections: connections } });
const AWS_ARN = 'arn:aws:glue:eu-west-1:111122223333:connection/a';

test.each<[string, (ref: (id: string) => unknown) => object, readonly string[]]>([
  ['a list', () => job('a', 'b'), ['a', 'b']],
  ['a reference', (ref) => job(ref('Connection')), ['<Connection>']],
  ['a reference by hand', () => job({ Ref: 'Connection' }), ['<Connection>']],
  ['a reference in text', () => job({ 'Fn::Sub': '${Connection}' }), ['<Connection>']],
  ['a reference to something else', (ref) => job(ref('Job')), []],
  [
    'a choice',
    () => job({ 'Fn::If': ['C', 'a', { Ref: 'AWS::NoValue' }] }),
    ['{"Fn::If":["C","a",{"Ref":"AWS::NoValue"}]}', 'a', '{"Ref":"AWS::NoValue"}'],
  ],
  [
    'a choice of lists',
    () => ({
      Connections: { 'Fn::If': ['C', { Connections: { 'Fn::If': ['D', ['a'], ['b']] } }, job('c').Connections] },
    }),
    ['{"Fn::If":["D",["a"],["b"]]}', 'a', 'b', 'c'],
  ],
  ['longer text', () => job({ 'Fn::Sub': 'x${Connection}' }), ['{"Fn::Join":["",["x",{"Ref":"Connection"}]]}']],
  ['an ARN', () => job(AWS_ARN), ['a']],
  ['other keys', () => ({ ConnectionNames: 'a', ConnectionsX: 'c', Name: 'd', Connections: { Other: 'e' } }), []],
])('a resource names connections by %s', (_, properties, names) => {
  expect(written(connectionsNamedBy(namedBy(properties)))).toEqual(names);
});

test.each<[string, (ref: (id: string) => unknown) => unknown, string]>([
  ['literal', () => AWS_ARN, 'a'],
  ['literal, with a colon in the name', () => `${AWS_ARN}:b`, 'a:b'],
  [
    'joined around a reference',
    (ref) => Fn.join('', ['arn:aws:glue:::connection/', ref('Connection') as string]),
    '<Connection>',
  ],
  [
    'joined by colons',
    () => Fn.join(':', ['arn', Aws.PARTITION, 'glue', 'eu-west-1', '111122223333', 'connection/a']),
    'a',
  ],
  ['with pseudo parameters', () => `arn:${Aws.PARTITION}:glue:${Aws.REGION}:${Aws.ACCOUNT_ID}:connection/a`, 'a'],
  [
    'substituted',
    () => Fn.sub('arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:connection/${Connection}'),
    '<Connection>',
  ],
  [
    'substituted, with variables',
    (ref) => Fn.sub('arn:aws:glue:${AWS::Region}:${A}:connection/${N}', { A: '1', N: ref('Connection') as string }),
    '<Connection>',
  ],
  [
    'around an expression',
    () => `arn:aws:glue:::connection/${Aws.STACK_NAME}-a`,
    '{"Fn::Join":["",[{"Ref":"AWS::StackName"},"-a"]]}',
  ],
])('an integration names its source by an ARN, %s', (_, arn, name) => {
  const properties = (ref: (id: string) => unknown) => ({
    SourceArn: arn(ref),
    TargetArn: 'arn:aws:glue:::database/a',
  });

  expect(written(connectionsNamedBy(namedBy(properties, 'AWS::Glue::Integration')))[0]).toBe(name);
});

test('the place that an ARN names is the place of the name', () => {
  const [own, other] = [AWS_ARN, `arn:aws:glue:${Aws.REGION}:${Aws.ACCOUNT_ID}:connection/a`].map(
    (SourceArn) => connectionsNamedBy(namedBy(() => ({ SourceArn }), 'AWS::Glue::Integration'))[0],
  );

  expect(own?.place).toEqual({ account: '111122223333', region: 'eu-west-1' });
  expect(other?.place).toEqual({ account: other?.stack.account, region: other?.stack.region });
});

test('the ARN of something else is no name of a connection', () => {
  for (const SourceArn of [
    'arn:aws:glue:::database/a',
    'arn:aws:dynamodb:::connection/a',
    'arn:aws:glue:::connections/a',
  ]) {
    const [name] = connectionsNamedBy(namedBy(() => ({ SourceArn }), 'AWS::Glue::Integration'));

    expect(name).toMatchObject({ literal: SourceArn });
  }
});

test('a trigger starts the jobs and crawlers that its actions name', () => {
  const trigger = namedBy(
    (ref) => ({
      Name: 'x',
      JobName: 'not an action',
      Actions: [{ JobName: ref('Job') }, { CrawlerName: ref('Crawler') }, { JobName: 'a', CrawlerNames: 'b' }],
    }),
    'AWS::Glue::Trigger',
  );

  expect(written(startedBy(trigger))).toEqual(['<Crawler>', '<Job>', 'a']);
});

test.each([
  ['a name', { Name: 'a' }, ['a']],
  ['the name of a connection', { Name: 'x', ConnectionInput: { Name: 'a' } }, ['a']],
  ['an expression', { Name: { Ref: 'P' } }, ['{"Ref":"P"}']],
  ['none', { ConnectionInput: {} }, []],
])('a resource has %s of its own', (_, properties, names) => {
  const name = ownName(namedBy(() => properties));

  expect(written(name === undefined ? [] : [name])).toEqual(names);
});

test('names are one by resource, by literal in any case, or by expression in one stack', () => {
  const [stack, other] = [createStack(), createStack()];
  const [one, two] = ['One', 'Two'].map((id) => new CfnResource(stack, id, { type: 'AWS::Glue::Connection' })) as [
    CfnResource,
    CfnResource,
  ];
  const place = { account: undefined, region: undefined };
  const names = (
    [
      { stack, resource: one },
      { stack, resource: two },
      { stack, literal: 'Orders' },
      { stack, literal: 'others' },
      { stack, expression: 'orders' },
      { stack, expression: 'others' },
      { stack: other, expression: 'orders' },
    ] as const
  ).map((name): GlueName => ({ place, ...name }));
  const same = names.map((name) => names.flatMap((that, index) => (isSameName(name, that) ? [index] : [])));

  expect(same).toEqual([[0], [1], [2], [3], [4], [5], [6]]);
  expect(isSameName({ stack, place, literal: 'ORDERS' }, { stack: other, place, literal: 'orders' })).toBe(true);
  expect(isSameName({ stack, place, expression: 'x' }, { stack, place, expression: 'x' })).toBe(true);
  expect(names.map(lookupKey)).toEqual([
    one.node.addr,
    two.node.addr,
    'orders',
    'others',
    'orders',
    'others',
    'orders',
  ]);
});
