import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { ConnectionTarget, ConnectionTest } from '../../lib/index';
import { createConnection, createStack } from '../lib/harness';

describe('the comparison with AwsCustomResource', () => {
  const callTest = (stack: Stack, id: string, parameters: object) =>
    new AwsCustomResource(stack, id, {
      onUpdate: {
        service: 'glue',
        action: 'testConnection',
        parameters,
        physicalResourceId: PhysicalResourceId.of(id),
      },
      policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
    });
  const resourcesIn = (stack: Stack) =>
    Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
  const customResource = (
    create: (stack: Stack, connection: ReturnType<typeof createConnection>) => void,
    url: string,
  ) => {
    const stack = createStack();
    create(stack, createConnection(stack, 'Orders', { properties: { JDBC_CONNECTION_URL: url, SECRET_ID: 'orders' } }));
    return Object.values(resourcesIn(stack).Resources).filter(({ Type }) => Type.startsWith('Custom::'));
  };

  test('only ours is another one when the connection has changed', () => {
    const theirs = (url: string) =>
      customResource((stack, { connectionName }) => callTest(stack, 'Call', { ConnectionName: connectionName }), url);
    const ours = (url: string) =>
      customResource(
        (stack, orders) => new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(orders) }),
        url,
      );
    const [one, other] = ['jdbc:postgresql://one/orders', 'jdbc:postgresql://other/orders'];

    expect(theirs(one)).toEqual(theirs(other));
    expect(ours(one)).not.toEqual(ours(other));
  });

  test('its credentials are in the template', () => {
    const stack = createStack();
    callTest(stack, 'Call', { TestConnectionInput: { ConnectionProperties: { PASSWORD: 'hunter2' } } });

    expect(JSON.stringify(resourcesIn(stack))).toContain('hunter2');
  });

  test('it takes two resources for each further test, ours takes one, or two', () => {
    const further = (create: (stack: Stack, id: string) => void) => {
      const count = (ids: string[]) => {
        const stack = new Stack(new App(), 'Stack');
        ids.forEach((id) => create(stack, id));
        return Object.keys(resourcesIn(stack).Resources).length;
      };
      return count(['A', 'B']) - count(['A']);
    };

    expect(further((stack, id) => callTest(stack, id, { ConnectionName: id }))).toBe(2);
    expect(
      further((stack, id) => {
        new ConnectionTest(stack, id, { target: ConnectionTarget.fromName(id, { inVpc: false }) });
      }),
    ).toBe(1);
    // The connection is one more.
    expect(
      further((stack, id) => {
        const target = ConnectionTarget.fromConnection(createConnection(stack, `${id}Connection`));
        new ConnectionTest(stack, id, { target });
      }),
    ).toBe(1 + 2);
  });
});
