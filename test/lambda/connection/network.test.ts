import { exception } from '../aws-stub';
import { BlackBox } from '../black-box';
import { SwallowingEndpoint } from './swallowing-endpoint';

jest.setTimeout(30_000);

let swallowing: SwallowingEndpoint;
let blackBox: BlackBox;
beforeAll(async () => {
  swallowing = await SwallowingEndpoint.start();
});
afterEach(async () => {
  await blackBox.stop();
});
afterAll(async () => {
  await swallowing.stop();
});

const start = async (environment: Record<string, string>) => {
  blackBox = await BlackBox.start({ random: 0.1, environment });
};

describe('an endpoint that swallows packets', () => {
  test.each([2, 8])(
    'is NETWORK where it is that of Glue, within %d seconds, and Glue is not asked for details',
    async (TimeoutSeconds) => {
      await start({ AWS_ENDPOINT_URL_GLUE: swallowing.url });
      const startedAt = Date.now();
      const { answer } = await blackBox.invoke({ properties: { ConnectionName: 'orders', TimeoutSeconds } });

      expect(answer.Reason).toContain("Glue connection 'orders' failed its test: NETWORK.");
      expect(answer.Reason).toContain("Cause: The function cannot reach Glue's API.");
      expect(answer.Reason).not.toContain('waited for the data store');
      // GetConnection would have met the same, and taken five seconds more.
      expect(Date.now() - startedAt).toBeLessThan(TimeoutSeconds * 1_000 + 1_500);
    },
  );

  test('is NETWORK where it is that of Secrets Manager', async () => {
    await start({ AWS_ENDPOINT_URL_SECRETS_MANAGER: swallowing.url });
    const TestConnectionInput = {
      ConnectionType: 'KAFKA',
      ConnectionProperties: { PASSWORD: { SecretId: 'orders' } },
    };
    const { answer } = await blackBox.invoke({ properties: { TestConnectionInput, TimeoutSeconds: '2' } });

    expect(answer.Reason).toContain('failed its test: NETWORK.');
    expect(answer.Reason).toContain('Cause: The function cannot reach Secrets Manager.');
  });

  test('leaves open whether the stack is rolling back where it is that of CloudFormation', async () => {
    await start({ AWS_ENDPOINT_URL_CLOUDFORMATION: swallowing.url });
    blackBox.aws.script('TestConnection', 'orders', exception('InvalidInputException', 'broken'));
    const { answer, marginMs } = await blackBox.invoke({ requestType: 'Update', remainingMs: 6_000 });

    expect(answer.Reason).toMatch(/CloudFormation did not tell whether the stack is rolling back \(\w+\)\.$/);
    expect(marginMs).toBeGreaterThan(0);
  });
});

test('an endpoint that takes the request and is silent is no NETWORK: Glue is busy with the store', async () => {
  await start({});
  blackBox.aws.script('TestConnection', 'orders', () => undefined);
  const { answer } = await blackBox.invoke({ properties: { ConnectionName: 'orders', TimeoutSeconds: '2' } });

  expect(answer.Reason).toContain('failed its test: TIMEOUT.');
  expect(answer.Reason).toContain('Cause: Glue waited for the data store');
  expect(blackBox.aws.calls('GetConnection', 'orders')).toHaveLength(1);
});
