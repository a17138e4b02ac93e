import {
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
  type CreateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { CreateSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildTemplate, toText } from '../../../tools/template/build';
import { MiniStackBed } from './bed';

jest.setTimeout(60_000);

let bed: MiniStackBed;
beforeAll(async () => {
  bed = await MiniStackBed.start();
  await bed.clients.secretsManager.send(
    new CreateSecretCommand({ Name: 'orders/database', SecretString: credentials(bed.password) }),
  );
});
beforeEach(() => {
  bed.glue.tested.length = 0;
});
afterAll(() => bed.stop());

const credentials = (password: string) => JSON.stringify({ username: 'orders', password });
const setPassword = (password: string) =>
  bed.clients.secretsManager.send(
    new PutSecretValueCommand({ SecretId: 'orders/database', SecretString: credentials(password) }),
  );

/** The template that the README shows to those without the CDK. */
const handWritten = (secretVersion: string): CreateStackCommandInput => ({
  StackName: 'Orders',
  TemplateBody: readFileSync(path.join(__dirname, '../../../examples/cloudformation.yaml'), 'utf8'),
  Parameters: Object.entries({
    JdbcUrl: bed.cli.jdbcUrl,
    SecretVersion: secretVersion,
    JobRoleArn: 'arn:aws:iam::000000000000:role/nightly',
  }).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
});

test("the provider's template is deployed once, from a bucket", async () => {
  const templateUrl = await bed.upload('provider.json', toText(buildTemplate()));
  await bed.clients.cloudFormation.send(
    new CreateStackCommand({
      StackName: 'glue-connection-test',
      TemplateURL: templateUrl,
      Capabilities: ['CAPABILITY_IAM'],
      Parameters: Object.entries({ ConnectionNamePattern: 'orders', SecretNamePattern: 'orders/*' }).map(
        ([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }),
      ),
    }),
  );

  expect(await bed.settled('glue-connection-test')).toBe('CREATE_COMPLETE');
});

describe('a template written by hand that uses it', () => {
  test('is created when its connection works', async () => {
    await bed.clients.cloudFormation.send(new CreateStackCommand(handWritten('1')));

    expect(await bed.settled('Orders')).toBe('CREATE_COMPLETE');
    expect(await bed.outputs('Orders')).toMatchObject({ Outcome: 'PASSED' });
    expect(bed.glue.tested).toEqual(['orders']);
  });

  test('is rolled back when it is broken, without a test on the way back', async () => {
    await setPassword('wrong');
    await bed.clients.cloudFormation.send(new UpdateStackCommand(handWritten('2')));

    expect(await bed.settled('Orders')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await bed.failureReasons('Orders')).toContain('password authentication failed for user "orders"');
    expect(bed.glue.tested).toEqual(['orders']);
  });

  test('is updated when it works again, and deleted without a test', async () => {
    await setPassword(bed.password);
    await bed.clients.cloudFormation.send(new UpdateStackCommand(handWritten('3')));
    expect(await bed.settled('Orders')).toBe('UPDATE_COMPLETE');
    await bed.clients.cloudFormation.send(new DeleteStackCommand({ StackName: 'Orders' }));

    expect(await bed.settled('Orders')).toBeUndefined();
    expect(bed.glue.tested).toEqual(['orders']);
  });
});
