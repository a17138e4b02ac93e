import { BlackBox } from './black-box';
import { exception } from './aws-stub';
import type { Fate } from './response-stub';

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start();
});
afterAll(async () => {
  await blackBox.stop();
});

describe('a connection that works', () => {
  test('is tested by name and catalog, and passes', async () => {
    const { answer, puts } = await blackBox.invoke({
      properties: { ConnectionName: 'passes', CatalogId: '444455556666', Definition: 'x', Triggers: { a: 'b' } },
    });

    expect(blackBox.aws.calls('TestConnection', 'passes').map(({ input }) => input)).toEqual([
      { ConnectionName: 'passes', CatalogId: '444455556666' },
    ]);
    expect(puts).toHaveLength(1);
    expect(answer).toMatchObject({
      Status: 'SUCCESS',
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Orders/1a2b3c4d',
      LogicalResourceId: 'Test',
      PhysicalResourceId: 'Orders-Test',
      Data: { ConnectionName: 'passes', Outcome: 'PASSED' },
    });
    expect(answer.Data?.TestedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('keeps its physical id when it is updated', async () => {
    const { answer } = await blackBox.invoke({ requestType: 'Update' });

    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'the-physical-id' });
  });
});

describe('fails', () => {
  test('when Glue can not connect, with the name and the words of Glue', async () => {
    blackBox.aws.script(
      'TestConnection',
      'broken',
      exception('InvalidInputException', 'FATAL: password authentication failed'),
    );
    const { answer, error } = await blackBox.invoke({ properties: { ConnectionName: 'broken' } });

    expect(error).toBeUndefined();
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Orders-Test' });
    expect(answer.Reason).toContain("Glue connection 'broken' failed its test");
    expect(answer.Reason).toContain('FATAL: password authentication failed');
    expect(answer.Reason).toContain('InvalidInputException');
    expect(answer.Reason).toContain('the-log-group');
  });

  test.each([
    ['plain letters', 'x'],
    ['letters of four bytes', '🎉'],
    ['characters that JSON escapes', '\u0001"\\'],
  ])('within 4096 bytes when the words of Glue are very long, in %s', async (_, character) => {
    blackBox.aws.script('TestConnection', 'wordy', exception('InvalidInputException', character.repeat(100_000)));
    const { answer, puts } = await blackBox.invoke({ properties: { ConnectionName: 'wordy' } });

    expect(puts[0]?.body.length).toBeLessThanOrEqual(4096);
    expect(answer.Reason).not.toContain('\uFFFD');
    expect(answer.Status).toBe('FAILED');
  });

  test('when Glue does not answer in time', async () => {
    blackBox.aws.script('TestConnection', 'silent', () => undefined);
    const { answer } = await blackBox.invoke({ properties: { ConnectionName: 'silent', TimeoutSeconds: '1' } });

    expect(answer.Reason).toContain('did not answer within 1 second');
  });

  test('when properties are wrong, naming all of them at once', async () => {
    const { answer } = await blackBox.invoke({
      properties: { CatalogId: 'a\nb', TimeoutSeconds: '841', Colour: 'red' },
    });

    expect(answer.Status).toBe('FAILED');
    for (const name of ["'ConnectionName' is required", "'CatalogId'", "'TimeoutSeconds'", "'Colour'"]) {
      expect(answer.Reason).toContain(name);
    }
  });

  test('when properties are wrong, telling where the log is and none of the values', async () => {
    const { answer, entries } = await blackBox.invoke({
      properties: {
        ConnectionName: 'V4lue\n',
        CatalogId: 'V4lue'.repeat(99),
        TimeoutSeconds: 'V4lue',
        MaxAttempts: ['V4lue'],
        OnFailure: 'V4lue',
        Password: 'S3cr3t',
        'a V4lue': 'V4lue',
        Triggers: { password: 'S3cr3t-word' },
      },
    });

    expect(answer.Reason).toContain('No Glue connection was tested: invalid properties: ');
    expect(answer.Reason).toContain('\nLog: the-log-group, stream the-log-stream');
    expect(`${answer.Reason}${JSON.stringify(entries)}`).not.toMatch(/S3cr3t|V4lue/);
  });
});

describe('Delete', () => {
  test('succeeds without a call, whatever the properties', async () => {
    const { answer } = await blackBox.invoke({ requestType: 'Delete', properties: { ConnectionName: '', Colour: 1 } });

    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'the-physical-id' });
    expect(blackBox.aws.calls('TestConnection', '')).toEqual([]);
  });
});

describe('the answer', () => {
  test('tells its length in bytes and no type, which the presigned URL would refuse', async () => {
    const { puts } = await blackBox.invoke({ properties: { ConnectionName: 'ünïcödé' } });

    expect(puts[0]?.headers).toMatchObject({ 'content-length': String(puts[0]?.body.length), 'content-type': '' });
  });

  test.each([
    ['503 twice', [503, 503], 3],
    ['a reset', ['reset'], 2],
  ] as const)('is put again after %s', async (_, fates, attempts) => {
    const { puts, answer, error } = await blackBox.invoke({ fates });

    expect(puts).toHaveLength(attempts);
    expect(answer.Status).toBe('SUCCESS');
    expect(error).toBeUndefined();
  });

  test.each([403, 307])('is not put again after %d', async (statusCode) => {
    const { puts, error, entries } = await blackBox.invoke({ fates: [statusCode] });

    expect(puts).toHaveLength(1);
    expect(error).toBeUndefined();
    expect(entries.at(-1)).toMatchObject({ level: 'ERROR', event: 'answered', statusCode });
  });

  test.each([
    { fate: 'silence', atLeast: 1 },
    { fate: 503, atLeast: 3 },
  ] as const)(
    'that meets $fate every time ends in an error, in time, so that Lambda delivers the event again',
    async ({ fate, atLeast }) => {
      const startedAt = Date.now();
      const { puts, error } = await blackBox.invoke({ fates: Array<Fate>(99).fill(fate), remainingMs: 3_000 });

      expect(error).toContain('CloudFormation did not accept the response');
      expect(Date.now() - startedAt).toBeLessThan(2_800);
      expect(puts.length).toBeGreaterThanOrEqual(atLeast);
    },
  );

  test('that meets silence is put again while there is time', async () => {
    const { puts, answer, error } = await blackBox.invoke({ fates: ['silence'], remainingMs: 8_000 });

    expect(puts).toHaveLength(2);
    expect(answer.Status).toBe('SUCCESS');
    expect(error).toBeUndefined();
  });

  test('is tried even where nearly no time is left', async () => {
    const { answer, error } = await blackBox.invoke({ requestType: 'Delete', remainingMs: 490 });

    expect(answer.Status).toBe('SUCCESS');
    expect(error).toBeUndefined();
  });
});

test('the log is one JSON object a line and never holds the response URL', async () => {
  const { log } = await blackBox.invoke({ fates: [503] });

  for (const line of log.trim().split('\n')) {
    expect(JSON.parse(line)).toHaveProperty('requestId');
  }
  expect(log).not.toContain('SIGNATURE-OF');
});
