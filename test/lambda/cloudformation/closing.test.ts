import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import * as glue from '@aws-sdk/client-glue';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { STSClient } from '@aws-sdk/client-sts';
import { InProcess, THROWN, type Network } from '../in-process';

const EVENT = {
  ResponseURL: 'https://cloudformation.example.com/x',
  RequestId: 'one',
  StackId: 'stack',
  LogicalResourceId: 'Test',
};
const PASSES: Network = {
  glue: () => Promise.resolve({}),
  cloudFormation: () => Promise.resolve({ Stacks: [{ StackStatus: 'UPDATE_IN_PROGRESS' }] }),
};
const BROKEN: Network = { ...PASSES, glue: () => Promise.reject(THROWN[0]!('broken')) };
const SESSION = {
  Credentials: { AccessKeyId: 'ASIA', SecretAccessKey: 'of-the-role', SessionToken: 'of-its-session' },
};
const RoleArn = 'arn:aws:iam::111122223333:role/orders';
const INPUT = { ConnectionType: 'KAFKA', ConnectionProperties: { PASSWORD: { SecretId: 'orders' } } };

let inProcess: InProcess;
beforeEach(() => {
  inProcess = new InProcess();
  jest
    .spyOn(SecretsManagerClient.prototype, 'send')
    .mockImplementation((() => Promise.resolve({ SecretString: 'hunter2' })) as never);
  jest.spyOn(STSClient.prototype, 'send').mockImplementation((() => Promise.resolve(SESSION)) as never);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** The one answer to an event. */
async function answerTo(requestType: string, properties: object, network: Network) {
  const event = { ...EVENT, RequestType: requestType, ResourceProperties: properties };
  const { error, bodies } = await inProcess.invoke(event, network);
  expect(error).toBeUndefined();
  expect(bodies).toHaveLength(1);
  return JSON.parse(String(bodies[0])) as { Status: string; Reason?: string; Data?: object };
}

describe('a client that can not be closed costs no answer', () => {
  const CLIENTS = [glue.GlueClient, CloudFormationClient, SecretsManagerClient, STSClient];

  beforeEach(() => {
    for (const { prototype } of CLIENTS) {
      jest.spyOn(prototype as { destroy(): void }, 'destroy').mockImplementation(() => {
        throw new Error('it is closed already');
      });
    }
  });

  test.each([
    ['a connection that works', { ConnectionName: 'orders' }],
    ['an input with a secret', { TestConnectionInput: INPUT }],
    ['a test with a role', { ConnectionName: 'orders', RoleArn }],
  ])('of %s', async (_, properties) => {
    for (const requestType of ['Create', 'Update']) {
      expect(await answerTo(requestType, properties, PASSES)).toMatchObject({ Data: { Outcome: 'PASSED' } });
    }
  });

  test.each([
    ['a connection that is broken', { ConnectionName: 'orders' }, 'INVALID_INPUT'],
    ['an input that is', { TestConnectionInput: INPUT }, 'INVALID_INPUT'],
    ['one that is tested as a role', { ConnectionName: 'orders', RoleArn }, 'INVALID_INPUT'],
    ['properties that are wrong', { TestConnectionInput: INPUT, Colour: 'red' }, "'Colour' is not a property"],
  ])('of %s', async (_, properties, reason) => {
    for (const requestType of ['Create', 'Update']) {
      expect((await answerTo(requestType, properties, BROKEN)).Reason).toContain(reason);
    }
  });

  test('of a rollback', async () => {
    const cloudFormation = () => Promise.resolve({ Stacks: [{ StackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS' }] });
    const answer = await answerTo('Update', { ConnectionName: 'orders' }, { ...PASSES, cloudFormation });

    expect(answer).toMatchObject({ Data: { Outcome: 'SKIPPED' } });
  });
});
