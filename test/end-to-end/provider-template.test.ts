import { LocalCloud, parseTemplateText, PostgresServer, type StackEvent } from '@cdk-glue-connection-test/local-cloud';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { buildTemplate, toText } from '../../tools/template/build';
import { JOB, TEST } from './harness';

jest.setTimeout(60_000);

const PROVIDER = 'glue-connection-test';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const password = randomBytes(12).toString('base64url');
const example = (name: string) => parseTemplateText(readFileSync(path.join(__dirname, '../../examples', name), 'utf8'));

let database: PostgresServer;
let cloud: LocalCloud;
const events: StackEvent[] = [];
beforeAll(async () => {
  database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
  cloud = await LocalCloud.start({ onEvent: (event) => events.push(event) });
  cloud.secretsManager.create('orders/database', JSON.stringify({ username: 'orders', password }));
  cloud.secretsManager.create('orders/wrong', JSON.stringify({ username: 'orders', password: 'wrong' }));
});
beforeEach(async () => {
  const { status } = await deployProvider();
  expect(status).toBe('CREATE_COMPLETE');
  events.length = 0;
});
afterEach(async () => {
  await cloud.cloudFormation.deleteStack('Orders');
  await cloud.cloudFormation.deleteStack(PROVIDER);
});
afterAll(async () => {
  await cloud.stop();
  await database.stop();
});

/** From the template as it is shipped, and nothing else. */
function deployProvider(options: { readonly parameters?: Record<string, string>; readonly code?: string } = {}) {
  const template = parseTemplateText(toText(buildTemplate())) as {
    Resources: { Function: { Properties: { Code: { ZipFile: string } } } };
  };
  template.Resources.Function.Properties.Code.ZipFile += options.code ?? '';
  return cloud.deployTemplate(template, PROVIDER, {
    parameters: { ConnectionNamePattern: 'orders', SecretNamePattern: 'orders/*', ...options.parameters },
  });
}

function deployOrders(name: string, parameters: Record<string, string> = {}) {
  events.length = 0;
  const jdbcUrl = `jdbc:postgresql://${database.host}:${database.port}/orders`;
  return cloud.deployTemplate(example(name), 'Orders', {
    parameters: {
      JdbcUrl: jdbcUrl,
      ...(name.endsWith('.yaml') && { JobRoleArn: 'arn:aws:iam::111122223333:role/glue' }),
      ...parameters,
    },
  });
}

function eventsOf(type: string): string[] {
  return events.filter(({ resourceType }) => resourceType === type).map(({ status }) => status);
}

describe('the example in YAML', () => {
  test('is created, updated and deleted', async () => {
    const created = await deployOrders('cloudformation.yaml');
    expect(created.status).toBe('CREATE_COMPLETE');
    expect(created.outputs).toMatchObject({ Outcome: 'PASSED' });

    expect((await deployOrders('cloudformation.yaml', { SecretVersion: '2' })).status).toBe('UPDATE_COMPLETE');
    expect(eventsOf(TEST)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
    expect((await cloud.cloudFormation.deleteStack('Orders'))?.status).toBe('DELETE_COMPLETE');
  });

  test('fails when the password is wrong, and the job is not created', async () => {
    expect((await deployOrders('cloudformation.yaml', { SecretName: 'orders/wrong' })).status).toBe(
      'ROLLBACK_COMPLETE',
    );
    expect(events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toContain('failed its test: CREDENTIALS');
    expect(eventsOf(JOB)).toEqual([]);
  });

  test('an update to a wrong password is rolled back, and the job is not touched', async () => {
    await deployOrders('cloudformation.yaml');

    const { status } = await deployOrders('cloudformation.yaml', { SecretName: 'orders/wrong', SecretVersion: '2' });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(eventsOf(JOB)).toEqual([]);
  });
});

describe('the example in JSON', () => {
  test('creates the connection only once its credentials are proven', async () => {
    await deployProvider({ parameters: { ConnectionInputs: 'true' } });

    expect((await deployOrders('cloudformation.json')).status).toBe('CREATE_COMPLETE');
    expect(eventsOf('AWS::Glue::Connection')).toEqual(['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
  });

  test('fails when the password is wrong, and the connection is not created', async () => {
    await deployProvider({ parameters: { ConnectionInputs: 'true' } });

    expect((await deployOrders('cloudformation.json', { SecretName: 'orders/wrong' })).status).toBe(
      'ROLLBACK_COMPLETE',
    );
    expect(eventsOf('AWS::Glue::Connection')).toEqual([]);
  });
});

describe('the provider', () => {
  test('is updated to other code under a stack that uses it, which sees nothing of it', async () => {
    await deployOrders('cloudformation.yaml');
    events.length = 0;

    expect((await deployProvider({ code: '\n// another version' })).status).toBe('UPDATE_COMPLETE');
    expect(events.filter(({ stackName }) => stackName === 'Orders')).toEqual([]);
    expect((await deployOrders('cloudformation.yaml')).changed).toBe(false);
    expect((await deployOrders('cloudformation.yaml', { SecretVersion: '2' })).status).toBe('UPDATE_COMPLETE');
  });

  test('cannot be deleted while a stack imports its service token', async () => {
    await deployOrders('cloudformation.yaml');

    expect(await cloud.cloudFormation.deleteStack(PROVIDER)).toMatchObject({
      status: 'DELETE_FAILED',
      statusReason: 'Export GlueConnectionTestServiceToken cannot be deleted as it is in use by Orders',
    });
    expect((await cloud.cloudFormation.deleteStack('Orders'))?.status).toBe('DELETE_COMPLETE');
  });

  test.each([
    ['a connection of another name', { ConnectionNamePattern: 'stock' }],
    ['a secret of another name', { SecretNamePattern: 'stock/*' }],
  ])('may not test %s than its parameters allow', async (_, parameters) => {
    await deployProvider({ parameters });
    const template = example('cloudformation.yaml') as { Resources: { OrdersTest: { Properties: object } } };
    // What is not allowed may have been granted just now, and is tried for a minute.
    Object.assign(template.Resources.OrdersTest.Properties, { TimeoutSeconds: 2 });
    const { status } = await cloud.deployTemplate(template, 'Orders', {
      parameters: {
        JdbcUrl: `jdbc:postgresql://${database.host}:${database.port}/orders`,
        JobRoleArn: 'arn:aws:iam::111122223333:role/glue',
      },
    });

    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toContain('not authorized');
  });

  test.each([
    ['a subnet without a security group', { FunctionSubnetIds: 'subnet-0123456789abcdef0' }, 'must be given together'],
    ['a key without a secret', { SecretNamePattern: '', SecretKeyArns: KEY }, 'SecretNamePattern must be given'],
    ['a key of inputs without inputs', { ConnectionInputKeyArns: KEY }, 'ConnectionInputs must be true'],
    ['a key with a wildcard', { SecretKeyArns: KEY.replace('111122223333', '*') }, 'must be ARNs of KMS keys'],
    ['an alias instead of a key', { SecretKeyArns: KEY.replace('key/', 'alias/') }, 'must be ARNs of KMS keys'],
    ['a list of keys with spaces', { SecretKeyArns: `${KEY}, ${KEY}` }, 'separated by commas, without spaces'],
    ['no connection', { ConnectionNamePattern: '' }, 'ConnectionNamePattern'],
  ])('fails when its parameters are %s', async (_, parameters, reason) => {
    await expect(deployProvider({ parameters })).rejects.toThrow(reason);
  });
});

test('fails when a property has a wrong name, with the nearest right one', async () => {
  const template = example('cloudformation.yaml') as {
    Resources: { OrdersTest: { Properties: Record<string, unknown> } };
  };
  template.Resources.OrdersTest.Properties.ConectionName = 'orders';
  await cloud.deployTemplate(template, 'Orders', {
    parameters: { JdbcUrl: 'jdbc:postgresql://x/y', JobRoleArn: 'arn:aws:iam::111122223333:role/glue' },
  });

  expect(events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toContain(
    "'ConectionName' is not a property; did you mean 'ConnectionName'?",
  );
});
