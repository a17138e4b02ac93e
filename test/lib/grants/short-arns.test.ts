import { App, Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ENABLE_PARTITION_LITERALS } from 'aws-cdk-lib/cx-api';
import { ConnectionTarget, ConnectionTest } from '../../../lib/index';
import { createConnection, createStack } from '../harness';

/** What the policies of a stack name as the connections that may be tested, as it is in the template. */
function connectionsIn(stack: Stack): unknown[] {
  const statements = JSON.stringify(Template.fromStack(stack).toJSON(), (_, value: { Action?: unknown }) => value);
  const found: unknown[] = [];
  JSON.parse(statements, (_, value: { Action?: unknown; Resource?: unknown } | null) => {
    if (JSON.stringify(value?.Action ?? '').includes('glue:TestConnection')) {
      found.push(...[value?.Resource].flat());
    }
    return value;
  });
  return found.filter((resource) => !JSON.stringify(resource).includes(':catalog'));
}

function testOf(stack: Stack, connectionName: string, catalogId?: string): void {
  const target = ConnectionTarget.fromName(connectionName, { catalogId, inVpc: false, hasSecret: false });
  new ConnectionTest(stack, 'Test', { target });
}

const HERE = 'arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:connection';

test('the ARN of a connection is one text', () => {
  const stack = createStack();
  testOf(stack, 'orders');

  expect(connectionsIn(stack)).toEqual([{ 'Fn::Sub': `${HERE}/orders` }]);
});

test.each(['eu-west-1', 'cn-north-1', 'us-gov-west-1'])('in %s, the partition is that of the deployment', (region) => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region } });
  testOf(stack, 'orders');

  expect(connectionsIn(stack)).toEqual([
    { 'Fn::Sub': `arn:\${AWS::Partition}:glue:${region}:111122223333:connection/orders` },
  ]);
});

test('where all is known, it has no variables, and is a plain text', () => {
  const app = new App({ context: { [ENABLE_PARTITION_LITERALS]: true } });
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'cn-north-1' } });
  testOf(stack, 'orders');

  expect(connectionsIn(stack)).toEqual(['arn:aws-cn:glue:cn-north-1:111122223333:connection/orders']);
});

test.each([
  ['a wildcard', 'orders*', 'orders${*}'],
  ['a dollar sign', 'or$ders', 'or${$}ders'],
  ['what looks like a variable', '${AWS::Region}', '${$}{AWS::Region}'],
])('what `Fn::Sub` would take for a variable stands in no text for it: %s in the name', (_, name, escaped) => {
  const stack = createStack();
  testOf(stack, name);

  const pseudo = (parameter: string) => ({ Ref: `AWS::${parameter}` });
  const end = `:connection/${escaped}`;
  expect(connectionsIn(stack)).toEqual([
    {
      'Fn::Join': ['', ['arn:', pseudo('Partition'), ':glue:', pseudo('Region'), ':', pseudo('AccountId'), end]],
    },
  ]);
});

describe('what is only known at deployment stays a reference:', () => {
  const join = (...end: unknown[]) => ({
    'Fn::Join': ['', expect.arrayContaining(['arn:', { Ref: 'AWS::Partition' }, ...end]) as unknown],
  });

  test('the name of a connection of another stack', () => {
    const app = new App();
    const other = new Stack(app, 'Other');
    const connection = createConnection(other, 'Orders');
    const stack = new Stack(app, 'Stack');
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

    expect(connectionsIn(stack)).toEqual([
      join({ 'Fn::ImportValue': expect.stringMatching(/^Other:ExportsOutputRef/) as string }),
    ]);
  });

  test('an imported name', () => {
    const stack = createStack();
    testOf(stack, Fn.importValue('Orders'));

    expect(connectionsIn(stack)).toEqual([join({ 'Fn::ImportValue': 'Orders' })]);
  });

  test('the name of a connection of the stack', () => {
    const stack = createStack();
    const { ref } = new glue.CfnConnection(stack, 'Orders', {
      catalogId: Aws.ACCOUNT_ID,
      connectionInput: { connectionType: 'JDBC' },
    });
    testOf(stack, ref);

    expect(connectionsIn(stack)).toEqual([join({ Ref: 'Orders' })]);
  });

  test('the catalog of another account', () => {
    const stack = createStack();
    testOf(stack, 'orders', new CfnParameter(stack, 'Catalog').valueAsString);

    expect(connectionsIn(stack)).toEqual([join({ Ref: 'Catalog' }, ':connection/orders')]);
  });
});
