import { CfnResource } from 'aws-cdk-lib';
import { connectionsNamedBy, isSameName, keyOf, ownName, startedBy, type GlueName } from '../../lib/names-in-glue';
import { createStack } from './harness';

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

test.each<[string, (ref: (id: string) => unknown) => object, readonly string[]]>([
  ['a job’s list', () => ({ Connections: { Connections: ['a', 'b'] } }), ['a', 'b']],
  ['a crawler’s targets', () => ({ Targets: { JdbcTargets: [{ ConnectionName: 'a' }] } }), ['a']],
  ['a dataset’s input', () => ({ Input: { DatabaseInputDefinition: { GlueConnectionName: 'a' } } }), ['a']],
  ['a reference', (ref) => ({ ConnectionName: ref('Connection') }), ['<Connection>']],
  ['a reference by hand', () => ({ ConnectionName: { Ref: 'Connection' } }), ['<Connection>']],
  ['a reference in text', () => ({ ConnectionName: { 'Fn::Sub': '${Connection}' } }), ['<Connection>']],
  ['a reference to something else', (ref) => ({ ConnectionName: ref('Job') }), []],
  [
    'a choice',
    () => ({ ConnectionName: { 'Fn::If': ['C', 'a', { Ref: 'AWS::NoValue' }] } }),
    ['{"Fn::If":["C","a",{"Ref":"AWS::NoValue"}]}', 'a', '{"Ref":"AWS::NoValue"}'],
  ],
  ['longer text', () => ({ ConnectionName: { 'Fn::Sub': 'x${Connection}' } }), ['{"Fn::Sub":"x${Connection}"}']],
  ['other keys', () => ({ ConnectionNames: 'a', MyConnectionName: 'b', ConnectionsX: 'c', Name: 'd' }), []],
])('a resource names connections by %s', (_, properties, names) => {
  expect(written(connectionsNamedBy(namedBy(properties)))).toEqual(names);
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
  const names: readonly GlueName[] = [
    { stack, resource: one },
    { stack, resource: two },
    { stack, literal: 'Orders' },
    { stack, literal: 'others' },
    { stack, expression: 'orders' },
    { stack, expression: 'others' },
    { stack: other, expression: 'orders' },
  ];
  const same = names.map((name) => names.flatMap((that, index) => (isSameName(name, that) ? [index] : [])));

  expect(same).toEqual([[0], [1], [2], [3], [4], [5], [6]]);
  expect(isSameName({ stack, literal: 'ORDERS' }, { stack: other, literal: 'orders' })).toBe(true);
  expect(isSameName({ stack, expression: 'x' }, { stack, expression: 'x' })).toBe(true);
  expect(names.map(keyOf)).toEqual([one.node.addr, two.node.addr, 'orders', 'others', 'orders', 'others', 'orders']);
});
