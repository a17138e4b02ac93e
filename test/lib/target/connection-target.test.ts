import * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTarget, ConnectionTest } from '../../../lib/index';
import { createConnection, createStack } from '../harness';

describe('a name', () => {
  test.each([
    ['one character', 'x'],
    ['255 characters', 'x'.repeat(255)],
    ['255 characters that are two units of JavaScript each', '🎉'.repeat(255)],
    ['spaces and letters of any script', 'Bestellungen — 注文 🎉'],
  ])('may be %s', (_, name) => {
    expect(() => ConnectionTarget.fromName(name)).not.toThrow();
  });

  test.each([
    ['empty', '', "'connectionName' must not be empty, expected 1 to 255 characters on one line"],
    ['too long in emojis', '🎉'.repeat(256), "'connectionName' must be at most 255 characters, got: 256"],
    ['too long', 'x'.repeat(256), `'connectionName' must be at most 255 characters, got: 256 ('${'x'.repeat(40)}…')`],
    [
      'of two lines',
      'orders\nbilling',
      '\'connectionName\' must be one line without control characters, got: "orders\\nbilling"',
    ],
  ])('fails when it is %s', (_, name, message) => {
    expect(() => ConnectionTarget.fromName(name)).toThrow(message);
  });

  test('fails when the catalog id is empty', () => {
    expect(() => ConnectionTarget.fromName('orders', { catalogId: '' })).toThrow("'catalogId' must not be empty");
  });
});

test('fails when a CfnConnection is taken for a Connection', () => {
  const connection = new glue.CfnConnection(createStack(), 'Orders', {
    catalogId: 'x',
    connectionInput: { connectionType: 'JDBC' },
  });

  expect(() => ConnectionTarget.fromConnection(connection as never)).toThrow(
    "'connection' must be a Connection of aws-cdk-lib/aws-glue, got: the CfnConnection Stack/Orders; use " +
      'ConnectionTarget.fromCfnConnection',
  );
});

test.each<[string, (text: string) => unknown]>([
  ['a name', (text) => ConnectionTarget.fromName(text)],
  [
    'a trigger',
    (text) =>
      new ConnectionTest(createStack(), 'Test', {
        target: ConnectionTarget.fromName('orders'),
        triggers: { password: text },
      }),
  ],
])('fails when %s holds a SecretReference as Python shows it', (_, act) => {
  expect(() => act('<cdk_glue_connection_test.SecretReference object at 0x7f65>')).toThrow(
    'a SecretReference can not be a part of a string',
  );
});

test.each([
  ['imported', (name: string) => glue.Connection.fromConnectionName(createStack(), 'Imported', name)],
  ['of this app', (name: string) => createConnection(createStack(), 'Orders', { connectionName: name })],
])('fails when the name of a connection %s has two lines', (_, connection) => {
  expect(() => ConnectionTarget.fromConnection(connection('a\nb'))).toThrow('must be one line');
});
