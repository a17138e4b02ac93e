import { InProcess, type Network } from './in-process';

jest.mock('../../lambda/secrets/input-resolver', () => {
  throw new Error('no such module');
});

const PASSES: Network = { glue: () => Promise.resolve({}), cloudFormation: () => Promise.resolve({}) };
const INPUT = { ConnectionType: 'KAFKA', ConnectionProperties: { PASSWORD: { SecretId: 'orders' } } };

let inProcess: InProcess;
beforeAll(() => {
  inProcess = new InProcess();
});
afterAll(() => {
  jest.restoreAllMocks();
});

/** The reason of the one answer to a Create. */
async function reasonOf(properties: object): Promise<string | undefined> {
  const event = {
    ...{ RequestType: 'Create', RequestId: 'one', StackId: 'stack', LogicalResourceId: 'Test' },
    ResponseURL: 'https://cloudformation.example.com/x',
    ResourceProperties: { TestConnectionInput: INPUT, ...properties },
  };
  const { error, bodies } = await inProcess.invoke(event, PASSES);
  expect(error).toBeUndefined();
  expect(bodies).toHaveLength(1);
  return (JSON.parse(String(bodies[0])) as { Reason?: string }).Reason;
}

describe('code for secrets that can not be loaded costs no answer', () => {
  test('and is told where it was needed', async () => {
    const reason = await reasonOf({});

    expect(reason).toContain('failed its test: UNKNOWN');
    expect(reason).toContain('no such module');
  });

  test('nor what is known of the properties without it', async () => {
    expect(await reasonOf({ MaxAttempts: '0' })).toContain(
      "invalid properties: 'MaxAttempts' must be a whole number from 1 to 10",
    );
  });
});
