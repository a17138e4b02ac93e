import { exception, type Reply } from '../aws-stub';
import { BlackBox } from '../black-box';

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
afterAll(async () => {
  await blackBox.stop();
});

describe('when the time is over amid an attempt', () => {
  const THROTTLED = exception('ThrottlingException', 'slow down');
  const silence: Reply = () => undefined;

  test.each([
    {
      when: 'long after Glue has said something, the silence counts',
      firstAfterMs: 0,
      category: 'TIMEOUT',
      words: /^Glue did not answer within 1\.\d seconds; before that: slow down$/,
    },
    {
      when: 'soon after Glue has said something, that counts',
      firstAfterMs: 1_300,
      category: 'THROTTLED',
      words: /^slow down; then no answer for 0\.\d seconds$/,
    },
  ])('$when', async ({ when, firstAfterMs, category, words }) => {
    const first: Reply = (...reply) => void setTimeout(() => THROTTLED(...reply), firstAfterMs);
    blackBox.aws.script('TestConnection', when, first, silence);
    const properties = { ConnectionName: when, TimeoutSeconds: '2', OnFailure: 'REPORT' };
    const { answer } = await blackBox.invoke({ properties });

    expect(answer.Data).toMatchObject({ Outcome: 'FAILED', Category: category, Attempts: 2 });
    expect(answer.Data?.Message).toMatch(words);
  });

  test('because Secrets Manager is silent, Glue is not blamed', async () => {
    const reference = (SecretId: string) => ({ SecretId });
    blackBox.aws.script('GetSecretValue', 'granted late', exception('AccessDeniedException', 'not yet'), silence);
    const TestConnectionInput = {
      ConnectionType: 'KAFKA',
      ConnectionProperties: { PASSWORD: reference('granted late') },
    };
    const properties = { TestConnectionInput, TimeoutSeconds: '2', OnFailure: 'REPORT' };
    const { answer, entries } = await blackBox.invoke({ properties });

    expect(answer.Data).toMatchObject({ Category: 'TIMEOUT', Attempts: 2 });
    expect(answer.Data?.Message).toMatch(
      /^Secrets Manager did not answer within 1\.\d seconds; before that: .*not yet$/,
    );
    expect(entries.find(({ event }) => event === 'connection failed')).toMatchObject({
      cause: 'Secrets Manager did not answer before the time was over.',
    });
  });
});

test('the duration is that of the test, without the question for details that comes after it', async () => {
  blackBox.aws.script('TestConnection', 'orders', exception('InvalidInputException', 'broken'));
  blackBox.aws.script('GetConnection', 'orders', () => undefined);
  const startedAt = Date.now();
  const properties = { ConnectionName: 'orders', OnFailure: 'REPORT' };
  const { answer, entries } = await blackBox.invoke({ properties, remainingMs: 16_000 });

  // A quarter of what is kept of sixteen seconds
  expect(Date.now() - startedAt).toBeGreaterThan(1_900);
  expect(answer.Data?.DurationMs).toBeLessThan(1_000);
  expect(entries.find(({ event }) => event === 'connection failed')?.milliseconds).toBe(answer.Data?.DurationMs);
});
