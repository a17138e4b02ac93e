import { exception, type Reply } from './aws-stub';
import { BlackBox } from './black-box';

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
});
