import { CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LocalCloud } from '../../src/local-cloud';

jest.setTimeout(60_000);

let folder: string;
const clouds: LocalCloud[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'state-test-'));
});
afterEach(async () => {
  for (const cloud of clouds.splice(0)) {
    await cloud.stop();
  }
  rmSync(folder, { recursive: true });
});

async function start(state = folder): Promise<LocalCloud> {
  const cloud = await LocalCloud.start({ state });
  clouds.push(cloud);
  return cloud;
}

/** A cloud of what there would be if the process ended now. */
async function startFromCopy(): Promise<LocalCloud> {
  const copy = path.join(folder, 'copy');
  cpSync(path.join(folder, 'state'), path.join(copy, 'state'));
  return start(copy);
}

async function restarted(cloud: LocalCloud): Promise<LocalCloud> {
  await cloud.stop();
  clouds.splice(clouds.indexOf(cloud), 1);
  return start();
}

const CODE = `
exports.handler = async (event) => {
  await new Promise((resolve) => setTimeout(resolve, Number(event.ResourceProperties.Wait ?? 0)));
  const { RequestId, StackId, LogicalResourceId } = event;
  const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'one', RequestId, StackId, LogicalResourceId });
  const headers = { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve) => require('https').request(event.ResponseURL, { method: 'PUT', headers }, resolve).end(body));
};`;

const templateOf = (wait: number) => ({
  Parameters: { Password: { Type: 'String', NoEcho: true, Default: 'hidden' } },
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        ...{ Handler: 'index.handler', Runtime: 'nodejs22.x', Timeout: 60, Code: { ZipFile: CODE } },
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { Ref: 'Password' } } },
    Custom: { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, Wait: wait } },
  },
  Outputs: { Arn: { Value: { Ref: 'Secret' }, Export: { Name: 'arn' } } },
});

test('a stack outlives the process: it is unchanged, updated by its function, and deleted', async () => {
  const first = await start();
  const key = first.administrator();
  const { endpointUrl } = first;
  const created = await first.deployTemplate(templateOf(0), 'Stack');
  const events = first.cloudFormation.describeStackEvents('Stack');

  const second = await restarted(first);
  expect(second.administrator()).toEqual(key);
  expect(second.endpointUrl).toBe(endpointUrl);
  expect(second.cloudFormation.describeStackEvents('Stack')).toEqual(events);
  expect(await second.deployTemplate(templateOf(0), 'Stack')).toEqual({ ...created, changed: false });
  expect((await second.deployTemplate(templateOf(1), 'Stack')).status).toBe('UPDATE_COMPLETE');
  expect(JSON.stringify(second.cloudFormation.describeStackEvents('Stack'))).not.toContain('hidden');

  const third = await restarted(second);
  expect((await third.cloudFormation.deleteStack('Stack'))?.status).toBe('DELETE_COMPLETE');
});

test('an operation that was interrupted has failed, and can be rolled back', async () => {
  const first = await start();
  await first.deployTemplate(templateOf(0), 'Stack');
  const update = first.deployTemplate(templateOf(2000), 'Stack');
  await setTimeout(1000);
  const second = await startFromCopy();
  expect(second.cloudFormation.describeStack('Stack')).toMatchObject({
    ...{ status: 'UPDATE_FAILED', statusReason: 'The operation was interrupted: local-cloud ended.' },
  });
  const custom = second.cloudFormation.describeStackResources('Stack').find(({ logicalId }) => logicalId === 'Custom');
  expect(custom?.status).toBe('UPDATE_FAILED');
  expect((await second.cloudFormation.rollbackStack('Stack')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await second.deployTemplate(templateOf(0), 'Stack')).changed).toBe(false);
  await update;
});

test('leaves nothing else of itself in the folder', async () => {
  await (await restarted(await start())).stop();
  clouds.length = 0;
  expect(readdirSync(folder)).toEqual(['state']);
});

test('fails when a process that runs has the folder, and takes it over from one that has ended', async () => {
  writeFileSync(path.join(folder, 'pid'), '1');
  await expect(start()).rejects.toThrow(`the state in ${folder} is in use by process 1`);
  writeFileSync(path.join(folder, 'pid'), '4194304');
  await (await start()).stop();
  clouds.length = 0;
  expect(existsSync(path.join(folder, 'pid'))).toBe(false);
});

test('what was remembered is kept at once', async () => {
  const first = await start();
  first.administrator();
  first.remember('database', { port: 1 });
  const second = await startFromCopy();
  expect(second.recall('database')).toEqual({ port: 1 });
  expect(second.administrator()).toEqual(first.administrator());
});

test('what a call has changed is kept before it is answered, though no stack has an event', async () => {
  const first = await start();
  await first.deployTemplate(templateOf(0), 'Stack');
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = first.administrator();
  const client = new CloudFormationClient({
    ...{ region: 'us-east-1', endpoint: first.endpointUrl, credentials: { accessKeyId, secretAccessKey } },
  });
  await setTimeout(200);
  const protection = { StackName: 'Stack', EnableTerminationProtection: true };
  await client.send(new UpdateTerminationProtectionCommand(protection));
  const second = await startFromCopy();
  expect(second.cloudFormation.describeStack('Stack')?.enableTerminationProtection).toBe(true);
});

test('fails on a state that is damaged, and says where it is', async () => {
  writeFileSync(path.join(folder, 'state'), 'garbage');
  await expect(start()).rejects.toThrow(`the state in ${folder} is damaged: remove it`);
});

test('goes on where its folder has gone, and makes it again', async () => {
  const cloud = await start();
  rmSync(folder, { recursive: true });
  expect((await cloud.deployTemplate(templateOf(0), 'Stack')).status).toBe('CREATE_COMPLETE');
  await setTimeout(200);
  expect(readdirSync(folder)).toContain('state');
});
