import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTarget, ConnectionTest } from '../../lib/index';
import { createConnection, createStack } from '../lib/harness';
import { codeIn, sectionOf, text } from './pages';

const headings = sectionOf(text('docs/troubleshooting.md'), 'Errors and warnings at synthesis')
  .split('\n')
  .filter((line) => line.startsWith('### '))
  .flatMap(codeIn);

/** An app for each heading, with the mistake that it is about. */
const MISTAKES: Readonly<Record<string, (stack: Stack) => void>> = {
  'the permissions that the test needs are unknown until deployment': (stack) => {
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders') });
  },
  'must be a SecretReference': () => {
    ConnectionTarget.fromInput({
      connectionType: glue.ConnectionType.JDBC,
      connectionProperties: {
        JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders',
        USERNAME: 'orders',
        PASSWORD: 'x',
      },
    });
  },
  'must not contain what the test itself waits for': (stack) => {
    testOf(createConnection(stack)).executeBefore(stack);
  },
  'does not wait for the test': (stack) => {
    const orders = createConnection(stack);
    const job = new glue.CfnJob(stack, 'Job', {
      role: 'GlueJobs',
      command: {},
      connections: { connections: [orders.connectionName] },
    });
    const test = testOf(orders);
    test.executeAfter(job);
    test.gateDependents();
  },
};

test('the page has each of these messages', () => expect(headings).toEqual(Object.keys(MISTAKES)));

test.each(headings)('a message says: %s', (heading) => {
  const stack = createStack();

  expect(messagesOf(stack, () => MISTAKES[heading]!(stack))).toContainEqual(expect.stringContaining(heading));
});

const testOf = (orders: glue.Connection) =>
  new ConnectionTest(Stack.of(orders), 'Test', { target: ConnectionTarget.fromConnection(orders) });

function messagesOf(stack: Stack, create: () => void): unknown[] {
  try {
    create();
  } catch (error) {
    return [(error as Error).message];
  }
  return Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => entry.data);
}
